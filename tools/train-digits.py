#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The parts of tools/train-digits.sh that are not Tesseract's own.

    train-digits.py lines CELLS OUT        lines of isolated cells as OUT/NNN.tif with box files
    train-digits.py networks CELLS OUT     trains the two networks and writes OUT
    train-digits.py score TSV OUT          fits the accept score on validation cells, prints the table

CELLS is a file of `measure paint-cells`, TSV one of `measure read-cells`. One thread and fixed
seeds: the same input gives the same files on the same machine. Needs numpy; `networks` needs
PyTorch (Debian: python3-torch).
"""
import os
import struct
import sys

import numpy as np

SIDE, ROWS, WIDE = 28, 36, 34
HEAD = 8
SIZE = HEAD + SIDE * SIDE + ROWS * WIDE
JUNK, EMPTY = 10, 11
ALPHABET = "0123456789#"


def load(path):
    """Cells with ink: labels (what is empty and yet has ink is junk), heads, pictures, digits."""
    cells = np.fromfile(path, np.uint8).reshape(-1, SIZE)
    cells = cells[cells[:, 1] != 0]
    labels = np.minimum(cells[:, 0], JUNK)
    return labels, cells


# Lines for Tesseract: 36 rows, digits between guard dots (docs/codes.md).
GAP, DOT, DOT_ROW = 7, 4, 28


def line(cells):
    parts = []
    dot = np.full((ROWS, GAP * 2 + DOT), 255, np.uint8)
    dot[DOT_ROW:DOT_ROW + DOT, GAP:GAP + DOT] = 0
    parts.append(dot)
    for cell in cells:
        digit = cell[HEAD + SIDE * SIDE:].reshape(ROWS, WIDE)[:, :cell[3]]
        parts += [255 - digit, dot]
    return np.concatenate(parts, axis=1)


def write_tiff(path, pages):
    """Gray pages, uncompressed, one strip each."""
    out = bytearray(b"II*\0\0\0\0\0")
    link = 4
    for page in pages:
        data = len(out)
        out += page.tobytes()
        out += b"\0" * (len(out) % 2)
        struct.pack_into("<I", out, link, len(out))
        height, width = page.shape
        tags = [(256, 4, width), (257, 4, height), (258, 3, 8), (259, 3, 1), (262, 3, 1),
                (273, 4, data), (277, 3, 1), (278, 4, height), (279, 4, width * height)]
        out += struct.pack("<H", len(tags))
        for tag, kind, value in tags:
            out += struct.pack("<HHII", tag, kind, 1, value)
        link = len(out)
        out += b"\0\0\0\0"
    with open(path, "wb") as file:
        file.write(out)


def lines(source, out):
    labels, cells = load(source)
    chance = np.random.default_rng(7)
    order = chance.permutation(len(cells))
    os.makedirs(out, exist_ok=True)
    pages, boxes, number, at = [], [], 0, 0

    def flush():
        nonlocal pages, boxes, number
        name = os.path.join(out, "%03d" % number)
        write_tiff(name + ".tif", pages)
        with open(name + ".box", "w", encoding="ascii") as file:
            file.writelines(boxes)
        pages, boxes, number = [], [], number + 1

    while at < len(order):
        some = order[at:at + int(chance.integers(2, 8))]
        at += len(some)
        page = line(cells[some])
        text = "." + "".join(ALPHABET[labels[i]] + "." for i in some)
        width, n = page.shape[1], len(pages)
        boxes.append("WordStr 0 0 %d %d %d #%s\n\t %d 0 %d %d %d\n"
                     % (width, ROWS, n, text, width, width + 1, ROWS, n))
        pages.append(page)
        # Tesseract walks a file of many pages from its start for every page.
        if len(pages) == 250:
            flush()
    if pages:
        flush()
    print("%d cells in %d files" % (len(cells), number))


# The networks. (channels of three convolutions, hidden, passes, seed)
NETWORKS = [((20, 40, 64), 128, 6, 2), ((28, 56, 96), 192, 6, 3)]


def networks(source, out):
    import torch
    import torch.nn as nn
    import torch.nn.functional as F
    torch.set_num_threads(1)
    labels, cells = load(source)
    pictures = torch.from_numpy(cells[:, HEAD:HEAD + SIDE * SIDE].reshape(-1, 1, SIDE, SIDE).copy())
    labels = torch.from_numpy(labels.astype(np.int64))
    blob = bytearray(struct.pack("<4sI", b"PHNN", len(NETWORKS)))
    for channels, hidden, passes, seed in NETWORKS:
        torch.manual_seed(seed)
        a, b, c = channels
        net = nn.Sequential(
            nn.Conv2d(1, a, 5, padding=2), nn.MaxPool2d(2), nn.ReLU(),
            nn.Conv2d(a, b, 3, padding=1), nn.MaxPool2d(2), nn.ReLU(),
            nn.Conv2d(b, c, 3, padding=1), nn.MaxPool2d(2), nn.ReLU(),
            nn.Flatten(), nn.Linear(c * 9, hidden), nn.ReLU(), nn.Dropout(0.25),
            nn.Linear(hidden, 11)).to(memory_format=torch.channels_last)
        batch = 128
        steps = passes * (len(labels) // batch)
        optimizer = torch.optim.AdamW(net.parameters(), lr=4e-3, weight_decay=0.01)
        rate = torch.optim.lr_scheduler.OneCycleLR(optimizer, 4e-3, total_steps=steps)
        done = 0
        for _ in range(passes):
            order = torch.randperm(len(labels))
            total = right = 0
            for k in range(len(labels) // batch):
                some = order[k * batch:(k + 1) * batch]
                x = warped(pictures[some].float() / 255, torch, F)
                y = labels[some]
                guess = net(x.contiguous(memory_format=torch.channels_last))
                loss = F.cross_entropy(guess, y, label_smoothing=0.02)
                optimizer.zero_grad()
                loss.backward()
                optimizer.step()
                rate.step()
                done += 1
                total += len(some)
                right += int((guess.argmax(1) == y).sum())
            print("network %d: %d steps, %.2f %% right" % (seed, done, 100 * right / total),
                  flush=True)
        blob += struct.pack("<IIII", a, b, c, hidden)
        for name, tensor in net.named_parameters():
            blob += tensor.detach().contiguous().numpy().astype("<f2").tobytes()
    with open(out, "wb") as file:
        file.write(blob)


def warped(x, torch, F):
    """Turned, sheared, stretched and shifted a little, each by itself."""
    n = len(x)
    turn, shear = torch.randn(n) * 0.07, torch.randn(n) * 0.08
    sx, sy = 1 + torch.randn(n) * 0.06, 1 + torch.randn(n) * 0.06
    move = torch.randn(n, 2) * 0.04
    cos, sin = torch.cos(turn), torch.sin(turn)
    matrix = torch.stack([
        torch.stack([cos * sx, -sin * sy + shear, move[:, 0]], 1),
        torch.stack([sin * sx, cos * sy, move[:, 1]], 1)], 1)
    return F.grid_sample(x, F.affine_grid(matrix, list(x.shape), align_corners=False),
                         align_corners=False)


# The threshold is the lowest with at most this share of wrong digits and of junk accepted, at the
# levels clean and office.
WRONG, JUNK_SHARE = 0.002, 0.01
LEVELS = ["clean", "office", "hard"]
KINDS = ["empty", "picture", "lines", "struckOut", "crossedOut", "overwritten", "scribble",
         "zigzag", "blackened", "twoDigits", "letter", "dash", "wave"]


def figures(symbol_confidence, first, second, junk):
    """As CodeScore.figures has them."""
    log = lambda value: np.log(np.maximum(1e-6, value))
    return np.stack([log(1 - np.minimum(symbol_confidence, 0.995)), log(1 - first), log(second),
                     log(junk), np.ones_like(first)], 1)


def logistic(x, y, weight, ridge=1e-3):
    """Weights of a logistic regression, by Newton's method."""
    w = np.zeros(x.shape[1])
    for _ in range(60):
        p = 1 / (1 + np.exp(-x @ w))
        gradient = x.T @ (weight * (p - y)) + ridge * w
        hessian = (x * (weight * p * (1 - p))[:, None]).T @ x + ridge * np.eye(len(w))
        step = np.linalg.solve(hessian, gradient)
        w -= step
        if np.abs(step).max() < 1e-9:
            break
    return w


def score(source, out):
    with open(source, encoding="utf-8") as lines:
        next(lines)
        rows = [line.rstrip("\n").split("\t") for line in lines]
    label, state, level, kind = (np.array([int(r[k]) for r in rows]) for k in range(4))
    symbol = np.array([r[4] for r in rows])
    best = np.array([int(r[6]) if r[6] != "-" else -1 for r in rows])
    confidence, first, second, junk = (
        np.array([float(r[k]) for r in rows]) for k in (5, 7, 8, 9))
    is_digit, is_junk = label < JUNK, label == JUNK
    agrees = (best >= 0) & (symbol == best.astype(str)) & (first > junk)
    right = agrees & (label == best)
    x = figures(confidence, first, second, junk)
    w = logistic(x[agrees], right[agrees].astype(float), np.ones(int(agrees.sum())))
    p = np.where(agrees, 1 / (1 + np.exp(-x @ w)), 0)

    def accepted(at, some):
        took = some & (p >= at)
        digits = some & is_digit
        wrong = took & is_digit & ~right
        return (np.sum(took & is_digit) / max(1, digits.sum()),
                np.sum(wrong), np.sum(took & is_digit),
                np.sum(took & is_junk) / max(1, np.sum(some & is_junk)),
                np.sum(took & (label == EMPTY)), np.sum(some & (label == EMPTY)))

    # Pages of offices: the hardest level is there to learn from, and in the table.
    usual = level < 2
    at = 1.0
    for candidate in np.arange(0.999, 0.5, -0.0005):
        share, wrong, took, junk_share, _, _ = accepted(candidate, usual)
        if wrong <= WRONG * took and junk_share <= JUNK_SHARE:
            at = candidate
    print("accept at %.4f" % at)
    print("| level | right: Tesseract / networks | both the same | accepted | wrong of accepted "
          "| junk accepted | empty read as a digit |\n|---|---|---|---|---|---|---|")
    for number, name in enumerate(LEVELS):
        some = level == number
        inked = some & is_digit & (state != 0)
        share, wrong, took, junk_share, full, empty = accepted(at, some)
        print("| %s | %.1f / %.1f %% | %.1f %% | **%.1f %%** | %d of %d = %.1f in 1,000 | %.1f %% "
              "| %d of %d |" % (
                  name, 100 * np.mean(symbol[inked] == label[inked].astype(str)),
                  100 * np.mean(best[inked] == label[inked]), 100 * np.mean(agrees[inked]),
                  100 * share, wrong, took, 1000 * wrong / max(1, took), 100 * junk_share, full,
                  empty))
    for number in range(3, len(KINDS)):
        some = kind == number
        print("junk %-12s accepted %d of %d" % (KINDS[number], np.sum(some & (p >= at)), some.sum()))
    cut = state == 2
    print("cut from a neighbour: accepted %d, wrong %d" % (
        np.sum(cut & (p >= at)), np.sum(cut & (p >= at) & ~right)))
    table = symbol_table(symbol, confidence, label, state)
    # Where nothing is in a cell, on all levels but the hardest.
    none = (state == 0) & (level < 2)
    empty_right = np.sum(none & (label == EMPTY)) / max(1, none.sum())
    print("cells without ink that are empty: %.4f" % empty_right)
    with open(out, "w", encoding="utf-8") as file:
        file.write(SWIFT % (", ".join("%.4f" % v for v in w), at, max(0.9, empty_right),
                            ",\n    ".join("(%.3f, %.4f)" % pair for pair in table)))


def symbol_table(symbol, confidence, label, state):
    """How often the line reader is right, by its own figure."""
    named = (state != 0) & np.isin(symbol, list("0123456789"))
    limits = [0.5, 0.7, 0.8, 0.85, 0.9, 0.93, 0.95, 0.96, 0.97, 0.98, 0.985, 0.99, 1.01]
    table, low = [], 0
    for limit in limits:
        some = named & (confidence >= low) & (confidence < limit)
        if some.sum() >= 50:
            hits = np.sum(symbol[some] == label[some].astype(str))
            table.append((limit, (hits + 1) / (some.sum() + 2)))
            low = limit
    if not table or table[-1][0] < 1.01:
        table.append((1.01, table[-1][1] if table else 0.5))
    return table


SWIFT = """// SPDX-License-Identifier: Apache-2.0
// Written by tools/train-digits.py from validation cells; docs/codes.md has the table.

extension CodeScore {
  /// The score as it was fitted.
  public static let trained = CodeScore(weights: [%s])
  /// The lowest score with at most 2 wrong in 1,000 and at most 1 %% of what is no digit, on
  /// validation cells of the levels clean and office.
  public static let acceptAt = %.4f
  /// How often a cell without ink is empty.
  public static let emptyIsRight = %.4f
  /// How often the line reader is right, by its own figure: below each limit the next share.
  static let symbolTable: [(below: Double, right: Double)] = [
    %s,
  ]
}
"""


def main():
    command = sys.argv[1]
    if command == "lines":
        lines(*sys.argv[2:4])
    elif command == "networks":
        networks(*sys.argv[2:4])
    elif command == "score":
        score(*sys.argv[2:4])


if __name__ == "__main__":
    main()
