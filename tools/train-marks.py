#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Trains the mark reader's trees on figures of painted sheets.

    measure figures --out FIGURES SHEETS...     writes FIGURES.f32 and FIGURES.tsv
    tools/train-marks.py --train FIGURES --check FIGURES --out Sources/OMR/Marks/MarkWeights.swift

Trees are trained on --train alone, where rare kinds are raised, each target once as the reader
sees it first and once as it sees it when it knows untouched targets that are printed alike.
--check (other seeds, other forms, marks as often as offices have them) sets a temperature and two
offsets that make the probabilities honest, and gives the table that is printed and kept in the
weights' head. The same input gives the same weights. Needs numpy, scipy and scikit-learn.
"""
import argparse
import hashlib

import numpy as np
from scipy.optimize import minimize
from sklearn.ensemble import HistGradientBoostingClassifier

from painted_figures import Figures, table, write_head


def joined(parts):
    """Figures, labels and kinds of the targets whose label is known."""
    figures = np.concatenate([p.figures for p in parts])
    labels = np.concatenate([p.labels for p in parts])
    kinds = np.concatenate([p.kinds for p in parts])
    known = labels >= 0
    return figures[known], labels[known], kinds[known]


# What the reader says of a target before it has chosen examples of untouched ones
# (TargetFigures.notYetStrange, and what follows from it in the comparisons).
NOT_YET = {"strange": 0.0, "examples": -1.0, "row difference": 0.0, "row share": 0.5,
           "untouched": 0.0, "alike": 0.0}


def before_examples(figures, names):
    """The same targets as the trees see them first: with nothing known of those printed alike."""
    result = figures.copy()
    for column, name in enumerate(names):
        about, _, of = name.partition(", ")
        if name.startswith("strange") or of.startswith("strange"):
            result[:, column] = NOT_YET[about if of else "strange"]
    result[:, names.index("examples")] = NOT_YET["examples"]
    return result


def weights(kinds, labels):
    """Rare kinds count more: each kind of mark as much as its number's root says."""
    result = np.ones(len(labels))
    for kind in np.unique(kinds):
        at = (kinds == kind) & (labels != 0)
        if at.any():
            result[at] = np.clip((np.sum(labels != 0) / 20 / np.sum(at)) ** 0.5, 0.5, 4)
    return result


def text(model, names, temperature, offsets):
    """The model as MarkModel reads it."""
    lines = ["|".join(names)]
    start = model._baseline_prediction.ravel() + offsets * temperature
    lines.append(" ".join("%.6g" % v for v in [*start, temperature]))
    for round_ in model._predictors:
        for tree in round_:
            lines.append("tree")
            for node in tree.nodes:
                if node["is_leaf"]:
                    lines.append("-1 %.6g" % node["value"])
                else:
                    lines.append("%d %.9g %d %d" % (
                        node["feature_idx"], node["num_threshold"], node["left"], node["right"]))
    return "\n".join(lines) + "\n"


def log_loss(raw, labels, temperature, offsets):
    z = raw / temperature + offsets
    z = z - z.max(axis=1, keepdims=True)
    logs = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    return -logs[np.arange(len(labels)), labels].mean()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--train", required=True, nargs="+")
    parser.add_argument("--check", required=True, nargs="+")
    parser.add_argument("--out", required=True)
    parser.add_argument("--rounds", type=int, default=200)
    options = parser.parse_args()
    parts = [Figures(p) for p in options.train]
    names = parts[0].names
    figures, labels, kinds = joined(parts)
    figures = np.concatenate([figures, before_examples(figures, names)])
    labels, kinds = np.tile(labels, 2), np.tile(kinds, 2)
    model = HistGradientBoostingClassifier(
        max_iter=options.rounds, learning_rate=0.06, max_leaf_nodes=12, min_samples_leaf=20,
        l2_regularization=1.0, max_features=0.4, early_stopping=False, random_state=1)
    model.fit(figures, labels, sample_weight=weights(kinds, labels))
    figures, labels, kinds = joined([Figures(p) for p in options.check])
    raw = model._raw_predict(figures)
    found = minimize(
        lambda v: log_loss(raw, labels, np.exp(v[0]), np.array([0, v[1], v[2]])), [0.0, 0.0, 0.0],
        method="Nelder-Mead")
    temperature = float(np.exp(found.x[0]))
    offsets = np.array([0, *found.x[1:]])
    z = raw / temperature + offsets
    z = np.exp(z - z.max(axis=1, keepdims=True))
    probabilities = z / z.sum(axis=1, keepdims=True)
    body = text(model, names, temperature, offsets)
    head = list(table(probabilities, labels, kinds))
    head.append("log loss %.5f, temperature %.2f, offsets %.2f %.2f" % (
        log_loss(raw, labels, temperature, offsets), temperature, *offsets[1:]))
    digest = hashlib.sha256(body.encode()).hexdigest()
    print("\n".join(head))
    with open(options.out, "w", encoding="utf-8") as out:
        write_head(out, "train-marks.py", "SHA-256 of the text: " + digest, head)
        out.write("/// The mark reader's trees, in the words of `MarkModel.init(text:)`.\n")
        out.write("enum MarkWeights {\n  static let text = \"\"\"\n")
        out.write("".join("    " + line + "\n" for line in body.splitlines()))
        out.write("    \"\"\"\n}\n")


if __name__ == "__main__":
    main()
