#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Makes the demo anew: the versions of our own forms that its sheets are of (templates/*/versions)
# and the batch (scans/demo), with a sheet of another office's form (tools/demo-one-stop).
# Needs python3 with Pillow and numpy, and the built programs.
#
#   tools/make-demo.sh DIGITS     DIGITS holds the written digits that docs/codes.md names
set -euo pipefail
digits=$(realpath "$1")
cd "$(dirname "$0")/.."
bin=${BIN:-.build/release}
python=${PYTHON:-/usr/bin/python3}
work=out/demo
rm -rf "$work" scans/demo
mkdir -p "$work"
"$python" tools/pack-digits.py "$digits" "$work/digits"
for form in one-stop-9 five-factors-25; do
  "$bin/phieu" form print "$form" --out "$work/$form.pdf"
done
# Digits written on tablets alone: their licence (CC BY 4.0) asks for no more than to be named.
"$bin/measure" own --paint-only --strokes --digits "$work/digits/validation.digits" --seed 31 \
  --form templates/one-stop-9 --form templates/five-factors-25 \
  --pages clean=120 --pages office=400 --pages photo=24 --keep "$work/own"
"$bin/measure" paint --form tools/demo-one-stop --sheets 1 --seed 33 --level office \
  --out "$work/foreign"
"$python" tools/demo-batch.py --own "$work/own" --foreign "$work/foreign" --phieu "$bin/phieu" \
  --out scans/demo
