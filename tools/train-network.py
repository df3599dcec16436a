#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Trains the second reader of marks, a small network on pictures, and joins it with the trees.

    measure figures --patches --out FIGURES SHEETS...   writes FIGURES.f32 .tsv .u8 .facts.f32
    tools/train-network.py --train FIGURES... --join FIGURES --check FIGURES \\
        --trees Sources/OMR/Marks/MarkWeights.swift --out Sources/OMR/Marks/NetworkWeights.swift

The network is trained on --train alone, from nothing or, with --continue-from, from weights that
were trained before: what they know of other sheets stays while they learn what is new. How its
logits and the trees' are joined, and how sure the joined reader may be, is fitted on --join (other
seeds, other forms), or stays as it was where training goes on; the table that is kept in the
weights' head comes from --check (others again). The same input gives the same weights on one
machine. Needs numpy, scipy and torch.
"""
import argparse
import base64
import hashlib
import os
import re

import numpy as np
import torch
from scipy.optimize import minimize
from torch import nn

from painted_figures import Figures, table, write_head

WIDTH, HEIGHT, LAYERS, FACTS = 80, 48, 4, 8
CHANNELS = [8, 16, 24, 32]
HIDDEN = 32
WHITE = 220.0
# Spread and grain of print on a usual scan, in levels (Sources/OMR/Marks/AlikeTargets.swift).
USUAL_SPREAD = 11
# Where the trees are surer than this that nothing is marked, the network is not asked.
SURE_UNTOUCHED = 0.9995


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


def train(parts, chosen, epochs, start=None, batch=192):
    torch.manual_seed(1)
    generator = torch.Generator().manual_seed(2)
    network = start or Network()
    index = np.concatenate([np.stack([np.full(len(c), n), c], 1) for n, c in enumerate(chosen)])
    labels = np.concatenate([p.labels[c] for p, c in zip(parts, chosen)])
    print("network: %d targets, %s" % (len(index), np.bincount(labels)), flush=True)
    optimizer = torch.optim.AdamW(network.parameters(), lr=1e-3, weight_decay=1e-3)
    steps = epochs * (len(index) // batch)
    # Weights that know something are not thrown about.
    fastest = 1e-3 if start else 4e-3
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, fastest, total_steps=steps + 1)
    loss_of = nn.CrossEntropyLoss(label_smoothing=0.0005)
    for epoch in range(epochs):
        order = torch.randperm(len(index), generator=generator).numpy()
        network.train()
        total = 0.0
        for step in range(len(index) // batch):
            at = np.sort(order[step * batch:(step + 1) * batch])
            x = np.concatenate([parts[n].patches[index[at][index[at][:, 0] == n][:, 1]]
                                for n in range(len(parts))])
            f = np.concatenate([parts[n].facts[index[at][index[at][:, 0] == n][:, 1]]
                                for n in range(len(parts))])
            y = torch.from_numpy(labels[at])
            loss = loss_of(network(varied(scaled(x), generator), torch.from_numpy(f)), y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
            total += float(loss)
        print("epoch %d: %.5f" % (epoch + 1, total / (len(index) // batch)), flush=True)
    network.eval()
    return network


def network_logits(network, part, rows):
    out = []
    with torch.no_grad():
        for at in range(0, len(rows), 512):
            r = rows[at:at + 512]
            out.append(torch.log_softmax(
                network(scaled(part.patches[r]), torch.from_numpy(part.facts[r])), 1))
    return torch.cat(out).numpy().astype(np.float64) if out else np.zeros((0, 3))


def soft(z):
    z = np.exp(z - z.max(axis=1, keepdims=True))
    return z / z.sum(axis=1, keepdims=True)


def loss(p, labels):
    return -np.log(np.clip(p[np.arange(len(labels)), labels], 1e-9, 1)).mean()


def joined(v, trees, network):
    return soft(v[0] * trees + v[1] * network + np.array([0, v[2], v[3]]))


def alone(v, trees):
    return soft(v[0] * trees + np.array([0, v[1], v[2]]))


def fit(function, start, labels, *logits):
    return minimize(lambda v: loss(function(v, *logits), labels), start, method="Nelder-Mead",
                    options={"maxiter": 4000, "xatol": 1e-4, "fatol": 1e-8}).x


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


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--train", required=True, nargs="+")
    parser.add_argument("--join", required=True)
    parser.add_argument("--check", required=True)
    parser.add_argument("--trees", required=True)
    parser.add_argument("--epochs", type=int, default=12)
    parser.add_argument("--continue-from", help="NetworkWeights.swift to begin with")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--keep", help="a file that keeps the trained network: joined again without training")
    parser.add_argument("--out", required=True)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    trees = read_trees(options.trees)
    known, join = known_weights(options.continue_from) if options.continue_from else (None, None)
    parts = [Seen(p) for p in options.train]
    rng = np.random.default_rng(3)
    chosen = []
    for part in parts:
        p = np.exp(tree_logits(trees, part.figures)[:, 0])
        keep = (part.labels > 0) | (p < 0.9998) | (rng.random(len(p)) < 0.15)
        chosen.append(np.nonzero(keep & (part.labels >= 0))[0])
    if options.keep and os.path.exists(options.keep):
        network = Network()
        network.load_state_dict(torch.load(options.keep))
        network.eval()
    else:
        start = None
        if known is not None:
            rows = np.sort(rng.choice(chosen[0], 4000, replace=False))
            start = unfolded(known, parts[0], rows)
        network = train(parts, chosen, options.epochs, start)
        if options.keep:
            torch.save(network.state_dict(), options.keep)

    def both(path):
        part = Seen(path)
        z = tree_logits(trees, part.figures)
        asked = np.exp(z[:, 0]) < SURE_UNTOUCHED
        n = np.zeros_like(z)
        n[asked] = network_logits(network, part, np.nonzero(asked)[0])
        return part, z, asked, n

    part, z, asked, n = both(options.join)
    known = part.labels >= 0
    two = asked & known
    one = ~asked & known
    # Who continues with the same trees keeps how both are joined.
    v2 = join if join is not None else fit(
        joined, [0.5, 0.5, 0.0, 0.0], part.labels[two], z[two], n[two])
    # A mark or two among many thousand targets carry no fit: the trees' own probabilities stand,
    # and the head says what they predict and what was seen.
    v1 = np.array([1.0, 0.0, 0.0])
    sure = "where the trees are alone: %d targets, %.2f marked predicted, %d seen" % (
        one.sum(), (1 - soft(z[one])[:, 0]).sum(), (part.labels[one] > 0).sum())

    part, z, asked, n = both(options.check)
    known = part.labels >= 0
    p = np.where(asked[:, None], joined(v2, z, n), alone(v1, z))[known]
    labels, kinds = part.labels[known], part.kinds[known]
    head = list(table(p, labels, kinds))
    head.append("log loss: trees %.5f, joined %.5f; network asked at %.0f %% of the targets" % (
        loss(soft(z)[known], labels), loss(p, labels), 100 * asked.mean()))
    only = asked & known
    head.append("where asked: trees %.4f, network %.4f, joined %.4f" % (
        loss(soft(z)[only], part.labels[only]), loss(soft(n)[only], part.labels[only]),
        loss(joined(v2, z, n)[only], part.labels[only])))
    head.append(sure)
    print("\n".join(head))
    weights = folded(network)
    body = base64.b64encode(weights.tobytes()).decode()
    digest = hashlib.sha256(weights.tobytes()).hexdigest()
    with open(options.out, "w", encoding="utf-8") as out:
        write_head(out, "train-network.py", "%d weights, SHA-256 of their bytes: %s" % (
            len(weights), digest), head)
        out.write("/// The second reader's weights, in the order of `PatchNetwork.init(weights:)`.\n")
        out.write("enum NetworkWeights {\n")
        out.write("  static let sureUntouched = %g\n" % SURE_UNTOUCHED)
        out.write("  static let joined = [%s]\n" % ", ".join("%.5f" % x for x in v2))
        out.write("  static let alone = [%s]\n" % ", ".join("%.5f" % x for x in v1))
        out.write("  static let base64 = \"\"\"\n")
        out.write("".join("    " + body[i:i + 96] + "\\\n" for i in range(0, len(body), 96))[:-2])
        out.write("\n    \"\"\"\n}\n")


if __name__ == "__main__":
    main()
