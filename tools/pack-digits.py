#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Packs the public handwritten digits into two plain files for `measure paint-cells`.

    tools/pack-digits.py DIGITS OUT      writes OUT/train.digits and OUT/validation.digits

DIGITS holds MNIST's training set with its writers, optdigits and pen strokes (UNIPEN, pendigits)
as docs/codes.md names them. Writers whose number ends in 0 validate and never train; optdigits has
no writers and only trains. Sources/Simulator/Cells/WrittenDigits.swift tells the format.

Of the validating digits those are left out that a careful person could take for another digit: seven
of their ten nearest by look, among other writers' training digits, bear another label (segments
that hold half a digit, a 4 closed like a 9). No reader of ours has a say in it. Needs numpy.
"""
import gzip
import json
import os
import struct
import sys

import numpy as np


def idx(path):
    """Items of an IDX file of bytes, and their size."""
    data = gzip.open(path).read()
    sizes = struct.unpack(">%dI" % data[3], data[4:4 + 4 * data[3]])
    size = 1
    for part in sizes[1:]:
        size *= part
    body = data[4 + 4 * data[3]:]
    return [body[i * size:(i + 1) * size] for i in range(sizes[0])]


SIDE = 24
NEAREST, OTHERS = 10, 7


def look(dots):
    """A digit's look: its dots (x, y, ink) in a box of 20, centred, blurred, of length 1."""
    x, y, ink = dots
    low = np.array([x.min(), y.min()])
    high = np.array([x.max(), y.max()])
    scale = 20 / max(1e-6, (high - low).max())
    middle = (low + high) / 2
    picture = np.zeros((SIDE, SIDE))
    u = np.clip(np.round((x - middle[0]) * scale + SIDE / 2 - 0.5).astype(int), 0, SIDE - 1)
    v = np.clip(np.round((y - middle[1]) * scale + SIDE / 2 - 0.5).astype(int), 0, SIDE - 1)
    np.maximum.at(picture, (v, u), ink)
    kernel = np.exp(-np.arange(-3, 4) ** 2 / 2.0)
    for axis in (0, 1):
        picture = np.apply_along_axis(lambda row: np.convolve(row, kernel, "same"), axis, picture)
    return (picture / max(1e-9, np.linalg.norm(picture))).ravel()


def look_of_picture(image):
    side = int(len(image) ** 0.5)
    levels = np.frombuffer(image, np.uint8).reshape(side, side) / 255
    v, u = np.nonzero(levels > 0.3)
    return look((u.astype(float), v.astype(float), levels[v, u]))


def look_of_strokes(strokes):
    dots = []
    for stroke in strokes:
        places = np.array(stroke, float)
        for a, b in zip(places, places[1:]):
            steps = max(2, int(np.abs(b - a).max() / 20))
            dots.append(a + (b - a) * np.linspace(0, 1, steps)[:, None])
        dots.append(places[:1])
    dots = np.concatenate(dots)
    return look((dots[:, 0], dots[:, 1], np.ones(len(dots))))


def doubtful(checked, known):
    """Whether most of each checked digit's nearest known ones bear another label."""
    looks = np.array([entry[1] for entry in known], np.float32)
    labels = np.array([entry[0] for entry in known])
    result = []
    for start in range(0, len(checked), 500):
        some = checked[start:start + 500]
        near = np.array([entry[1] for entry in some], np.float32) @ looks.T
        first = np.argpartition(-near, NEAREST, axis=1)[:, :NEAREST]
        result += [int(np.sum(labels[row] != entry[0])) >= OTHERS
                   for entry, row in zip(some, first)]
    return result


def main():
    source, out = sys.argv[1:3]
    os.makedirs(out, exist_ok=True)
    train, validation, known, checked = bytearray(), [], [], []

    def add(label, writer, record, looks, is_known):
        if writer % 10 == 0:
            validation.append(record)
            checked.append((label, looks()))
        else:
            train.extend(record)
            if is_known:
                known.append((label, looks()))

    def pictures(name, side, writers):
        images = idx(os.path.join(source, name + "-images-idx3-ubyte.gz"))
        labels = idx(os.path.join(source, name + "-labels-idx1-ubyte.gz"))
        for at, (image, label) in enumerate(zip(images, labels)):
            writer = writers[at] if writers else 1
            record = struct.pack("<BBHB", label[0], 0, writer % 65536, side) + image
            # A fifth of the pictures is enough to compare with.
            add(label[0], writer, record, lambda: look_of_picture(image), at % 5 == 0)

    with gzip.open(os.path.join(source, "mnist-train-writers.txt.gz"), "rt") as lines:
        pictures("mnist-train", 28, [int(line) for line in lines])
    pictures("optdigits-train", 32, None)
    with gzip.open(os.path.join(source, "strokes-train.jsonl.gz"), "rt") as lines:
        for line in lines:
            digit = json.loads(line)
            strokes = digit["strokes"][:255]
            record = struct.pack("<BBHB", digit["digit"], 1, digit["writer"], len(strokes))
            for stroke in strokes:
                record += struct.pack("<H", len(stroke))
                for x, y in stroke:
                    record += struct.pack("<HH", max(0, x), max(0, y))
            add(digit["digit"], digit["writer"], record, lambda: look_of_strokes(strokes), True)
    left_out = doubtful(checked, known)
    print("validating digits left out: %d of %d" % (sum(left_out), len(left_out)))
    kept = b"".join(record for record, out in zip(validation, left_out) if not out)
    for name, data in [("train", train), ("validation", kept)]:
        with open(os.path.join(out, name + ".digits"), "wb") as file:
            file.write(data)


main()
