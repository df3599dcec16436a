#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Trains the mark readers from nothing but this project's own painter: random blank forms, painted
# and worn sheets, their figures and patches as the reader measures them; boosted trees, a small
# network, and how the two are joined. Deterministic on one machine; an hour and a half
# on two cores, 4 GB of disk. Needs python3 with pillow, numpy, scipy, scikit-learn and torch (pip),
# and fonts-dejavu-core and fonts-noto-core (apt).
#
#   tools/train.sh [FOLDER]      FOLDER (default out/training) keeps forms, sheets and figures
#
# What trains, what joins and calibrates, and what checks differ in forms and seeds; two whole
# forms are in the check alone.
set -euo pipefail
cd "$(dirname "$0")/.."
folder=${1:-out/training}
measure=.build/release/measure
rare=(--level office --level hard --level office --level photo --level clean)
usual=(--level clean --level office --level office --level clean --level hard)

swift build -c release --product measure
mkdir -p "$folder"
python3 tools/training-forms.py --count 64 --seed 1 --out "$folder/forms"
python3 tools/training-forms.py --count 14 --seed 2 --out "$folder/check-forms"
python3 tools/training-forms.py --count 14 --seed 3 --out "$folder/join-forms"
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
# them, so that the probabilities are theirs; others to join on, others again to check on.
paint "$folder/forms" "$folder/rare" 1000 14 "${rare[@]}" --training
paint "$folder/forms" "$folder/usual" 3000 10 "${usual[@]}"
paint "$folder/join-forms" "$folder/join" 4000 15 "${rare[@]}"
paint "$folder/check-forms" "$folder/check" 2000 10 "${rare[@]}"

figures() { # more arguments
  for part in rare usual join check; do
    "$measure" figures "$@" --out "$folder/$part-figures" "$folder/$part"/*/
  done
}
trees() {
  python3 tools/train-marks.py --rounds 300 \
    --train "$folder/rare-figures" "$folder/usual-figures" \
    --check "$folder/join-figures" --out Sources/OMR/Marks/MarkWeights.swift
  swift build -c release --product measure
}
# Twice: which targets serve as examples of untouched ones is the trees' own word, so the first
# round's trees choose the examples that the second round's learn from.
figures
trees
figures --patches
trees
python3 tools/train-network.py --train "$folder/rare-figures" "$folder/usual-figures" \
  --join "$folder/join-figures" --check "$folder/check-figures" \
  --trees Sources/OMR/Marks/MarkWeights.swift --out Sources/OMR/Marks/NetworkWeights.swift
