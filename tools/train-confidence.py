#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Fits how probable it is that a question's likeliest answer is right.

    measure questions --out JOIN.tsv SHEETS...; measure questions --out CHECK.tsv SHEETS...
    tools/train-confidence.py --join JOIN.tsv --check CHECK.tsv \\
        --out Sources/Ballot/TrainedConfidence.swift

A logistic regression on --join; the table comes from --check, whose sheets, seeds and forms are
others. The same input gives the same weights. Needs numpy and scikit-learn.
"""
import argparse

import numpy as np
from sklearn.linear_model import LogisticRegression


def load(path):
    with open(path, encoding="utf-8") as lines:
        names = next(lines).rstrip("\n").split("\t")[4:]
        rows = [line.rstrip("\n").split("\t") for line in lines]
    return (names, np.array([[float(v) for v in r[4:]] for r in rows]),
            np.array([r[3] == "1" for r in rows]), np.array([r[2] for r in rows]),
            np.array([r[0].split("/")[-1].split("-")[0] for r in rows]))


def reliability(p, right):
    yield "%-18s %8s %10s %10s" % ("confidence", "answers", "expected", "wrong")
    edges = [0, 0.5, 0.8, 0.9, 0.95, 0.97, 0.98, 0.99, 0.995, 0.998, 0.999, 0.9999, 1.01]
    for low, high in zip(edges, edges[1:]):
        at = (p >= low) & (p < high)
        if at.any():
            yield "%-18s %8d %10.2f %10d" % (
                "%g to %g" % (low, min(high, 1)), at.sum(), (1 - p[at]).sum(), (~right[at]).sum())


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--join", required=True)
    parser.add_argument("--check", required=True)
    parser.add_argument("--out", required=True)
    options = parser.parse_args()
    names, x, right, kinds, _ = load(options.join)
    scale = np.maximum(x.std(axis=0), 1e-6)
    model = LogisticRegression(C=0.3, max_iter=5000, tol=1e-8)
    model.fit(x / scale, right)
    weights, start = model.coef_[0] / scale, model.intercept_[0]
    _, x, right, kinds, levels = load(options.check)
    p = 1 / (1 + np.exp(-(x @ weights + start)))
    product = 1 / (1 + np.exp(-x[:, 0]))
    head = ["%-22s %8.4f" % (n, w) for n, w in zip(["start", *names], [start, *weights])] + [""]
    head += list(reliability(p, right)) + [""]
    head.append("%-8s %8s %9s %s" % ("level", "answers", "guess", "review % at k silent: this (product)"))
    for level in sorted(np.unique(levels)):
        at = levels == level
        plain = at & (kinds == "plain")
        cells = []
        for k in (0, 1, 2, 4):
            shares = []
            for score in (p, product):
                wrong = np.sort(score[at & ~right])[::-1]
                limit = wrong[k] if k < len(wrong) else -1
                shares.append(100 * (score[plain] <= limit).mean())
            cells.append("%d: %.1f (%.1f)" % (k, *shares))
        head.append("%-8s %8d %9d %s" % (level, at.sum(), (~right & at).sum(), "  ".join(cells)))
    for limit in (0.95, 0.97, 0.98, 0.99, 0.995):
        head.append("accepting at %g: %s" % (limit, "; ".join("%s %d silent, %.1f %% review" % (
            level, ((levels == level) & ~right & (p >= limit)).sum(),
            100 * (p[(levels == level) & (kinds == "plain")] < limit).mean())
            for level in sorted(np.unique(levels)))))
    print("\n".join(head))
    with open(options.out, "w", encoding="utf-8") as out:
        out.write("// SPDX-License-Identifier: Apache-2.0\n")
        out.write("// Written by tools/train-confidence.py; do not edit. Fitted on painted sheets alone\n")
        out.write("// (tools/train.sh). On sheets that nothing was fitted on:\n//\n")
        out.writelines(("// " + line).rstrip() + "\n" for line in head)
        out.write("// swift-format-ignore-file\n\nextension Confidence {\n")
        out.write("  /// Fitted by `tools/train.sh`.\n")
        out.write("  public static let trained = Confidence(\n    start: %.5f,\n    weights: [%s])\n}\n" % (
            start, ", ".join("%.5f" % w for w in weights)))


if __name__ == "__main__":
    main()
