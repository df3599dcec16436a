#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Trains the mark reader from nothing but this project's own painter: random blank forms, painted
# and worn sheets, their figures as the reader measures them, boosted trees. Deterministic; about
# half an hour on two cores. Needs python3 with pillow, numpy and scikit-learn (pip).
#
#   tools/train.sh [FOLDER]      FOLDER (default out/training) keeps forms, sheets and figures
set -euo pipefail
cd "$(dirname "$0")/.."
folder=${1:-out/training}
forms=${FORMS:-40}
sheets=${SHEETS:-20}
measure=.build/release/measure
levels=(--level office --level hard --level office --level photo --level clean)

swift build -c release --product measure
mkdir -p "$folder"
python3 tools/training-forms.py --count "$forms" --seed 1 --out "$folder/forms"
python3 tools/training-forms.py --count 8 --seed 2 --out "$folder/check-forms"
python3 tools/training-forms.py --held-out --out "$folder/check-forms"

paint() { # from, to, seed, more arguments
  local from=$1 to=$2 seed=$3
  shift 3
  for form in "$from"/*/; do
    local name
    name=$(basename "$form")
    [ -e "$to/$name/truth.json" ] && continue
    seed=$((seed + 1))
    "$measure" paint --form "$form" --sheets "$sheets" --seed "$seed" "${levels[@]}" "$@" \
      --out "$to/$name" >/dev/null
  done
}
paint "$folder/forms" "$folder/sheets" 1000 --training
paint "$folder/check-forms" "$folder/check" 2000

"$measure" figures --out "$folder/train" "$folder"/sheets/*/
"$measure" figures --out "$folder/check-figures" "$folder"/check/*/
python3 tools/train-marks.py --train "$folder/train" --check "$folder/check-figures" \
  --out Sources/OMR/Marks/MarkWeights.swift
