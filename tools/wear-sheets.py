#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Wears the sheets of measured sets once more, by another painter than the project's own.

    tools/wear-sheets.py SETS OUT [SEED]      every set below SETS (a folder with truth.json)
    measure accuracy --sets OUT               what is read then

Each sheet gets one wear of fourteen, by chance: turned, skewed, stretched, made smaller, blurred,
noisy, compressed, shadowed, darker or lighter in tone, in black and white, with a border, or as a
photograph aslant. The truth stays what it was, also where a threshold took a faint mark off the
sheet: look at what is missed. PDF files and TIFF files of several pages are copied as they are.
Needs Pillow and numpy (Debian: python3-pil python3-numpy).
"""
import io
import json
import os
import random
import shutil
import sys

import numpy as np
from PIL import Image, ImageFilter, ImageOps


def resized(picture, x, y):
    return picture.resize((int(picture.width * x), int(picture.height * y)), Image.BICUBIC)


def compressed(picture, chance):
    data = io.BytesIO()
    picture.save(data, "JPEG", quality=chance.randrange(12, 25))
    data.seek(0)
    return Image.open(data).copy()


def levels(picture, change):
    values = change(np.asarray(picture).astype(float))
    return Image.fromarray(np.clip(values, 0, 255).astype(np.uint8))


def black_and_white(picture, chance):
    """Split at a share of the paper's tone: too light for faint pens now and then."""
    share = chance.uniform(0.6, 0.85)
    return levels(picture, lambda v: (v > np.percentile(v, 60) * share) * 255)


def noisy(picture, chance):
    tone, sigma = chance.uniform(0.75, 0.95), chance.uniform(6, 16)
    noise = np.random.default_rng(chance.randrange(1 << 30))
    return levels(picture, lambda v: v * tone + noise.normal(0, sigma, v.shape))


def shadowed(picture, chance):
    a, b = chance.uniform(-6, 6), chance.uniform(-6, 6)
    x = np.linspace(0, 1, picture.width)[None]
    y = np.linspace(0, 1, picture.height)[:, None]
    return levels(picture, lambda v: v * (1 - 0.45 / (1 + np.exp(-(a * x + b * y)))))


def toned(picture, chance):
    power = chance.uniform(0.5, 2)
    return picture.point(lambda v: int(255 * (v / 255) ** power))


def bordered(picture, chance):
    sides = tuple(chance.randrange(20, most) for most in (120, 120, 160, 160))
    return ImageOps.expand(picture, border=sides, fill=chance.choice([0, 12, 255]))


def photographed(picture, chance):
    """In perspective, on a table: each corner of the sheet lies somewhere in its own corner."""
    width, height = int(picture.width * 1.2), int(picture.height * 1.2)
    rows, values = [], []
    for right, low in ((0, 0), (1, 0), (1, 1), (0, 1)):
        u = chance.uniform(0.06, 0.12) * width
        v = chance.uniform(0.06, 0.12) * height
        u, v = width - u if right else u, height - v if low else v
        x, y = right * picture.width, low * picture.height
        rows += [[u, v, 1, 0, 0, 0, -x * u, -x * v], [0, 0, 0, u, v, 1, -y * u, -y * v]]
        values += [x, y]
    map_back = np.linalg.solve(np.array(rows, float), np.array(values, float))
    table = chance.choice([40, 90, 180])
    return picture.transform(
        (width, height), Image.PERSPECTIVE, list(map_back), Image.BICUBIC, fillcolor=table)


WEARS = {
    "as a photograph": photographed,
    "bordered": bordered,
    "blurred": lambda p, c: p.filter(ImageFilter.GaussianBlur(c.uniform(1, 1.8))),
    "black and white": black_and_white,
    "compressed": compressed,
    "noisy": noisy,
    "on its side": lambda p, c: p.transpose(Image.ROTATE_90),
    "shadowed": shadowed,
    "skewed": lambda p, c: p.rotate(
        c.uniform(-4, 4), Image.BICUBIC, fillcolor=c.choice([0, 230, 255])),
    "smaller": lambda p, c: resized(p, *[c.uniform(0.55, 0.7)] * 2),
    "stretched": lambda p, c: resized(p, c.uniform(0.96, 1.04), c.uniform(0.96, 1.04)),
    "toned": toned,
    "upside down": lambda p, c: p.rotate(180),
    "untouched": lambda p, c: p,
}
# Coarse scans lose too much of what is on them by these.
FINE_ONLY = {"smaller": 1500, "blurred": 1000}


def worn(path, chance):
    """The sheet's picture and its wear's name; `None` where it is left as it is."""
    if path.endswith(".pdf"):
        return None
    with Image.open(path) as picture:
        if getattr(picture, "n_frames", 1) > 1:
            return None
        name = chance.choice(sorted(WEARS))
        if min(picture.size) < FINE_ONLY.get(name, 0):
            name = "shadowed"
        return WEARS[name](picture.convert("L"), chance), name


def wear_set(source, target, seed):
    with open(os.path.join(source, "truth.json"), encoding="utf-8") as file:
        sheets = json.load(file)["sheets"]
    os.makedirs(target, exist_ok=True)
    for name in os.listdir(source):
        # Where targets lie is another matter now.
        if os.path.isfile(os.path.join(source, name)) and not name.startswith("places"):
            shutil.copy(os.path.join(source, name), target)
    for number, sheet in enumerate(sheets):
        file = sheet["file"]
        path, out = os.path.join(source, file), os.path.join(target, file)
        os.makedirs(os.path.dirname(out), exist_ok=True)
        result = worn(path, random.Random(seed * 1_000_003 + number))
        if result is None:
            shutil.copy(path, out)
            continue
        # Without what the old file said of itself: its resolution is another one now.
        picture = Image.fromarray(np.asarray(result[0]))
        picture.save(out, **({"quality": 90} if out.endswith((".jpg", ".jpeg")) else {}))
        print("%s: %s" % (os.path.join(os.path.basename(source), file), result[1]))


def main():
    top, out = sys.argv[1:3]
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else 1
    for folder, _, files in sorted(os.walk(top)):
        if "truth.json" in files:
            wear_set(folder, os.path.join(out, os.path.relpath(folder, top)), seed)


if __name__ == "__main__":
    main()
