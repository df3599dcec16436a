#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Puts the demo batch together out of painted sheets; run by tools/make-demo.sh.

    tools/demo-batch.py --painted out/demo --foreign out/demo-foreign --out scans/demo

The sheets are chosen by what their truth says, so that each file shows one thing. Writes the
files and expected.json: the truth (contract §4) with the status that is expected of each page,
also of those that must not be read.
"""
import argparse
import io
import json
import os

from PIL import Image


def load(folder):
    with open(os.path.join(folder, "truth.json"), encoding="utf-8") as file:
        return [dict(s, folder=folder) for s in json.load(file)["sheets"]]


class Pool:
    """Painted sheets, each taken once."""

    def __init__(self, sheets):
        self.sheets = sheets

    def take(self, what, *tests):
        for sheet in self.sheets:
            if all(test(sheet) for test in tests):
                self.sheets.remove(sheet)
                return sheet
        raise SystemExit(f"demo-batch: no painted sheet is {what}; paint more")


def level(name):
    return lambda s: s["level"] == name


def mode(*names):
    return lambda s: s["scan"]["mode"] in names


def dpi(*values):
    return lambda s: s["scan"]["dpi"] in values


def upright(s):
    return s["scan"]["turned"] == 0


def calm(s):
    return not s["ask"] and len(s["scan"]["wear"]) < 3


def answered(s):
    return sum(1 for a in s["answers"].values() if a) >= 10


def strong(s):
    return all(m.get("contrast", 1) > 0.25 for m in s["marks"])


def back(s):
    return [m for m in s["marks"] if "taken back" in m["kind"] and "erased" not in m["kind"]]


def picture(sheet):
    return Image.open(os.path.join(sheet["folder"], sheet["file"]))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--painted", nargs="+", required=True)
    parser.add_argument("--foreign", required=True)
    parser.add_argument("--out", required=True)
    options = parser.parse_args()
    pool = Pool([s for folder in options.painted for s in load(folder)])
    os.makedirs(options.out, exist_ok=True)
    expected = []

    def note(name, sheet, page=1, status="read", reason=None):
        line = {"file": name, "page": page, "status": status}
        if reason:
            line["why"] = reason
        if status == "read":
            for key in ("level", "formPage", "answers", "ask", "marks"):
                line[key] = sheet[key]
        elif status == "rejected":
            line.update(level="foreign", formPage=None)
        expected.append(line)

    def path(name):
        return os.path.join(options.out, name)

    def jpeg(sheet, quality=31):
        held = io.BytesIO()
        picture(sheet).convert("L").save(held, "JPEG", quality=quality, optimize=True,
                            dpi=(sheet["scan"]["dpi"],) * 2)
        return held.getvalue()

    def write(name, data):
        with open(path(name), "wb") as file:
            file.write(data)

    # 01: a clean page as PNG, 16 grays as scanners save them.
    sheet = pool.take("clean gray", level("clean"), mode("gray"), upright, calm,
                      lambda s: all(s["answers"].values()))
    tones = picture(sheet).convert("L").point(lambda v: min(255, (v + 25) // 17 * 17))
    tones.resize((tones.width * 2 // 3, tones.height * 2 // 3), Image.BOX).quantize(16).save(
        path("01-flatbed.png"), dpi=(200, 200), optimize=True)
    note("01-flatbed.png", sheet)
    # 02: an ordinary page of the feeder.
    sheet = pool.take("ordinary gray", level("office"), mode("gray"), dpi(200), upright, calm, answered)
    write("02-feeder.jpg", jpeg(sheet))
    note("02-feeder.jpg", sheet)
    # 03: three pages in one G4 TIFF.
    pages = [pool.take("1-bit", level("office"), mode("1-bit"), upright, calm, answered,
                       lambda s: "ordered dither" not in s["scan"]["wear"]
                       and "error diffusion" not in s["scan"]["wear"]) for _ in range(3)]
    first, *rest = [picture(p).convert("1", dither=Image.Dither.NONE) for p in pages]
    first.save(path("03-copier.tif"), save_all=True, append_images=rest, compression="group4",
               dpi=(pages[0]["scan"]["dpi"],) * 2)
    for number, sheet in enumerate(pages, 1):
        note("03-copier.tif", sheet, number)
    # 04: two pages in a PDF, each an embedded JPEG.
    pages = [pool.take("ordinary", level("office"), mode("gray"), dpi(200), upright, calm, answered)
             for _ in range(2)]
    first, *rest = [Image.open(io.BytesIO(jpeg(p, 60))).convert("L") for p in pages]
    # Pillow saves gray as a JPEG stream; the resolution is the page's size only.
    first.save(path("04-office.pdf"), save_all=True, append_images=rest, quality=26,
               resolution=pages[0]["scan"]["dpi"], creationDate=None, modDate=None)
    for number, sheet in enumerate(pages, 1):
        note("04-office.pdf", sheet, number)
    # 05: fed upside down.
    sheet = pool.take("upside down", level("office"), mode("gray", "colour"),
                      answered, lambda s: s["scan"]["turned"] == 2, lambda s: len(s["ask"]) == 0)
    write("05-upside-down.jpg", jpeg(sheet, 20))
    note("05-upside-down.jpg", sheet)
    # 06: a faint pen or pencil that can still be seen everywhere.
    sheet = pool.take("faint", level("office"), mode("gray", "colour"), upright, answered,
                      lambda s: not s["ask"] and "gray from" not in str(s["scan"]["wear"]),
                      lambda s: s["scan"]["pen"] in ("faint pencil", "hard pencil",
                                                     "faint ballpoint"))
    write("06-faint.jpg", jpeg(sheet, 34))
    note("06-faint.jpg", sheet)
    # 07: two marks and none taken back: only asking is right.
    sheet = pool.take("a double mark", level("office"), mode("gray"), upright,
                      answered, strong, lambda s: len(s["ask"]) == 1 and [] in s["ask"].values())
    write("07-two-marks.jpg", jpeg(sheet, 20))
    note("07-two-marks.jpg", sheet)
    # 08: a mark taken back, another made.
    sheet = pool.take("a correction", level("office"), mode("gray"), upright, lambda s: not s["ask"],
                      answered, strong, lambda s: len(back(s)) == 1)
    write("08-correction.jpg", jpeg(sheet, 26))
    note("08-correction.jpg", sheet)
    # 09: nothing marked.
    sheet = pool.take("left blank", upright, lambda s: not any(s["answers"].values()),
                      lambda s: not s["ask"])
    write("09-left-blank.jpg", jpeg(sheet, 14))
    note("09-left-blank.jpg", sheet)
    # 10: a page of another form.
    sheet = load(options.foreign)[0]
    write("10-other-form.jpg", jpeg(sheet, 30))
    note("10-other-form.jpg", sheet, status="rejected", reason="a page of another form")
    # 11: a file that was cut off while it was copied.
    sheet = pool.take("ordinary", level("office"), mode("gray"), dpi(200), upright)
    data = jpeg(sheet, 30)
    write("11-cut-off.jpg", data[: len(data) * 2 // 5])
    note("11-cut-off.jpg", sheet, status="failed", reason="truncated")

    with open(path("expected.json"), "w", encoding="utf-8") as file:
        file.write('{"form": "demo-one-stop", "origin": "painted by tools/make-demo.sh",\n"sheets": [\n')
        file.write(",\n".join(json.dumps(line, ensure_ascii=False) for line in expected))
        file.write("\n]}\n")
    total = sum(os.path.getsize(path(n)) for n in os.listdir(options.out))
    print(f"{len(expected)} pages, {total / 1e6:.2f} MB in {options.out}")


if __name__ == "__main__":
    main()
