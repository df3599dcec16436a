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
import hashlib
import os

import numpy as np
import torch
from scipy.optimize import minimize
from torch import nn

from painted_figures import table, write_head
from patch_network import (Network, Seen, folded, known_weights, network_logits, read_trees, scaled,
                           swift_text, tree_logits, unfolded, varied)

# Where the trees are surer than this that nothing is marked, the network is not asked.
SURE_UNTOUCHED = 0.9995


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
        out.write(swift_text(weights))
        out.write("\n    \"\"\"\n}\n")


if __name__ == "__main__":
    main()
