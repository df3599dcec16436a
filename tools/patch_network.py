#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The network on pictures that the mark readers use, and what it is shown: for
tools/train-network.py and tools/train-retractions.py. Needs numpy and torch."""
import base64
import re

import numpy as np
import torch
from torch import nn

from painted_figures import Figures

WIDTH, HEIGHT, LAYERS, FACTS = 80, 48, 4, 8
CHANNELS = [8, 16, 24, 32]
HIDDEN = 32
WHITE = 220.0
# Spread and grain of print on a usual scan, in levels (Sources/OMR/Marks/AlikeTargets.swift).
USUAL_SPREAD = 11

class Seen(Figures):
    """Figures with what the network is shown of each target: `patches` and `facts`."""

    def __init__(self, path):
        super().__init__(path)
        self.patches = np.memmap(path + ".u8", dtype=np.uint8, mode="r",
                                 shape=(len(self.labels), HEIGHT, WIDTH, LAYERS))
        self.facts = np.fromfile(path + ".facts.f32", dtype="<f4").reshape(-1, FACTS)


def read_trees(path):
    """The trees of MarkWeights.swift: start, temperature, and per tree its nodes."""
    lines = [l.strip() for l in open(path, encoding="utf-8")]
    lines = lines[lines.index('static let text = """') + 1:]
    lines = lines[:lines.index('"""')]
    numbers = [float(v) for v in lines[1].split()]
    trees = []
    for line in lines[2:]:
        if line == "tree":
            trees.append([])
        else:
            parts = line.split()
            trees[-1].append([float(v) for v in parts] + [0] * (4 - len(parts)))
    return np.array(numbers[:3]), numbers[3], [np.array(t) for t in trees]


def tree_logits(model, figures):
    """log probabilities as MarkModel gives them."""
    start, temperature, trees = model
    sums = np.tile(start, (len(figures), 1))
    rows = np.arange(len(figures))
    for number, nodes in enumerate(trees):
        at = np.zeros(len(figures), dtype=np.int64)
        while True:
            figure = nodes[at, 0].astype(np.int64)
            inner = figure >= 0
            if not inner.any():
                break
            values = figures[rows, np.maximum(figure, 0)]
            below = values <= nodes[at, 1].astype(np.float32)
            at = np.where(inner, np.where(below, nodes[at, 2], nodes[at, 3]), at).astype(np.int64)
        sums[:, number % 3] += nodes[at, 1]
    z = sums / temperature
    z -= z.max(axis=1, keepdims=True)
    return z - np.log(np.exp(z).sum(axis=1, keepdims=True))


class Network(nn.Module):
    def __init__(self):
        super().__init__()
        layers, before = [], LAYERS
        for number, channels in enumerate(CHANNELS):
            side = 5 if number == 0 else 3
            layers += [nn.Conv2d(before, channels, side, stride=2, padding=side // 2, bias=False),
                       nn.BatchNorm2d(channels), nn.ReLU()]
            before = channels
        self.pictures = nn.Sequential(*layers)
        self.dropout = nn.Dropout(0.2)
        self.first = nn.Linear(CHANNELS[-1] * (WIDTH // 16) * (HEIGHT // 16) + FACTS, HIDDEN)
        self.last = nn.Linear(HIDDEN, 3)

    def forward(self, pictures, facts):
        # Places of a picture outermost, its channels innermost, as the Swift side has them.
        seen = self.pictures(pictures).permute(0, 2, 3, 1).flatten(1)
        return self.last(torch.relu(self.first(self.dropout(torch.cat([seen, facts], 1)))))


def scaled(patches):
    """1 - page, 1 - print, 3 × added ink, strangeness, as the Swift side has them."""
    p = torch.from_numpy(np.ascontiguousarray(patches)).permute(0, 3, 1, 2).float()
    return torch.stack([1 - p[:, 0] / WHITE, 1 - p[:, 1] / WHITE, p[:, 2] / 85,
                        (p[:, 3] - 128) / 32], 1)


def shifted(x, dx, dy):
    return torch.roll(x, (dy, dx), (-2, -1))


def varied(x, generator):
    """The same targets otherwise placed, inked and printed."""
    def pick(n):
        return int(torch.randint(-n, n + 1, (1,), generator=generator))

    x = shifted(x, pick(2), pick(2))
    x[:, 1] = shifted(x[:, 1], pick(1), pick(1))
    if torch.rand(1, generator=generator) < 0.5:
        x = torch.flip(x, (-1,))
    force = 0.7 + 0.45 * torch.rand(len(x), 1, 1, generator=generator)
    x[:, 0] = x[:, 1] + (x[:, 0] - x[:, 1]) * force
    x[:, 2] = x[:, 2] * force
    noise = 0.03 * torch.rand(len(x), 1, 1, generator=generator)
    grain = noise * torch.randn(x[:, 0].shape, generator=generator)
    x[:, 0] += grain
    # The same in what is strange: 128 + 29 asinh of the difference over a spread of some levels.
    strange = torch.sinh(x[:, 3] * (32 / 29)) * force + grain * (WHITE / USUAL_SPREAD)
    x[:, 3] = torch.asinh(strange) * (29 / 32)
    return x


def known_weights(path):
    """The weights of NetworkWeights.swift, as `folded` wrote them, and how they are joined."""
    text = open(path, encoding="utf-8").read()
    join = np.array([float(v) for v in re.search(r"joined = \[(.*)\]", text)[1].split(",")])
    body = text[text.index('base64 = """') + len('base64 = """'):].split('"""')[0]
    body = base64.b64decode("".join(body.replace("\\", "").split()))
    return np.frombuffer(body, dtype="<f4"), join


def unfolded(values, part, rows):
    """A network that gives what these folded weights give. Its norms are set by what each layer
    gives on some targets, so that training goes on where it stood."""
    network = Network()
    values = torch.from_numpy(values.copy())

    def take(*shape):
        nonlocal values
        count = int(np.prod(shape))
        result, values = values[:count].reshape(shape), values[count:]
        return result

    network.eval()
    x = scaled(part.patches[rows])
    layers = list(network.pictures)
    with torch.no_grad():
        for conv, norm, relu in zip(layers[0::3], layers[1::3], layers[2::3]):
            out, inner, side, _ = conv.weight.shape
            conv.weight.copy_(take(side, side, inner, out).permute(3, 2, 0, 1))
            bias = take(out)
            given = conv(x)
            norm.running_mean.copy_(given.mean((0, 2, 3)))
            norm.running_var.copy_(given.var((0, 2, 3)))
            norm.weight.copy_(torch.sqrt(norm.running_var + norm.eps))
            norm.bias.copy_(bias + norm.running_mean)
            x = relu(norm(given))
        for dense in (network.first, network.last):
            dense.weight.copy_(take(dense.in_features, dense.out_features).T)
            dense.bias.copy_(take(dense.out_features))
    assert len(values) == 0
    return network


def network_logits(network, part, rows):
    out = []
    with torch.no_grad():
        for at in range(0, len(rows), 512):
            r = rows[at:at + 512]
            out.append(torch.log_softmax(
                network(scaled(part.patches[r]), torch.from_numpy(part.facts[r])), 1))
    return torch.cat(out).numpy().astype(np.float64) if out else np.zeros((0, 3))


def folded(network):
    """The weights as the Swift side reads them: convolutions with their norms folded in,
    [row][column][in][out], then dense [in][out]; each followed by its biases."""
    values = []
    layers = list(network.pictures)
    for conv, norm in zip(layers[0::3], layers[1::3]):
        scale = (norm.weight / torch.sqrt(norm.running_var + norm.eps)).detach()
        values.append((conv.weight.detach() * scale[:, None, None, None]).permute(2, 3, 1, 0))
        values.append(norm.bias.detach() - norm.running_mean * scale)
    for dense in (network.first, network.last):
        values += [dense.weight.detach().T, dense.bias.detach()]
    return np.concatenate([v.reshape(-1).numpy() for v in values]).astype("<f4")


def swift_text(weights):
    """Weights as lines of base64 of a Swift text."""
    body = base64.b64encode(weights.tobytes()).decode()
    return "".join("    " + body[i:i + 96] + "\\\n" for i in range(0, len(body), 96))[:-2]
