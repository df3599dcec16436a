#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Trains the reader of retractions: of what looks like a mark, was it taken back?

    measure figures --patches --out FIGURES SHEETS...   writes FIGURES.f32 .tsv .u8 .facts.f32
    tools/train-retractions.py --train FIGURES... --join FIGURES --check FIGURES... \\
        --trees Sources/OMR/Marks/MarkWeights.swift \\
        --network Sources/OMR/Marks/NetworkWeights.swift \\
        --out Sources/OMR/Marks/RetractionWeights.swift

It begins as the second reader's network and learns on from marks alone, on sheets where every other
one is taken back (`measure paint --use takingBack`) and on those that train the second reader. How
much the trees' word counts beside it, and how sure it may be, is fitted on --join; the table in the
weights' head comes from --check. The same input gives the same weights on one machine. Needs numpy,
scipy and torch.
"""
import argparse
import hashlib

import numpy as np
import torch
from scipy.optimize import minimize
from torch import nn

from painted_figures import write_head
from patch_network import (Seen, folded, known_weights, network_logits, read_trees, scaled,
                           swift_text, tree_logits, unfolded, varied)

BATCH = 192
# Of so many marks that stand one may be asked for nothing.
ASKED = 0.003


def train(network, pictures, facts, taken_back, epochs):
    torch.manual_seed(1)
    generator = torch.Generator().manual_seed(2)
    steps = epochs * (len(taken_back) // BATCH)
    optimizer = torch.optim.AdamW(network.parameters(), lr=1e-3, weight_decay=1e-3)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 2e-3, total_steps=steps + 1)
    loss_of = nn.CrossEntropyLoss(label_smoothing=0.0005)
    for epoch in range(epochs):
        order = torch.randperm(len(taken_back), generator=generator).numpy()
        network.train()
        total = 0.0
        for step in range(len(order) // BATCH):
            at = order[step * BATCH:(step + 1) * BATCH]
            given = network(varied(scaled(pictures[at]), generator), torch.from_numpy(facts[at]))
            loss = loss_of(given[:, 1:], torch.from_numpy(taken_back[at]))
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
            total += loss.item()
        print("epoch %d: %.5f" % (epoch + 1, total / (len(order) // BATCH)), flush=True)
    network.eval()
    return network


def marks(part):
    return np.nonzero(part.labels > 0)[0]


def odds(part, rows, trees, network):
    """Log odds of taken back against standing, by the trees and by the network."""
    z = tree_logits(trees, part.figures[rows])
    n = network_logits(network, part, rows)
    return z[:, 2] - z[:, 1], n[:, 2] - n[:, 1]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--train", required=True, nargs="+")
    parser.add_argument("--join", required=True)
    parser.add_argument("--check", required=True, nargs="+")
    parser.add_argument("--trees", required=True)
    parser.add_argument("--network", required=True)
    parser.add_argument("--epochs", type=int, default=24)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--out", required=True)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    trees = read_trees(options.trees)
    weights, _ = known_weights(options.network)
    parts = [Seen(p) for p in options.train]
    rows = [marks(p) for p in parts]
    sample = np.sort(np.random.default_rng(3).choice(len(parts[0].labels), 4000, replace=False))
    pictures = np.concatenate([p.patches[r] for p, r in zip(parts, rows)])
    facts = np.concatenate([p.facts[r] for p, r in zip(parts, rows)])
    taken_back = np.concatenate([p.labels[r] for p, r in zip(parts, rows)]) - 1
    print("retractions: %d marks, %d taken back" % (len(taken_back), taken_back.sum()), flush=True)
    network = train(unfolded(weights, parts[0], sample), pictures, facts, taken_back,
                    options.epochs)

    part = Seen(options.join)
    rows = marks(part)
    t, n = odds(part, rows, trees, network)
    y = part.labels[rows] == 2

    def loss(v):
        s = v[0] * t + v[1] * n + v[2]
        return np.logaddexp(0, np.where(y, -s, s)).mean() + 1e-4 * (v ** 2).sum()

    v = minimize(loss, [0.3, 1.0, 0.0], method="Nelder-Mead", options={"maxiter": 4000}).x
    joined = v[0] * t + v[1] * n + v[2]
    limit = np.sort(joined[~y])[::-1][int(ASKED * (~y).sum())]
    head = ["Limit at which %.1f %% of the standing marks of join are asked: %.4f" % (
        100 * ASKED, 1 / (1 + np.exp(-limit))), "%-12s %9s %6s %11s %7s" % (
            "kind", "standing", "asked", "taken back", "missed")]
    for number, path in enumerate(options.check):
        part = Seen(path)
        rows = marks(part)
        t, n = odds(part, rows, trees, network)
        y = part.labels[rows] == 2
        over = v[0] * t + v[1] * n + v[2] > limit
        for kind in sorted(np.unique(part.kinds[rows])):
            at = part.kinds[rows] == kind
            if (at & y).sum() > 4:
                head.append("%-12s %9d %6d %11d %7d" % (
                    kind[:12], (at & ~y).sum(), (at & ~y & over).sum(), (at & y).sum(),
                    (at & y & ~over).sum()))
        head.append("check %d: standing %d, asked %d; taken back %d, missed %d" % (
            number + 1, (~y).sum(), (over & ~y).sum(), y.sum(), (y & ~over).sum()))
    print("\n".join(head))
    values = folded(network)
    digest = hashlib.sha256(values.tobytes()).hexdigest()
    with open(options.out, "w", encoding="utf-8") as out:
        write_head(out, "train-retractions.py", "%d weights, SHA-256 of their bytes: %s" % (
            len(values), digest), head, steps="train-retractions.sh")
        out.write("/// The weights of `RetractionReader`, in the order of `PatchNetwork.init(weights:)`.\n")
        out.write("enum RetractionWeights {\n")
        out.write("  /// Weight of the trees, of the network, and what taken back gets beside.\n")
        out.write("  static let joined = [%s]\n" % ", ".join("%.5f" % x for x in v))
        out.write("  static let base64 = \"\"\"\n%s\n    \"\"\"\n}\n" % swift_text(values))


if __name__ == "__main__":
    main()
