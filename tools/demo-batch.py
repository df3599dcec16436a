#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Puts the demo batch together out of painted sheets; run by tools/make-demo.sh.

    tools/demo-batch.py --own FOLDER --foreign FOLDER --phieu PROGRAM --out scans/demo

The sheets are chosen by what their truth says, so that each file shows one thing; of several that
do, one that becomes what the demo wants to show (some ballots verified at once, some asked about).
A sheet that is accepted wrongly is never passed over: the script ends with it. Writes the files and
expected.json: the truth (contract §4) of each page with its form and serial, and the ballots.
"""
import argparse
import glob
import io
import json
import os
import re
import subprocess

from PIL import Image

FORMS = ["templates/one-stop-9", "templates/five-factors-25"]
JPEG_DPI = 200


def load(folder):
    """Painted pages, with form, serial and page of their names."""
    pages = []
    for truth in sorted(glob.glob(os.path.join(folder, "truth-*.json"))):
        with open(truth, encoding="utf-8") as file:
            held = json.load(file)
        for sheet in held["sheets"]:
            name = re.search(r"-(\d{6})-(\d+)(-again)?\.\w+$", sheet["file"])
            pages.append(dict(
                sheet, path=os.path.join(folder, sheet["file"]), form=held["form"],
                serial=name[1], again=bool(name[3])))
    return pages


def level(*names):
    return lambda s: s["level"] in names


def mode(*names):
    return lambda s: s["scan"]["mode"] in names


def upright(s):
    return s["scan"]["turned"] == 0


def plain(s):
    return not s["ask"]


def answered(s):
    return sum(1 for q, a in s["answers"].items() if any(a)) >= 10


def calm(s):
    return plain(s) and len(s["scan"]["wear"]) < 3


def strong(s):
    return all(m.get("contrast", 1) > 0.25 for m in s["marks"])


def back(s):
    return [m for m in s["marks"] if "taken back" in m["kind"] and "erased" not in m["kind"]]


def picture(sheet):
    """The page in gray, at most 200 pixels an inch."""
    page = Image.open(sheet["path"]).convert("L")
    share = min(1, JPEG_DPI / sheet["scan"]["dpi"])
    return page.resize((round(page.width * share), round(page.height * share)), Image.LANCZOS)


def jpeg(sheet, quality):
    held = io.BytesIO()
    dpi = min(JPEG_DPI, sheet["scan"]["dpi"])
    picture(sheet).save(held, "JPEG", quality=quality, optimize=True, dpi=(dpi, dpi))
    return held.getvalue()


class Batch:
    def __init__(self, options, pages):
        self.options, self.pages, self.taken = options, pages, set()
        self.sheets, self.ballots = [], {}

    def path(self, name):
        return os.path.join(self.options.out, name)

    def read(self, name):
        """What the program makes of a file, page by page."""
        forms = [word for form in FORMS for word in ("--form", form)]
        run = subprocess.run(
            [self.options.phieu, "read", *forms, "--json", "--lang", "en", self.path(name)],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False)
        return [json.loads(line) for line in run.stdout.decode().splitlines()]

    def check(self, name, sheets):
        """The questions asked of each page; ends where one is accepted wrongly."""
        asked = []
        for sheet, line in zip(sheets, self.read(name)):
            if line["status"] != "read":
                return None
            asked.append([a["question"] for a in line["answers"] if a["state"] == "review"])
            for answer in line["answers"]:
                truth = sheet["answers"].get(answer["question"])
                if answer["state"] != "accepted" or truth is None:
                    continue
                right = sheet["ask"].get(answer["question"], [truth])
                value = answer["value"]
                if isinstance(value, str):
                    right, value = ["".join(a or " " for a in r).rstrip() for r in right], value.rstrip()
                if value not in right:
                    raise SystemExit(f"{sheet['path']}: {answer['question']} accepted wrongly: {value}")
        return asked

    def ballots_of(self, form):
        """All pages of each ballot of a form, copies last, by serial."""
        held = {}
        for page in self.pages:
            if page["form"].startswith(form):
                held.setdefault((page["level"], page["serial"]), []).append(page)
        for pages in held.values():
            pages.sort(key=lambda s: (s["again"], s["formPage"]))
        return [pages for _, pages in sorted(held.items())]

    def choose(self, what, candidates, write, wanted=lambda asked: True):
        """Writes candidates (lists of pages) until one becomes what is wanted."""
        for pages in candidates:
            if any(page["serial"] in self.taken for page in pages):
                continue
            name = write(pages)
            asked = self.check(name, pages)
            if asked is not None and wanted(asked):
                self.taken.add(pages[0]["serial"])
                print(f"{name}: {what}; asked: {asked}")
                return pages
        raise SystemExit(f"demo-batch: no painted sheet is {what}; paint more")

    def note(self, name, pages):
        for number, sheet in enumerate(pages, 1):
            line = {"file": name, "page": number, "status": "read"}
            for key in ("form", "serial", "level", "formPage", "answers", "ask", "marks"):
                line[key] = sheet[key]
            self.sheets.append(line)
            ballot = self.ballots.setdefault((sheet["form"], sheet["serial"]), [])
            ballot.append(sheet["formPage"])

    def one(self, name, what, tests, write, wanted=lambda asked: True):
        """A file of one page of the counter's form."""
        def save(pages):
            data = write(pages[0])
            with open(self.path(name), "wb") as file:
                file.write(data)
            return name

        candidates = [p for p in self.ballots_of("one-stop-9")
                      if len(p) == 1 and all(test(p[0]) for test in tests)]
        self.note(name, self.choose(what, candidates, save, wanted))

    def unread(self, name, status, why):
        self.sheets.append({"file": name, "page": 1, "status": status, "why": why,
                            "level": "foreign", "formPage": None})

    def save(self):
        pages_of = {"one-stop-9": 1, "five-factors-25": 3}
        ballots = []
        for (form, serial), pages in self.ballots.items():
            whole = range(1, pages_of[form.split("@")[0]] + 1)
            ballots.append({
                "form": form, "serial": serial, "missing": [p for p in whole if p not in pages],
                "doubled": [p for p in whole if pages.count(p) > 1]})
        with open(self.path("expected.json"), "w", encoding="utf-8") as file:
            file.write('{"form": "%s", "origin": "painted by tools/make-demo.sh",\n"ballots": [\n'
                       % self.ballots_of("five-factors-25")[0][0]["form"])
            file.write(",\n".join(json.dumps(b) for b in ballots) + '\n],\n"sheets": [\n')
            file.write(",\n".join(json.dumps(s, ensure_ascii=False) for s in self.sheets))
            file.write("\n]}\n")
        total = sum(os.path.getsize(self.path(n)) for n in os.listdir(self.options.out))
        print(f"{len(self.sheets)} pages, {total / 1e6:.2f} MB in {self.options.out}")


def none(asked):
    return not any(asked)


def few(asked):
    return 0 < sum(len(page) for page in asked) <= 3


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    for name in ("own", "foreign", "phieu", "out"):
        parser.add_argument("--" + name, required=True)
    options = parser.parse_args()
    os.makedirs(options.out, exist_ok=True)
    batch = Batch(options, load(options.own))

    def flatbed(sheet):
        held = io.BytesIO()
        tones = picture(sheet).point(lambda v: min(255, (v + 25) // 17 * 17))
        tones.quantize(16).save(held, "PNG", dpi=(JPEG_DPI, JPEG_DPI), optimize=True)
        return held.getvalue()

    batch.one("01-flatbed.png", "clean and sure",
              [level("clean"), mode("gray"), upright, calm, answered], flatbed, none)
    batch.one("02-feeder.jpg", "ordinary",
              [level("office"), mode("gray"), upright, calm, answered], lambda s: jpeg(s, 40), few)

    whole = [p for p in batch.ballots_of("five-factors-25")
             if [s["formPage"] for s in p] == [1, 2, 3]]

    # Dark enough that black and white alone keeps every mark.
    def dark(sheet):
        return all(m.get("contrast", 1) > 0.55 for m in sheet["marks"])

    def copier(pages):
        first, *rest = [picture(p).point(lambda v: 255 if v > 150 else 0).convert("1")
                        for p in pages]
        first.save(batch.path("03-copier.tif"), save_all=True, append_images=rest,
                   compression="group4", dpi=(JPEG_DPI, JPEG_DPI))
        return "03-copier.tif"

    batch.note("03-copier.tif", batch.choose(
        "a whole ballot in black and white",
        [p for p in whole if all(map(level("clean"), p)) and all(map(plain, p))
         and all(map(upright, p)) and all(map(answered, p[1:2])) and all(map(dark, p))],
        copier, lambda asked: sum(len(page) for page in asked) <= 5))

    def stack(name):
        def write(pages):
            first, *rest = [Image.open(io.BytesIO(jpeg(p, 60))).convert("L") for p in pages]
            # Pillow saves gray as a JPEG stream; the resolution is the page's size only.
            first.save(batch.path(name), save_all=True, append_images=rest, quality=34,
                       resolution=min(JPEG_DPI, pages[0]["scan"]["dpi"]), creationDate=None,
                       modDate=None)
            return name
        return write

    batch.note("04-upside-down.pdf", batch.choose(
        "a ballot with a page upside down",
        [p for p in whole if all(map(level("clean", "office"), p)) and all(map(strong, p))
         and any(s["scan"]["turned"] == 2 for s in p)],
        stack("04-upside-down.pdf")))
    two = [p for p in batch.ballots_of("five-factors-25") if len(p) == 2
           and not any(s["again"] for s in p)
           and all(s["level"] != "photo" and s["scan"]["mode"] != "1-bit" for s in p)]
    batch.note("05-missing-page.pdf", batch.choose(
        "a ballot without one of its pages", two, stack("05-missing-page.pdf")))
    doubled = [p for p in batch.ballots_of("five-factors-25") if len(p) == 4
               and all(s["level"] != "photo" for s in p)]
    batch.note("06-page-twice.pdf", batch.choose(
        "a ballot with a page fed twice", doubled, stack("06-page-twice.pdf")))
    batch.one("07-two-marks.jpg", "marked twice",
              [level("office"), mode("gray"), upright, answered, strong,
               lambda s: list(s["ask"].values()) == [[]]], lambda s: jpeg(s, 34), few)
    batch.one("08-correction.jpg", "corrected",
              [level("office"), mode("gray"), upright, plain, answered, strong,
               lambda s: len(back(s)) == 1], lambda s: jpeg(s, 34))
    batch.one("09-faint.jpg", "faint",
              [level("office"), mode("gray", "colour"), upright, answered, plain,
               lambda s: "gray from" not in str(s["scan"]["wear"]),
               lambda s: s["scan"]["pen"] in ("faint pencil", "hard pencil", "faint ballpoint",
                                              "pencil")], lambda s: jpeg(s, 44))
    batch.one("10-phone.jpg", "photographed", [level("photo"), answered],
              lambda s: jpeg(s, 34))
    # A page of another office, and a file that was cut off while it was copied.
    with open(os.path.join(options.foreign, "truth.json"), encoding="utf-8") as file:
        foreign = json.load(file)["sheets"][0]
    foreign["path"] = os.path.join(options.foreign, foreign["file"])
    with open(batch.path("11-other-office.jpg"), "wb") as file:
        file.write(jpeg(foreign, 34))
    if batch.read("11-other-office.jpg")[0]["status"] != "rejected":
        raise SystemExit("11-other-office.jpg is not rejected")
    batch.unread("11-other-office.jpg", "rejected", "a page of another office's form")
    with open(batch.path("02-feeder.jpg"), "rb") as file:
        data = file.read()
    with open(batch.path("12-cut-off.jpg"), "wb") as file:
        file.write(data[: len(data) * 2 // 5])
    batch.unread("12-cut-off.jpg", "failed", "truncated")
    batch.save()


if __name__ == "__main__":
    main()
