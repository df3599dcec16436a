#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes blank forms of many layouts to train a mark reader on (contract §2 folders).

    pip install pillow;  apt-get install fonts-dejavu-core fonts-noto-core
    tools/training-forms.py --count 40 --seed 1 --out out/forms
    tools/training-forms.py --held-out --out out/held-out     # two fixed forms, never trained on
    tools/training-forms.py --written --count 24 --seed 5 --out out/written

Each folder gets form.json and blank-1.png. Half of them also get print-1.png: the same page drawn
by another program, letters and lines a hair elsewhere, which the painter prints instead of the
blank, as where an office keeps one file and its printer draws another. With --written each folder
gets form.yaml in the project's own language instead, half of them with boxes and half with digits;
the project lays it out. The same seed makes the same forms. All sentences are our own.
"""
import argparse
import json
import math
import os
import random

from PIL import Image, ImageDraw, ImageFont

DPI = 300
MM = DPI / 25.4
PAPERS = {"A4": (210, 297), "Letter": (215.9, 279.4), "A5": (148, 210)}
DEJAVU = "/usr/share/fonts/truetype/dejavu/"
NOTO = "/usr/share/fonts/truetype/noto/"
# Regular and bold.
FACES = [
    (DEJAVU + "DejaVuSans.ttf", DEJAVU + "DejaVuSans-Bold.ttf"),
    (DEJAVU + "DejaVuSerif.ttf", DEJAVU + "DejaVuSerif-Bold.ttf"),
    (NOTO + "NotoSans-Regular.ttf", NOTO + "NotoSans-Bold.ttf"),
    (NOTO + "NotoSerif-Regular.ttf", NOTO + "NotoSerif-Bold.ttf"),
]

OFFICES = [
    "ỦY BAN NHÂN DÂN XÃ TÂN PHÚC", "TRẠM Y TẾ PHƯỜNG ĐÔNG HẢI", "TRƯỜNG THCS NGUYỄN HIỀN",
    "THƯ VIỆN HUYỆN AN LẠC", "BỆNH VIỆN ĐA KHOA MINH TÂM", "HỢP TÁC XÃ NÔNG NGHIỆP BÌNH AN",
    "TRUNG TÂM VĂN HÓA PHƯỜNG HÒA MỸ", "PHÒNG GIÁO DỤC HUYỆN SÔNG THAO",
]
TITLES = [
    "PHIẾU LẤY Ý KIẾN NGƯỜI DÂN", "PHIẾU ĐÁNH GIÁ DỊCH VỤ", "BẢNG HỎI VỀ KHÓA HỌC",
    "PHIẾU KHẢO SÁT HỘ GIA ĐÌNH", "PHIẾU TRẢ LỜI TRẮC NGHIỆM", "PHIẾU GÓP Ý CỦA PHỤ HUYNH",
    "PHIẾU THĂM DÒ VỀ CHỢ VÀ ĐƯỜNG LÀNG", "KHẢO SÁT SỨC KHỎE CỘNG ĐỒNG",
]
INTRO = [
    "Kính mong ông bà dành ít phút trả lời các câu hỏi dưới đây.",
    "Câu trả lời được giữ kín và chỉ dùng để làm tốt hơn công việc chung.",
    "Xin đánh dấu rõ ràng, mỗi dòng một lựa chọn nếu không có ghi chú khác.",
    "Nếu chọn nhầm, xin gạch bỏ rồi chọn lại bên cạnh.",
    "Phiếu này không ghi tên; vui lòng bỏ vào thùng ở cửa ra vào.",
    "Dùng bút bi xanh hoặc đen; không gấp phiếu.",
]
CRITERIA = [
    "Bàn ghế nơi tiếp dân sạch và đủ chỗ", "Lối vào dễ tìm, có bảng chỉ dẫn",
    "Người trực trả lời lễ phép", "Giấy tờ được giải thích dễ hiểu",
    "Thời gian chờ không quá lâu", "Nước uống và nhà vệ sinh sạch sẽ",
    "Sách mới được bổ sung đều đặn", "Thầy cô giảng bài rõ ràng", "Tài liệu học phát đúng lúc",
    "Phòng học đủ ánh sáng và thoáng", "Giờ mở cửa hợp với người đi làm",
    "Lệ phí ghi rõ và thu đúng", "Đường vào xóm đi lại dễ dàng mùa mưa",
    "Rác được thu gom đúng ngày", "Đèn đường ban đêm đủ sáng", "Loa phường nói vừa nghe",
    "Trạm xá có đủ thuốc thông thường", "Bác sĩ khám cẩn thận, hỏi kỹ",
    "Bữa ăn của trẻ ngon và hợp vệ sinh", "Sân chơi an toàn cho trẻ nhỏ",
    "Việc trả lời đơn thư đúng hẹn", "Chợ có chỗ để xe thuận tiện",
    "Nước máy trong, không có mùi", "Giá vé xe buýt hợp lý", "Ứng dụng điện thoại dễ dùng",
]
CHOICES = [
    "Có", "Không", "Nam", "Nữ", "Khác", "Dưới 18", "18 – 30", "31 – 45", "46 – 60", "Trên 60",
    "Hằng ngày", "Hằng tuần", "Ít khi", "Chưa bao giờ", "Đi bộ", "Xe đạp", "Xe máy", "Xe buýt",
    "Tiểu học", "Trung học", "Đại học", "Làm ruộng", "Buôn bán", "Công nhân", "Nghỉ hưu",
    "Rất cần", "Tạm được", "Qua báo, đài", "Qua tổ trưởng", "Qua mạng", "Thuê nhà", "Nhà riêng",
]
ASKED = [
    "Ông bà thuộc nhóm tuổi nào?", "Ông bà thường đến bằng gì?", "Nhà mình có vườn không?",
    "Ông bà biết tin này từ đâu?", "Bao lâu ông bà đến một lần?", "Nghề chính của gia đình?",
    "Gia đình dùng nước nào để ăn?", "Cháu học buổi nào trong ngày?",
    "Gia đình cần giúp việc gì nhất?", "Ông bà muốn nhận tin qua đâu?",
]
HEADS = ["Rất kém", "Kém", "Vừa", "Tốt", "Rất tốt", "Không ý kiến", "Hoàn toàn đồng ý"]
WRITE = [
    "Ý kiến khác của ông bà:", "Điều ông bà chưa hài lòng nhất:", "Lời nhắn gửi (nếu có):",
    "Ngày … tháng … năm …", "Người trả lời ký (không bắt buộc)",
]


class Canvas:
    """A picture drawn at several times its size, so that lines and letters have soft edges."""

    def __init__(self, width, height, k, face, other=None):
        self.k = k
        self.image = Image.new("L", (width * k, height * k), 255)
        self.draw = ImageDraw.Draw(self.image)
        self.face = face
        self.rng = other
        # How another program draws: letters larger or smaller, lines thicker or thinner.
        self.letters = 1 + other.gauss(0, 0.012) if other else 1
        self.lines = other.uniform(0.75, 1.3) if other else 1

    def off(self, mm=0.035):
        """By how much this thing lies elsewhere, in pixels."""
        return self.rng.gauss(0, mm) * MM * self.k if self.rng else 0

    def px(self, mm):
        return mm * MM * self.k

    def font(self, size, bold=False):
        return ImageFont.truetype(
            self.face[1 if bold else 0], max(6, round(self.px(size) * 0.95 * self.letters)))

    def text(self, x, y, words, size, bold, anchor, ink):
        self.draw.text((self.px(x) + self.off(), self.px(y) + self.off()), words,
                       font=self.font(size, bold), fill=ink, anchor=anchor)

    def thick(self, width):
        return max(1, round(self.px(width) * self.lines))

    def shape(self, name, x1, y1, x2, y2, mm=0.02, **how):
        dx, dy = self.off(mm), self.off(mm)
        places = [self.px(x1) + dx, self.px(y1) + dy, self.px(x2) + dx, self.px(y2) + dy]
        getattr(self.draw, name)(places, **how)

    def picture(self, width, height):
        return self.image.resize((width, height), Image.BOX)


class Form:
    """A page in the making: its pictures, and the questions with their places in pixels."""

    def __init__(self, name, rng, paper=None):
        self.rng = rng
        self.name = name
        self.paper = paper or rng.choice(["A4"] * 6 + ["Letter"] * 2 + ["A5"])
        wide, high = PAPERS[self.paper]
        self.width, self.height = round(wide * MM), round(high * MM)
        self.face = rng.choice(FACES)
        self.size = rng.uniform(3.3, 4.3) * (0.85 if self.paper == "A5" else 1)
        self.margin = rng.uniform(11, 20)
        self.left, self.right = self.margin, wide - self.margin
        self.bottom = high - rng.uniform(10, 16)
        self.y = rng.uniform(10, 16)
        self.line = rng.uniform(0.12, 0.35)
        self.ink = rng.choice([0, 0, 0, 20, 45])
        self.questions = []
        self.serial = 0
        self.title = rng.choice(TITLES)
        self.canvases = [Canvas(self.width, self.height, 2, self.face)]
        another = random.Random(f"print {name}")
        if another.random() < 0.5:
            self.canvases.append(Canvas(self.width, self.height, 3, self.face, another))

    # -- drawing, in millimetres ------------------------------------------------------------
    def text(self, x, y, words, size=None, bold=False, anchor="la", ink=None):
        for canvas in self.canvases:
            canvas.text(x, y, words, size or self.size, bold, anchor,
                        self.ink if ink is None else ink)

    def length(self, words, size=None, bold=False):
        canvas = self.canvases[0]
        return canvas.font(size or self.size, bold).getlength(words) / canvas.px(1)

    def rule(self, x1, y1, x2, y2, width=None, ink=None):
        for canvas in self.canvases:
            canvas.shape("line", x1, y1, x2, y2, fill=self.ink if ink is None else ink,
                         width=canvas.thick(width or self.line))

    def shade(self, x1, y1, x2, y2, ink):
        for canvas in self.canvases:
            canvas.shape("rectangle", x1, y1, x2, y2, mm=0, fill=ink)

    def square(self, x, y, w, h, width=None, ink=None, gap=False):
        at = self.rng.uniform(0.2, 0.7) if gap else 0
        for canvas in self.canvases:
            canvas.shape("rectangle", x, y, x + w, y + h, outline=self.ink if ink is None else ink,
                         width=canvas.thick(width or self.line))
            if gap:  # as some word processors draw it
                canvas.shape("line", x + w * at, y, x + w * at + 0.25, y, mm=0, fill=255,
                             width=canvas.thick((width or self.line) * 2.2))

    def oval(self, x, y, w, h, width=None, ink=None):
        for canvas in self.canvases:
            canvas.shape("ellipse", x, y, x + w, y + h, outline=self.ink if ink is None else ink,
                         width=canvas.thick(width or self.line))

    def dots(self, x1, x2, y):
        step, x = 0.9, x1
        while x < x2:
            for canvas in self.canvases:
                canvas.shape("ellipse", x, y, x + 0.28, y + 0.28, fill=self.ink)
            x += step

    def wrap(self, words, width, size=None, bold=False):
        lines, line = [], ""
        for word in words.split():
            longer = (line + " " + word).strip()
            if line and self.length(longer, size, bold) > width:
                lines.append(line)
                line = word
            else:
                line = longer
        return lines + [line]

    def room(self, need):
        return self.bottom - self.y >= need

    # -- questions --------------------------------------------------------------------------
    def ask(self, kind, label, targets=None, box=None, prefix="q"):
        self.serial += 1
        question = {"id": f"{prefix}{self.serial:03d}", "type": kind, "label": label}
        if targets is not None:
            question["targets"] = [
                {"value": v, "shape": s, "box": [round(n * MM, 1) for n in b]}
                for v, s, b in targets]
        if box is not None:
            question["box"] = [round(n * MM, 1) for n in box]
        self.questions.append(question)

    def save(self, out):
        folder = os.path.join(out, self.name)
        os.makedirs(folder, exist_ok=True)
        hard = self.rng.random() < 0.15
        for canvas, name in zip(self.canvases, ["blank-1.png", "print-1.png"]):
            picture = canvas.picture(self.width, self.height)
            if hard:
                picture = picture.convert("1", dither=Image.Dither.NONE)
            picture.save(os.path.join(folder, name), dpi=(DPI, DPI))
        form = {"form": self.name, "title": self.title, "pages": [
            {"page": 1, "blank": "blank-1.png", "width": self.width, "height": self.height,
             "dpi": DPI, "questions": self.questions}]}
        with open(os.path.join(folder, "form.json"), "w", encoding="utf-8") as file:
            json.dump(form, file, ensure_ascii=False, indent=1)
            file.write("\n")


# -- parts of a page ------------------------------------------------------------------------
def heading(f):
    r = f.rng
    if r.random() < 0.5:  # a logo
        x, y, s = f.left, f.y, r.uniform(9, 15)
        f.oval(x, y, s, s, r.uniform(0.3, 0.8))
        for i in range(r.randint(2, 5)):
            a = r.uniform(0, 6.28)
            f.rule(x + s / 2, y + s / 2, x + s / 2 + s * 0.45 * math.cos(a),
                   y + s / 2 + s * 0.45 * math.sin(a), r.uniform(0.3, 1))
        f.text(x + s + 3, y + 2, r.choice(OFFICES), f.size * 0.9, True)
        f.y += max(s, 8) + 3
    else:
        f.text(f.left, f.y, r.choice(OFFICES), f.size * 0.9, True)
        if f.right - f.left > 150:
            f.text(f.right, f.y, "Mẫu số " + str(r.randint(1, 40)), f.size * 0.8, anchor="ra")
        f.y += f.size * 1.5 + 2
    f.text((f.left + f.right) / 2, f.y, f.title, f.size * 1.4, True, anchor="ma")
    f.y += f.size * 2.3
    for words in r.sample(INTRO, r.randint(1, 3)):
        for line in f.wrap(words, f.right - f.left):
            f.text(f.left, f.y, line)
            f.y += f.size * 1.35
    f.y += 2


def section(f, words=None):
    f.text(f.left, f.y, words or f.rng.choice(
        ["I. THÔNG TIN CHUNG", "II. MỨC ĐỘ HÀI LÒNG", "III. CÂU HỎI", "PHẦN TRẢ LỜI"]), bold=True)
    f.y += f.size * 1.7


def table(f, kind=None):
    """Criteria × printed digits, or × empty cells."""
    r = f.rng
    kind = kind or r.choice(["digits"] * 3 + ["letters", "empty", "empty"])
    columns = r.choice([3, 4, 5, 5, 5, 6, 7, 10] if kind == "digits" else [3, 4, 5, 6])
    space = f.right - f.left
    cell = min(r.uniform(8, 18), space * 0.62 / columns)
    if cell < 6.5:
        columns, cell = 5, min(12, space * 0.6 / 5)
    row = r.uniform(6, 11)
    lines = r.random() < 0.75
    shading = r.choice(["none", "none", "rows", "head", "rows+head"])
    gray = r.choice([205, 217, 230, 240])
    width = space - cell * columns
    # Narrow tables keep their numbers to themselves.
    numbered = r.random() < 0.6
    start = f.left + width
    size = f.size * r.uniform(0.85, 1.05)
    glyph = size * r.uniform(0.95, 1.25)
    head = size * 2.9
    if not f.room(head + row * 3):
        return
    values = [str(i + (0 if columns == 10 else 1)) for i in range(columns)]
    if kind == "letters":
        values = [chr(65 + i) for i in range(columns)]
    top = f.y
    if "head" in shading:
        f.shade(f.left, top, f.right, top + head, gray)
    for i in range(columns):
        words = f.wrap(r.choice(HEADS) if columns < 7 else values[i], cell - 1, size * 0.7, True)[:3]
        for k, line in enumerate(words):
            f.text(start + (i + 0.5) * cell, top + 0.8 + k * size * 0.85, line, size * 0.68, True,
                   anchor="ma")
    f.text(f.left + width / 2, top + head / 2, "Nội dung", size, True, anchor="mm")
    f.y = top + head
    rows = r.randint(3, 14)
    shaded = r.randint(0, 1)
    bold = r.random() < 0.25
    for n in range(rows):
        label = r.choice(CRITERIA)
        words = f.wrap((f"{n + 1}. " if numbered else "") + label, width - 2, size)
        height = max(row, len(words) * size * 1.2 + 1)
        if not f.room(height):
            break
        if "rows" in shading and n % 2 == shaded:
            f.shade(f.left, f.y, f.right, f.y + height, gray)
        for k, line in enumerate(words):
            f.text(f.left + 1, f.y + height / 2 + (k - (len(words) - 1) / 2) * size * 1.2, line,
                   size, anchor="lm")
        targets = []
        for i, value in enumerate(values):
            x = start + i * cell
            if kind == "empty":
                targets.append((value, "cell", (x, f.y, cell, height)))
                continue
            f.text(x + cell / 2, f.y + height / 2, value, glyph, bold, anchor="mm")
            targets.append((value, "char", (x, f.y, cell, height)))
        f.ask("single" if r.random() < 0.95 else "multiple", label, targets, prefix="t")
        if lines or kind == "empty":
            f.rule(f.left, f.y, f.right, f.y)
        elif r.random() < 0.3:
            f.rule(f.left, f.y + height, f.right, f.y + height, 0.1, 150)
        f.y += height
    if lines or kind == "empty":
        for i in range(columns + 1):
            f.rule(start + i * cell, top, start + i * cell, f.y)
        f.rule(f.left, top, f.left, f.y)
        f.rule(f.left, top, f.right, top)
        f.rule(f.left, f.y, f.right, f.y)
    f.y += r.uniform(3, 7)


def boxes(f, rows=None):
    """Questions with small boxes and labels, left or right of them."""
    r = f.rng
    side = r.uniform(2.8, 5)
    left_label = r.random() < 0.2
    bubble = r.random() < 0.15
    shade = r.random() < 0.12
    gap = r.random() < 0.25
    printed = r.random() < 0.2  # a letter inside
    for n in range(rows or r.randint(2, 5)):
        multiple = r.random() < 0.35
        count = r.randint(2, 6)
        options = r.sample(CHOICES, count)
        stacked = r.random() < 0.3
        pitch = max(side + r.uniform(1.2, 4), f.size * 1.5)
        if not f.room(f.size * 2 + pitch * (count if stacked else 2) + 4):
            return
        label = r.choice(ASKED) + (" (chọn nhiều ô)" if multiple else "")
        f.text(f.left, f.y, f"{f.serial + 1}. {label}")
        f.y += f.size * 1.9
        x, targets = f.left + r.uniform(2, 12), []
        for i, words in enumerate(options):
            need = side + 2 + f.length(words) + r.uniform(4, 12)
            if not stacked and x + need > f.right:
                x = f.left + 6
                f.y += pitch
            bx = x + (f.length(words) + 1.5 if left_label else 0)
            if shade:
                f.shade(bx - 1, f.y - 0.7, bx + side + 1, f.y + side + 0.7, 225)
            if bubble:
                f.oval(bx, f.y, side, side)
            else:
                f.square(bx, f.y, side, side, gap=gap)
            if printed:
                f.text(bx + side / 2, f.y + side / 2, chr(65 + i), side * 0.62, anchor="mm")
            f.text(x if left_label else bx + side + 1.5, f.y + side / 2, words, anchor="lm")
            targets.append((chr(97 + i), "bubble" if bubble else "box", (bx, f.y, side, side)))
            if stacked:
                f.y += pitch
            else:
                x += need
        f.ask("multiple" if multiple else "single", label, targets, prefix="b")
        f.y += (0 if stacked else pitch) + r.uniform(1, 3)
    f.y += 2


def exam(f, left=None, right=None):
    """Dense boxes with letters or digits inside, some in grey frames."""
    r = f.rng
    left, right = left or f.left, right or f.right
    side = r.uniform(3.3, 5.2)
    pitch = side + r.uniform(1.2, 4.2)
    row = side + r.uniform(1.3, 3)
    inside = r.random() < 0.65
    digits = r.random() < 0.5
    for _ in range(r.randint(1, 3)):
        count = r.choice([10, 10, 6, 5]) if digits else r.randint(3, 6)
        count = min(count, int((right - left - 14) / pitch))
        rows = r.randint(2, 5)
        if count < 2 or not f.room(rows * row + f.size * 3 + 6):
            return
        f.text(left, f.y, f"Câu {f.serial + 1}. " + r.choice(ASKED)[:max(10, int((right - left) / 2.5))],
               f.size * 0.95, True)
        f.y += f.size * 1.9
        framed = r.random() < 0.4
        x0 = left + r.uniform(2, 8)
        if framed:
            ink = r.choice([185, 200, 150])
            f.square(x0 - 2, f.y - 1.6, pitch * count + 2.4, row * rows + 2.2, r.uniform(0.7, 1.4), ink)
        if r.random() < 0.25:
            f.shade(x0 - 1.2, f.y - 1, x0 + pitch * count - 0.2, f.y + row * rows, 226)
        for _ in range(rows):
            targets = []
            for i in range(count):
                value = str(i) if digits else chr(65 + i)
                x = x0 + i * pitch
                f.square(x, f.y, side, side)
                if inside:
                    f.text(x + side / 2, f.y + side / 2, value, side * r.uniform(0.68, 0.72),
                           anchor="mm")
                elif pitch - side > 2.2:
                    f.text(x + side + 0.4, f.y + side / 2, value, f.size * 0.7, anchor="lm")
                targets.append((value, "box", (x, f.y, side, side)))
            f.ask("single" if r.random() < 0.8 else "multiple", "", targets, prefix="e")
            f.y += row
        f.y += r.uniform(3, 6)


def bubbles(f):
    """A dense grid of bubbles: answers A to E in columns, or a number's digits below each other."""
    r = f.rng
    size = r.uniform(2.9, 4.6)
    pitch = max(size + 0.9, r.uniform(4, 6))
    row = max(size + 0.7, r.uniform(4, 6.2))
    letters = r.random() < 0.85
    glyph = size * r.uniform(0.58, 0.72)
    ink = r.choice([f.ink, f.ink, 90, 130])
    line = r.uniform(0.15, 0.38)
    # Ovals are common on bought sheets.
    wide = size * (1.35 if r.random() < 0.15 and pitch > size * 1.5 else 1)
    shading = r.choice(["none", "columns", "rows", "none"])
    gray = r.choice([215, 228, 238])

    def bubble(x, y, value):
        f.oval(x, y, wide, size, line, ink)
        if letters:
            f.text(x + wide / 2, y + size / 2, value, glyph, anchor="mm", ink=ink)
        return (value, "bubble", (x, y, wide, size))

    if r.random() < 0.45:  # a number: one question a column, its digits downwards
        columns = r.randint(4, min(10, int((f.right - f.left) / (pitch + 1))))
        values = [str(i) for i in range(10)] if r.random() < 0.75 else [chr(65 + i) for i in range(16)]
        if f.room(len(values) * row + 12):
            f.text(f.left, f.y, r.choice(["Số báo danh", "Mã hộ", "Mã đề và số phòng"]), bold=True)
            f.y += f.size * 1.6
            step = max(pitch, wide + 0.8)
            for c in range(columns):
                x = f.left + 3 + c * step
                f.square(x - 0.4, f.y, step - 0.2, 6.5, 0.2)
                if shading == "columns" and c % 2:
                    f.shade(x - 0.5, f.y + 7.2, x + wide + 0.5, f.y + 8 + row * len(values), gray)
                f.ask("single", "", [bubble(x, f.y + 8 + i * row, v) for i, v in enumerate(values)],
                      prefix="n")
            f.y += 10 + row * len(values)
    groups = r.randint(1, 4)
    choices = r.choice([4, 4, 5, 5, 6])
    step = max(pitch, wide + 0.8)
    span = 9 + choices * step
    groups = max(1, min(groups, int((f.right - f.left) / (span + 3))))
    rows = min(r.randint(6, 25), int((f.bottom - f.y - 8) / row))
    if rows < 3:
        return
    gap = (f.right - f.left - groups * span) / max(groups, 1)
    number = 0
    for g in range(groups):
        x0 = f.left + g * (span + min(gap, 14))
        if shading == "columns":
            for c in range(0, choices, 2):
                f.shade(x0 + 9 + c * step - 0.6, f.y - 0.8, x0 + 9 + c * step + wide + 0.6,
                        f.y + rows * row, gray)
        for n in range(rows):
            number += 1
            y = f.y + n * row
            if shading == "rows" and n % 2:
                f.shade(x0, y - (row - size) / 2, x0 + span, y + size + (row - size) / 2, gray)
            f.text(x0 + 7.5, y + size / 2, f"{number}.", min(f.size, size), True, anchor="rm")
            f.ask("single", str(number),
                  [bubble(x0 + 9 + c * step, y, chr(65 + c)) for c in range(choices)], prefix="a")
    f.y += rows * row + 6


def printed_row(f):
    """Digits or letters in a line of text, to be ringed, with no cell round them."""
    r = f.rng
    for _ in range(r.randint(2, 6)):
        if not f.room(f.size * 2.4):
            return
        count = r.choice([3, 4, 5, 5, 7, 10])
        pitch = r.uniform(6, 12)
        label = r.choice(CRITERIA)
        if f.length(label) + count * pitch + 6 > f.right - f.left:
            pitch = max(5.5, (f.right - f.left - f.length(label) - 6) / count)
        x0 = f.right - count * pitch
        if f.left + f.length(label) + 3 > x0:
            label = label.split(",")[0][:24]
            if f.left + f.length(label) + 3 > x0:
                return
        f.text(f.left, f.y, label)
        if r.random() < 0.4:
            f.dots(f.left + f.length(label) + 2, x0 - 1, f.y + f.size * 0.9)
        side = f.size * 1.15
        targets = []
        for i in range(count):
            x = x0 + (i + 0.5) * pitch
            f.text(x, f.y + f.size * 0.6, str(i + 1), anchor="mm")
            targets.append(
                (str(i + 1), "char", (x - side / 2, f.y + f.size * 0.6 - side / 2, side, side)))
        f.ask("single", label, targets, prefix="r")
        f.y += f.size * r.uniform(1.9, 2.8)
    f.y += 2


def write_lines(f):
    r = f.rng
    if not f.room(24):
        return
    f.text(f.left, f.y, r.choice(WRITE))
    f.y += f.size * 1.5
    top, count = f.y, r.randint(1, 4)
    for _ in range(count):
        if not f.room(8):
            break
        f.y += 7.5
        f.dots(f.left, f.right, f.y)
    if f.y > top:
        f.ask("text", "", box=(f.left, top, f.right - f.left, f.y - top), prefix="w")
    f.y += 4


def corner_marks(f):
    s = f.rng.uniform(3, 6)
    for x in (f.left - 6, f.right + 1):
        for y in (6, f.bottom + 1):
            f.shade(x, y, x + s, y + s, 0)


def two_columns(f):
    """Boxes or printed exam questions in two columns of text."""
    r = f.rng
    left, right, top = f.left, f.right, f.y
    middle = (left + right) / 2
    part = r.choice([boxes, exam, printed_row])
    f.right = middle - 4
    part(f)
    if r.random() < 0.5:
        part(f)
    reached = f.y
    f.y, f.left, f.right = top, middle + 4, right
    part(f)
    if r.random() < 0.5:
        part(f)
    f.y = max(reached, f.y)
    if r.random() < 0.4:
        f.rule(middle, top, middle, f.y)
    f.left = left


LAYOUTS = {
    "survey": [heading, section, table, boxes, write_lines],
    "boxes": [heading, section, boxes, boxes, write_lines, boxes],
    "bubbles": [heading, corner_marks, bubbles],
    "exam": [heading, exam, exam, exam, exam, write_lines],
    "columns": [heading, two_columns, section, table, write_lines],
    "printed": [heading, printed_row, section, table, boxes],
    "cells": [heading, section, lambda f: table(f, "empty"), boxes, lambda f: table(f, "empty")],
    "mixed": [heading, table, bubbles, printed_row, exam],
}


def make(name, layout, seed, paper=None):
    f = Form(name, random.Random(seed), paper)
    for part in LAYOUTS[layout]:
        part(f)
    if not f.questions:  # a narrow paper where nothing fitted
        boxes(f, rows=2)
    return f


class Written:
    """A form in the project's own language, its lines of text in the making."""

    def __init__(self, name, look, rng):
        self.rng, self.name, self.look = rng, name, look
        self.number = 0
        self.lines = [
            f"form: {name}", f"title: {rng.choice(TITLES)}",
            f"introduction: {json.dumps(' '.join(rng.sample(INTRO, rng.randint(1, 3))), ensure_ascii=False)}",
            f"look: {look}", f"size: {rng.choice([9, 10, 10.5, 11, 12])}", "wording: own",
            "sections:", "- questions:"]
        if rng.random() < 0.4:
            self.lines.insert(4, "cancel: none")

    def id(self):
        self.number += 1
        return f"q{self.number}"

    def values(self, labels):
        for value, label in enumerate(labels, 1):
            self.lines.append(
                f"    - {{value: '{value}', label: {json.dumps(label, ensure_ascii=False)}}}")

    def choice(self):
        many = self.rng.random() < 0.25
        self.lines += [f"  - id: {self.id()}", f"    type: {'multiple' if many else 'single'}",
                       f"    label: {json.dumps(self.rng.choice(ASKED), ensure_ascii=False)}",
                       "    options:"]
        labels = self.rng.sample(CHOICES, self.rng.randint(2, 7))
        if self.rng.random() < 0.3:  # long answers stand below each other
            labels = self.rng.sample(CRITERIA, len(labels))
        self.values(labels)

    def items(self, count):
        self.lines.append("    items:")
        for _ in range(count):
            if self.rng.random() < 0.1:
                label = self.rng.choice(TITLES).capitalize()
                self.lines.append(f"    - heading: {json.dumps(label, ensure_ascii=False)}")
            label = ", ".join(self.rng.sample(CRITERIA, self.rng.choice([1, 1, 2])))
            self.lines.append(
                f"    - {{id: {self.id()}, label: {json.dumps(label, ensure_ascii=False)}}}")

    def matrix(self):
        label = json.dumps(self.rng.choice(ASKED), ensure_ascii=False)
        if self.rng.random() < 0.2:
            self.lines += ["  - type: yes-no", f"    label: {label}"]
        else:
            self.lines += ["  - type: matrix", f"    label: {label}", "    levels:"]
            count = self.rng.choice([3, 4, 4, 5, 5, 5, 6, 7, 10])
            self.values(self.rng.sample(HEADS, count) if count <= len(HEADS)
                        else [str(n) for n in range(1, count + 1)])
        self.items(self.rng.randint(3, 9))

    def field(self):
        kind = self.rng.choice(["line", "code", "text"])
        label = json.dumps(self.rng.choice(WRITE), ensure_ascii=False)
        if kind == "line":
            self.lines.append(f"  - {{type: line, label: {label}}}")
        elif kind == "code":
            cells = "_" * self.rng.randint(2, 6)
            self.lines.append(
                f"  - {{id: {self.id()}, type: code, label: {label}, pattern: '{cells}'}}")
        else:
            self.lines.append(f"  - {{id: {self.id()}, type: text, label: {label}, lines: "
                              f"{self.rng.randint(1, 3)}}}")

    def save(self, out):
        os.makedirs(os.path.join(out, self.name), exist_ok=True)
        with open(os.path.join(out, self.name, "form.yaml"), "w", encoding="utf-8") as file:
            file.write("\n".join(self.lines) + "\n")


def written(name, look, seed):
    rng = random.Random(seed)
    form = Written(name, look, rng)
    for _ in range(rng.randint(4, 6)):
        rng.choice([form.choice, form.choice, form.matrix, form.matrix, form.field])()
    form.matrix()
    form.choice()
    return form


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--count", type=int, default=8)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--held-out", action="store_true",
                        help="the two fixed forms that no training sees")
    parser.add_argument("--written", action="store_true",
                        help="form.yaml in the project's own language")
    parser.add_argument("--out", required=True)
    options = parser.parse_args()
    if options.written:
        for number in range(options.count):
            look = ["boxes", "digits"][number % 2]
            written(f"written-{options.seed:03d}-{number:03d}-{look}", look,
                    options.seed * 100_003 + number).save(options.out)
        return
    if options.held_out:
        make("held-out-survey", "survey", 990_001, "A4").save(options.out)
        make("held-out-bubbles", "bubbles", 990_002, "A4").save(options.out)
        return
    names = list(LAYOUTS)
    for number in range(options.count):
        layout = names[number % len(names)]
        seed = options.seed * 100_003 + number
        form = make(f"train-{options.seed:03d}-{number:03d}-{layout}", layout, seed)
        form.save(options.out)
        targets = sum(len(q.get("targets", [])) for q in form.questions)
        print(f"{form.name}: {form.paper}, {len(form.questions)} questions, {targets} targets")


if __name__ == "__main__":
    main()
