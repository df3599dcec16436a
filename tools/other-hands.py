#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Fills the blanks of measured sets by hands that the project's own painter does not know.

    tools/other-hands.py SETS OUT [SEED [SHEETS]]   every set below SETS (a folder with form.json)
    tools/wear-sheets.py OUT WORN SEED              scanned badly, too
    measure accuracy --sets OUT                     what is read then

Each of the SHEETS of a page is one person's: a pen, a habit, a size, a slant, a tremor. Marks are
drawn from the list of strokes below with Pillow's discs, not by a line of ours. One question in
twenty is left blank, one in forty marked twice, one in forty taken back; words and lines stand
beside and across the rows. The truth is what was meant; codes stay empty.
Needs Pillow and numpy (Debian: python3-pil python3-numpy).
"""
import json
import math
import os
import random
import shutil
import sys

import numpy as np
from PIL import Image, ImageDraw

FINE = 2  # drawn so much finer than the blank


def ellipse(turns, start, wobble, chance):
    """A ring of so many turns that need not meet its own beginning."""
    drift = chance.uniform(-0.25, 0.25)
    steps = int(24 * turns) + 2
    points = []
    for step in range(steps):
        angle = start + 2 * math.pi * turns * step / (steps - 1)
        r = 1 + drift * step / steps + wobble * math.sin(3 * angle)
        points.append((r * math.cos(angle), r * math.sin(angle)))
    return points


def zigzag(lines, chance):
    """From side to side, closely: how boxes are filled in a hurry."""
    points = []
    for line in range(lines + 1):
        y = -0.85 + 1.7 * line / lines
        side = 0.85 if line % 2 else -0.85
        points.append((side * chance.uniform(0.8, 1.1), y + chance.uniform(-0.08, 0.08)))
    return points


def spiral(turns):
    return [(t / 40 * math.cos(t / 40 * turns * 6.28), t / 40 * math.sin(t / 40 * turns * 6.28))
            for t in range(41)]


# Strokes of each mark, in halves of its target: (0, 0) is the middle, y goes down.
MARKS = {
    "tick": lambda c: [[(-0.8, -0.1), (-0.3, 0.7), (-0.1, 0.75), (1, -1)]],
    "long tick": lambda c: [[(-0.7, 0), (-0.2, 0.8), (0.8, -0.7), (2.2, c.uniform(-2.2, -1.2))]],
    "hooked tick": lambda c: [[(-1, 0.1), (-0.6, -0.3), (-0.3, 0.7), (0.2, 0.2), (1.3, -1.2)]],
    "vee": lambda c: [[(-0.8, -0.9), (0, 0.8), (0.8, -0.9)]],
    "cross": lambda c: [[(-0.9, -0.9), (0.9, 0.9)], [(0.9, -0.9), (-0.9, 0.9)]],
    "curved cross": lambda c: [[(-1, -0.6), (-0.4, -0.7), (0.3, 0.7), (1, 0.6)],
                               [(0.8, -1), (-0.8, 1)]],
    "cross in one stroke": lambda c: [[(-0.9, -0.8), (0.8, 0.9), (1.1, 0.2), (0.9, -0.8),
                                       (-0.9, 0.9)]],
    "plus": lambda c: [[(-0.9, 0), (0.9, 0.05)], [(0, -0.9), (0.05, 0.9)]],
    "slash": lambda c: [[(-0.9, 1), (0.9, -1)]],
    "backslash": lambda c: [[(-0.8, -0.9), (0.8, 0.9)]],
    "upright": lambda c: [[(0, -1), (0.05, 1)]],
    "dash": lambda c: [[(-0.9, 0.1), (0.9, -0.1)]],
    "zigzag": lambda c: [zigzag(c.randrange(5, 9), c)],
    "spiral": lambda c: [spiral(c.randrange(3, 6))],
    "fill": lambda c: [zigzag(16, c), [(y, x) for x, y in zigzag(14, c)]],
    "blob": lambda c: [[(-0.3, 0), (0.3, 0.15), (0, -0.3), (-0.2, 0.3), (0.25, 0), (0, 0)]],
    "ring": lambda c: [ellipse(c.uniform(0.93, 1.15), c.uniform(0, 6), 0.04, c)],
    "two rings": lambda c: [ellipse(c.uniform(1.8, 2.2), c.uniform(0, 6), 0.06, c)],
    "open ring": lambda c: [ellipse(c.uniform(0.75, 0.9), c.uniform(0, 6), 0.05, c)],
    "star": lambda c: [[(-0.8, -0.8), (0.8, 0.8)], [(0.8, -0.8), (-0.8, 0.8)],
                       [(-1, 0), (1, 0)]],
    "underline": lambda c: [[(-0.9, 0.85), (0, 0.95), (0.9, 0.8)]],
}
# How many of a hundred people mark so: digits that are to be ringed, and boxes of all sorts.
OF_DIGITS = {"ring": 55, "two rings": 6, "open ring": 10, "cross": 8, "tick": 8, "slash": 5,
             "underline": 4, "fill": 4}
OF_BOXES = {"tick": 16, "long tick": 7, "hooked tick": 7, "vee": 5, "cross": 15,
            "curved cross": 7, "cross in one stroke": 4, "plus": 2, "slash": 5, "backslash": 3,
            "upright": 2, "dash": 2, "zigzag": 7, "spiral": 2, "fill": 10, "blob": 3, "ring": 2,
            "star": 1}
# Width in millimetres, how dark (0 to 1), how grainy, how often it skips.
PENS = {"ballpoint": (0.4, 0.8, 0.1, 0.02), "fine ballpoint": (0.28, 0.7, 0.1, 0.05),
        "gel": (0.55, 0.9, 0, 0), "felt": (0.9, 0.9, 0, 0), "marker": (1.4, 0.8, 0.05, 0),
        "pencil": (0.5, 0.55, 0.5, 0), "hard pencil": (0.4, 0.3, 0.5, 0),
        "nearly empty": (0.35, 0.6, 0.2, 0.25)}
DENSE = {"fill", "zigzag", "spiral", "blob"}
BLANK, TWICE, TAKEN_BACK = 0.05, 0.025, 0.025


def picked(weights, chance):
    return chance.choices(list(weights), list(weights.values()))[0]


def curve(points, step):
    """Points so close that discs on them make a line: cubics through all (Catmull and Rom)."""
    out = []
    ends = [points[0]] + list(points) + [points[-1]]
    for a, b, c, d in zip(ends, ends[1:], ends[2:], ends[3:]):
        count = max(2, int(math.dist(b, c) / step))
        for t in np.arange(count) / count:
            out.append(tuple(
                0.5 * (2 * q + t * (r - p + t * (2 * p - 5 * q + 4 * r - s
                                                 + t * (3 * q - p - 3 * r + s))))
                for p, q, r, s in zip(a, b, c, d)))
    return out + [points[-1]]


class Person:
    def __init__(self, chance):
        self.chance = chance
        self.width, self.dark, self.grain, self.skip = PENS[chance.choice(sorted(PENS))]
        self.of_boxes, self.of_digits = picked(OF_BOXES, chance), picked(OF_DIGITS, chance)
        self.size = chance.uniform(0.65, 1.25)
        self.slant = chance.gauss(0, 0.15)
        self.aim, self.tremor = chance.uniform(0.03, 0.18), chance.uniform(0, 0.05)
        self.own_way = chance.uniform(0.7, 1)

    def kind(self, shape):
        own, all_kinds = ((self.of_digits, OF_DIGITS) if shape == "char"
                          else (self.of_boxes, OF_BOXES))
        kind = own if self.chance.random() < self.own_way else picked(all_kinds, self.chance)
        # Who does not fill boxes blackens what is wrong.
        return own if kind in DENSE and own not in DENSE else kind

    def can_take_back(self, shape):
        """Who fills boxes cannot blacken one of several answers."""
        return shape == "char" or self.of_boxes not in DENSE


class Sheet:
    def __init__(self, blank, dpi, person):
        self.blank, self.person, self.chance = blank, person, person.chance
        self.mm = dpi / 25.4 * FINE
        self.ink = Image.new("L", (blank.width * FINE, blank.height * FINE), 0)
        self.draw = ImageDraw.Draw(self.ink)

    def stroke(self, points, wider=1.0):
        """One line of the pen; the places are fine pixels."""
        person, chance = self.person, self.chance
        path = curve(points, 0.12 * self.mm)
        base = chance.uniform(0.85, 1.1)
        skipping = 0
        for index, (x, y) in enumerate(path):
            if chance.random() < person.skip / 4:
                skipping = chance.randrange(3, 12)
            skipping -= 1
            end = min(1, 0.55 + min(index, len(path) - index) / 8)
            dark = person.dark * base * (0.15 if skipping > 0 else 1)
            r = max(0.6, person.width * wider * base * (0.7 + 0.3 * end) * self.mm / 2)
            self.draw.ellipse((x - r, y - r, x + r, y + r), fill=int(255 * min(1, dark)))

    def shape(self, strokes, box, size, shift=(0, 0)):
        person, chance = self.person, self.chance
        x, y, w, h = (v * FINE for v in box)
        half = min(w, h) / 2 * size
        wide = half * chance.uniform(0.9, 1.25)
        x += w / 2 + (shift[0] + chance.gauss(0, person.aim)) * min(w, h) / 2
        y += h / 2 + (shift[1] + chance.gauss(0, person.aim)) * min(w, h) / 2
        for points in strokes:
            self.stroke([
                (x + wide * (u - person.slant * v + chance.gauss(0, person.tremor)),
                 y + half * (v + chance.gauss(0, person.tremor))) for u, v in points])

    def mark(self, kind, target):
        size = self.person.size * self.chance.uniform(0.85, 1.15)
        if kind.endswith("fill"):
            size = min(size, 1)
        # A cell of a table is wider than the digit in it.
        if target["shape"] == "char":
            size *= 0.8
        elif target["shape"] in ("box", "bubble") and kind.endswith(("ring", "rings")):
            size *= 1.5
        self.shape(MARKS[kind](self.chance), target["box"], size)

    def take_back(self, kind, target):
        self.mark(kind, target)
        way = self.chance.choice(["fill", "zigzag", "lines"])
        if way == "lines":
            lines = [[(-1.3, y + self.chance.uniform(-0.2, 0.2)), (1.3, y)]
                     for y in (-0.5, -0.1, 0.3, 0.7)]
            self.shape(lines, target["box"], 1)
        else:
            self.shape(MARKS["fill"](self.chance), target["box"], 1.1)
            self.shape(MARKS[way](self.chance), target["box"], 1.1)

    def words(self, x, y, length):
        """Something like handwriting, beginning at a place of the blank, in its pixels."""
        points, at = [], x * FINE
        height = self.chance.uniform(1, 2) * self.mm
        while at < (x + length) * FINE:
            at += self.chance.uniform(0.3, 1.1) * self.mm
            tall = self.chance.choice([0.4, 0.5, 1, 1.6])
            points.append((at, y * FINE - height * tall * self.chance.random()))
            if self.chance.random() < 0.15 and len(points) > 2:
                self.stroke(points)
                points = []
        if len(points) > 2:
            self.stroke(points)

    def picture(self):
        ink = np.asarray(self.ink.resize(self.blank.size, Image.BOX)).astype(float) / 255
        if self.person.grain:
            noise = np.random.default_rng(self.chance.randrange(1 << 30))
            ink *= np.clip(1 - self.person.grain * noise.gamma(1, 1, ink.shape) * 0.6, 0.1, 1)
        return Image.fromarray((np.asarray(self.blank) * (1 - 0.9 * ink)).astype(np.uint8))


def fill_question(sheet, question, truth):
    """Marks a question and writes what was meant, and what should be asked, into the truth."""
    chance, person = sheet.chance, sheet.person
    targets, name = question["targets"], question["id"]
    many = question["type"] == "multiple"
    count = chance.randrange(0, min(4, len(targets) + 1)) if many else 1
    if chance.random() < BLANK:
        count = 0
    twice = not many and count and chance.random() < TWICE
    meant = sorted(chance.sample(range(len(targets)), min(len(targets), 2 if twice else count)))
    kinds = [(at, person.kind(targets[at]["shape"])) for at in meant]
    # A mark and a blackened place are no two marks.
    if twice and len({kind in DENSE for _, kind in kinds}) > 1:
        kinds = [(at, kinds[0][1]) for at in meant]
    others = [at for at in range(len(targets)) if at not in meant]
    if (count and not twice and others and chance.random() < TAKEN_BACK
            and (not many or person.can_take_back(targets[0]["shape"]))):
        old = chance.choice(others)
        sheet.take_back(person.kind(targets[old]["shape"]), targets[old])
        # What is blackened beside a filled box, or in a bubble, may be an answer too.
        if targets[old]["shape"] == "bubble" or any(kind in DENSE for _, kind in kinds):
            truth["ask"][name] = [[targets[at]["value"] for at in meant]]
        truth["marks"].append({"question": name, "value": targets[old]["value"],
                               "kind": "taken back"})
    for at, kind in kinds:
        sheet.mark(kind, targets[at])
        truth["marks"].append({"question": name, "value": targets[at]["value"], "kind": kind})
    truth["answers"][name] = [] if twice else [targets[at]["value"] for at in meant]
    if twice:
        truth["ask"][name] = []


def filled(page, blank, chance):
    person = Person(chance)
    sheet = Sheet(blank, page["dpi"], person)
    truth = {"answers": {}, "ask": {}, "marks": []}
    for question in page["questions"]:
        if question["type"] == "code":
            truth["answers"][question["id"]] = [""] * len(question["cells"])
        elif question["type"] in ("single", "multiple"):
            fill_question(sheet, question, truth)
    for _ in range(chance.choice([0, 0, 0, 1, 2])):
        sheet.words(chance.uniform(0.05, 0.15) * blank.width,
                    chance.uniform(0.1, 0.95) * blank.height,
                    chance.uniform(0.05, 0.2) * blank.width)
    return sheet.picture(), truth


def fill_set(source, out, seed, count):
    with open(os.path.join(source, "form.json"), encoding="utf-8") as file:
        form = json.load(file)
    os.makedirs(os.path.join(out, "scans"), exist_ok=True)
    shutil.copy(os.path.join(source, "form.json"), out)
    sheets = []
    for page in form["pages"]:
        shutil.copy(os.path.join(source, page["blank"]), out)
        with Image.open(os.path.join(source, page["blank"])) as picture:
            blank = picture.convert("L")
        for number in range(count):
            chance = random.Random("%s/%s/%s/%s" % (seed, form["form"], page["page"], number))
            picture, truth = filled(page, blank, chance)
            name = "scans/hand-%s-%03d.png" % (page["page"], number)
            picture.save(os.path.join(out, name), dpi=(page["dpi"], page["dpi"]))
            sheets.append({"file": name, "page": 1, "level": "hands", "formPage": page["page"],
                           **truth})
    with open(os.path.join(out, "truth.json"), "w", encoding="utf-8") as file:
        json.dump({"form": form["form"], "origin": "tools/other-hands.py, seed %d" % seed,
                   "sheets": sheets}, file, ensure_ascii=False, indent=1)
    print("%s: %d sheets" % (os.path.relpath(out), len(sheets)))


def main():
    top, out = sys.argv[1:3]
    seed, count = [int(v) for v in sys.argv[3:5] + ["1", "20"][len(sys.argv) - 3:]]
    for folder, _, files in sorted(os.walk(top)):
        if "form.json" in files:
            fill_set(folder, os.path.join(out, os.path.relpath(folder, top)), seed, count)


if __name__ == "__main__":
    main()
