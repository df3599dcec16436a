#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Packs the public handwritten digits into two plain files for `measure paint-cells`.

    tools/pack-digits.py DIGITS OUT      writes OUT/train.digits and OUT/validation.digits

DIGITS holds MNIST's training set with its writers, optdigits and pen strokes (UNIPEN, pendigits)
as docs/codes.md names them. Writers whose number ends in 0 validate and never train; optdigits has
no writers and only trains. Sources/Simulator/Cells/WrittenDigits.swift tells the format. Needs
python3 alone.
"""
import gzip
import json
import os
import struct
import sys


def idx(path):
    """Items of an IDX file of bytes, and their size."""
    data = gzip.open(path).read()
    sizes = struct.unpack(">%dI" % data[3], data[4:4 + 4 * data[3]])
    size = 1
    for part in sizes[1:]:
        size *= part
    body = data[4 + 4 * data[3]:]
    return [body[i * size:(i + 1) * size] for i in range(sizes[0])]


def main():
    source, out = sys.argv[1:3]
    os.makedirs(out, exist_ok=True)
    train, validation = bytearray(), bytearray()

    def pictures(name, side, writers):
        images = idx(os.path.join(source, name + "-images-idx3-ubyte.gz"))
        labels = idx(os.path.join(source, name + "-labels-idx1-ubyte.gz"))
        for image, label, writer in zip(images, labels, writers or [1] * len(labels)):
            record = struct.pack("<BBHB", label[0], 0, writer % 65536, side) + image
            (validation if writer % 10 == 0 else train).extend(record)

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
            (validation if digit["writer"] % 10 == 0 else train).extend(record)
    for name, data in [("train", train), ("validation", validation)]:
        with open(os.path.join(out, name + ".digits"), "wb") as file:
            file.write(data)


main()
