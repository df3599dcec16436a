#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Makes the demo anew: the form's source (tools/demo-one-stop) and the batch (scans/demo).
# Needs python3 with Pillow, fonts-dejavu-core, fonts-noto-core, and the built `measure`.
set -eu
cd "$(dirname "$0")/.."
measure=${MEASURE:-.build/release/measure}
work=out/demo
rm -rf "$work"
mkdir -p "$work"
rm -rf tools/demo-one-stop scans/demo
python3 tools/demo-form.py --out tools/demo-one-stop
python3 tools/training-forms.py --held-out --out "$work/forms"
"$measure" paint --form tools/demo-one-stop --sheets 10 --seed 31 --level clean --out "$work/clean"
"$measure" paint --form tools/demo-one-stop --sheets 160 --seed 32 --level office \
  --out "$work/office"
"$measure" paint --form "$work/forms/held-out-survey" --sheets 1 --seed 33 --level office \
  --out "$work/foreign"
python3 tools/demo-batch.py --painted "$work/clean" "$work/office" --foreign "$work/foreign" \
  --out scans/demo
