#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Trains the mark reader from nothing but this project's own painter: random blank forms, painted
# and worn sheets, their figures as the reader measures them, boosted trees. Deterministic; about a
# quarter of an hour on two cores. Needs python3 with pillow, numpy, scipy and scikit-learn (pip).
#
#   tools/train.sh [FOLDER]      FOLDER (default out/training) keeps forms, sheets and figures
set -euo pipefail
cd "$(dirname "$0")/.."
folder=${1:-out/training}
measure=.build/release/measure
rare=(--level office --level hard --level office --level photo --level clean)
usual=(--level clean --level office --level office --level clean --level hard)

swift build -c release --product measure
mkdir -p "$folder"
python3 tools/training-forms.py --count 36 --seed 1 --out "$folder/forms"
python3 tools/training-forms.py --count 8 --seed 2 --out "$folder/check-forms"
python3 tools/training-forms.py --held-out --out "$folder/check-forms"

paint() { # forms, to, seed, sheets a form, more arguments
  local from=$1 to=$2 seed=$3 sheets=$4
  shift 4
  for form in "$from"/*/; do
    seed=$((seed + 1))
    "$measure" paint --form "$form" --sheets "$sheets" --seed "$seed" "$@" \
      --out "$to/$(basename "$form")" >/dev/null
  done
}
# Rare kinds of marks and wear raised, so that they are learnt at all; sheets as offices have
# them, so that the probabilities are theirs; others to check on.
paint "$folder/forms" "$folder/rare" 1000 15 "${rare[@]}" --training
paint "$folder/forms" "$folder/usual" 3000 10 "${usual[@]}"
paint "$folder/check-forms" "$folder/check" 2000 10 "${rare[@]}"

for part in rare usual check; do
  "$measure" figures --out "$folder/$part-figures" "$folder/$part"/*/
done
python3 tools/train-marks.py --rounds 300 --train "$folder/rare-figures" "$folder/usual-figures" \
  --check "$folder/check-figures" --out Sources/OMR/Marks/MarkWeights.swift
