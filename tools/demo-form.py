#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes the demo's form: a page that a one-stop shop's office could have made, in our own words.

    tools/demo-form.py --out tools/demo-one-stop

Writes form.json and blank-1.png (contract §2). The same every time.
"""
import argparse
import os
import random
import runpy

from PIL import Image

HERE = os.path.dirname(os.path.abspath(__file__))
parts = runpy.run_path(os.path.join(HERE, "training-forms.py"))

ROWS = [
    ("clean", "Phòng chờ sạch sẽ, đủ ghế ngồi và quạt mát"),
    ("signs", "Bảng chỉ dẫn, số thứ tự dễ nhìn, dễ hiểu"),
    ("polite", "Người tiếp nhận chào hỏi và nói năng lịch sự"),
    ("explain", "Giấy tờ cần nộp được giải thích rõ ngay lần đầu"),
    ("forms", "Mẫu đơn có sẵn, được giúp điền khi cần"),
    ("fees", "Khoản phải nộp được niêm yết và thu đúng"),
    ("ontime", "Kết quả được trả đúng ngày ghi trong giấy hẹn"),
    ("overall", "Nhìn chung, mức hài lòng của ông (bà)"),
]
COLUMNS = ["Rất kém", "Kém", "Tạm được", "Tốt", "Rất tốt"]
SEX = [("male", "Nam"), ("female", "Nữ")]
AGE = [("u30", "Dưới 30"), ("30s", "30 – 44"), ("45s", "45 – 59"), ("60up", "Từ 60 trở lên")]
TIMES = [("first", "Lần đầu"), ("few", "2 – 3 lần"), ("often", "Hơn 3 lần")]
HEARD = [("leader", "Tổ trưởng"), ("radio", "Loa truyền thanh"), ("web", "Trang mạng xã"),
         ("friend", "Người quen"), ("other", "Nguồn khác")]


def question(f, name, kind, label, targets):
    f.ask(kind, label, targets)
    f.questions[-1]["id"] = name


def boxes(f, name, kind, label, options, note=""):
    side = 4.2
    f.text(f.left, f.y, label)
    if note:
        f.text(f.left + f.length(label) + 2, f.y, note, f.size * 0.85)
    f.y += 7
    x, targets = f.left + 6, []
    for value, words in options:
        f.square(x, f.y, side, side, 0.3)
        f.text(x + side + 2, f.y + side / 2, words, anchor="lm")
        targets.append((value, "box", (x, f.y, side, side)))
        x += side + 3 + f.length(words) + (4 if len(options) > 4 else 10)
    question(f, name, kind, label, targets)
    f.y += 9


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--out", required=True)
    out = parser.parse_args().out
    f = parts["Form"]("demo-one-stop", random.Random(7), "A4")
    f.face, f.size, f.ink, f.line = parts["FACES"][1], 3.5, 0, 0.25
    f.left, f.right, f.bottom, f.y = 18, 192, 285, 14
    f.title = "PHIẾU GÓP Ý VỀ BỘ PHẬN MỘT CỬA"
    f.text(f.left + 34, f.y, "ỦY BAN NHÂN DÂN XÃ BẾN MƠ", anchor="ma", bold=True)
    f.text(f.right - 32, f.y, "Mẫu MC-01", anchor="ma")
    f.y += 6
    f.text(f.left + 34, f.y, "Bộ phận tiếp nhận và trả kết quả", f.size * 0.9, anchor="ma")
    f.rule(f.left + 22, f.y + 6, f.left + 46, f.y + 6)
    f.y += 13
    f.text(105, f.y, f.title, 5.4, True, anchor="ma")
    f.y += 9
    for line in ["Ông (bà) vừa làm xong thủ tục tại xã. Xin cho biết cảm nhận để chúng tôi sửa đổi.",
                 "Phiếu không ghi tên. Làm xong, xin bỏ vào hộp gỗ cạnh cửa."]:
        f.text(f.left, f.y, line)
        f.y += 5.4
    f.y += 3
    f.text(f.left, f.y, "A. Xin khoanh tròn một số ở mỗi dòng", bold=True)
    f.y += 7
    first, cell, head, row = 104, 17.6, 11, 11.2
    top = f.y
    f.shade(f.left, top, f.right, top + head, 222)
    f.text((f.left + first) / 2, top + head / 2, "Nội dung", bold=True, anchor="mm")
    for i, words in enumerate(COLUMNS):
        f.text(first + (i + 0.5) * cell, top + head / 2, words, 2.9, True, anchor="mm")
    f.y += head
    for n, (name, label) in enumerate(ROWS):
        if n % 2:
            f.shade(f.left, f.y, f.right, f.y + row, 238)
        lines = f.wrap(f"{n + 1}. {label}", first - f.left - 3)
        for k, line in enumerate(lines):
            f.text(f.left + 1.5, f.y + row / 2 + (k - (len(lines) - 1) / 2) * 4.4, line, anchor="lm")
        targets = []
        for i in range(5):
            x = first + i * cell
            f.text(x + cell / 2, f.y + row / 2, str(i + 1), 4, anchor="mm")
            targets.append((str(i + 1), "char", (x, f.y, cell, row)))
        question(f, name, "single", label, targets)
        f.rule(f.left, f.y, f.right, f.y)
        f.y += row
    for x in [f.left] + [first + i * cell for i in range(6)]:
        f.rule(x, top, x, f.y)
    f.rule(f.left, top, f.right, top)
    f.rule(f.left, f.y, f.right, f.y)
    f.y += 8
    f.text(f.left, f.y, "B. Xin đánh dấu vào ô phù hợp", bold=True)
    f.y += 8
    boxes(f, "sex", "single", "9. Giới tính:", SEX)
    boxes(f, "age", "single", "10. Tuổi của ông (bà):", AGE)
    boxes(f, "times", "single", "11. Trong năm nay ông (bà) đến đây mấy lần?", TIMES)
    boxes(f, "heard", "multiple", "12. Ông (bà) biết về thủ tục qua đâu?", HEARD, "(chọn bao nhiêu ô cũng được)")
    f.text(f.left, f.y, "Điều ông (bà) muốn nhắn thêm:")
    start = f.y + 6
    for i in range(2):
        f.dots(f.left, f.right, start + 8 * (i + 1))
    f.ask("text", "Điều muốn nhắn thêm", box=(f.left, start, f.right - f.left, 17))
    f.questions[-1]["id"] = "note"
    f.y = start + 22
    f.text(105, f.y, "Cảm ơn ông (bà) đã dành thời gian.", anchor="ma")
    # 16 grays are enough for print, and small.
    f.image = f.image.point(lambda v: min(255, (v + 8) // 17 * 17))
    f.rng.random = lambda: 1.0  # never 1-bit
    f.save(os.path.dirname(os.path.abspath(out)))
    made = os.path.join(os.path.dirname(os.path.abspath(out)), f.name)
    if made != os.path.abspath(out):
        os.rename(made, out)
    blank = os.path.join(out, "blank-1.png")
    picture = Image.open(blank).quantize(16, dither=Image.Dither.NONE)
    picture.save(blank, dpi=(300, 300), optimize=True)


if __name__ == "__main__":
    main()
