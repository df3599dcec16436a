# SPDX-License-Identifier: Apache-2.0
"""What `measure figures` writes of painted sheets, as train-marks.py and train-network.py read
it, and the table by kind of mark that both keep in their weights' heads."""
import numpy as np

CLASSES = ["untouched", "marked", "cancelled"]


class Figures:
    """One file of figures: a row a target.

    `figures` by `names`; `labels` are indices of CLASSES, -1 where the sheet leaves it open;
    `kinds` of the first mark laid on the target, "" where there is none; `sheets`.
    """

    def __init__(self, path):
        with open(path + ".tsv", encoding="utf-8") as lines:
            self.names = next(lines).rstrip("\n").split("|")
            rows = [line.rstrip("\n").split("\t") for line in lines]
        self.figures = np.fromfile(path + ".f32", dtype="<f4").reshape(len(rows), len(self.names))
        self.labels = np.array([CLASSES.index(r[3]) if r[3] in CLASSES else -1 for r in rows])
        self.kinds = np.array([r[4].split(",")[0] for r in rows])
        self.sheets = np.array([r[0] for r in rows])


def table(probabilities, labels, kinds):
    """Targets, wrong at best guess and unsure, by kind."""
    guess = probabilities.argmax(axis=1)
    sure = probabilities.max(axis=1) > 0.97
    yield "%-34s %8s %6s %7s %12s" % ("kind", "targets", "wrong", "unsure", "wrong, sure")
    for kind in sorted(np.unique(kinds)):
        at = kinds == kind
        wrong = guess[at] != labels[at]
        yield "%-34s %8d %6d %7d %12d" % (
            kind or "untouched", at.sum(), wrong.sum(), (~sure[at]).sum(), (wrong & sure[at]).sum())


def write_head(out, script, digest, lines, steps="train.sh"):
    """The first lines of a file of weights: where they come from and what they gave."""
    out.write("// SPDX-License-Identifier: Apache-2.0\n")
    out.write("// Written by tools/%s; do not edit. Trained on painted sheets alone\n" % script)
    out.write("// (tools/%s). %s\n//\n" % (steps, digest))
    out.write("// On sheets that were not trained on (other seeds, other forms):\n")
    out.writelines("// %s\n" % line.rstrip() for line in lines)
    out.write("// swift-format-ignore-file\n\n")
