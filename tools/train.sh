#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Trains the mark readers from nothing but this project's own painter: random blank forms by
# coordinates and random forms in the project's own language, painted and worn sheets, their
# figures and patches as the reader measures them; boosted trees, a small network, and how the two
# are joined. Deterministic on one machine; an hour on two cores, 6 GB of disk. Needs python3 with
# pillow, numpy, scipy, scikit-learn and torch (pip), and fonts-dejavu-core and fonts-noto-core
# (apt).
#
#   tools/train.sh [--continue] [FOLDER]
#                                FOLDER (default out/training) keeps forms, sheets and figures
#
# With --continue the trees stay, and so does how both are joined; the network in use learns on
# from where it stands. What it knows of other sheets is kept so (docs/decisions/012).
#
# What trains, what joins and calibrates, and what checks differ in forms and seeds; two whole
# forms, two kinds of marks and a pen are in the check alone, and the shipped forms nowhere.
#
# Which targets serve as examples of untouched ones is the word of the trees in use. After a change
# to what is measured run it twice: the second round's examples are then chosen by the first
# round's trees.
set -euo pipefail
cd "$(dirname "$0")/.."
continue=
if [ "${1:-}" = --continue ]; then
  continue=1
  shift
fi
folder=${1:-out/training}
. tools/training-sheets.sh

swift build -c release --product measure
mkdir -p "$folder"
forms --count 64 --seed 1 --out "$folder/forms"
forms --count 14 --seed 3 --out "$folder/join-forms"
forms --count 14 --seed 2 --out "$folder/check-forms"
forms --held-out --out "$folder/check-forms"
forms --written --count 48 --seed 5 --out "$folder/written"
forms --written --count 10 --seed 6 --out "$folder/join-written"
forms --written --count 8 --seed 7 --out "$folder/check-written"

# Rare kinds of marks and wear raised, so that they are learnt at all; sheets as offices have
# them, so that the probabilities are theirs; others to join on, others again to check on.
paint forms rare 1000 20 "${rare[@]}" --use training
paint written rare 1200 12 "${rare[@]}" --use training
paint forms usual 3000 12 "${usual[@]}" --use calibrating
paint written usual 3200 9 "${usual[@]}" --use calibrating
paint join-forms join 4000 12 "${rare[@]}" --use calibrating
paint join-written join 4200 10 "${rare[@]}" --use calibrating
paint check-forms check 2000 8 "${rare[@]}"
paint check-written check 2200 8 "${rare[@]}"

for part in join check rare usual; do
  "$measure" figures --patches --out "$folder/$part-figures" "$folder/$part"/*/
done
weights=Sources/OMR/Marks
network=(--train "$folder/rare-figures" "$folder/usual-figures" --join "$folder/join-figures"
  --check "$folder/check-figures" --trees $weights/MarkWeights.swift
  --out $weights/NetworkWeights.swift)
if [ -n "$continue" ]; then
  python3 tools/train-network.py --continue-from $weights/NetworkWeights.swift --epochs 6 \
    "${network[@]}"
  exit
fi
python3 tools/train-marks.py --rounds 300 \
  --train "$folder/rare-figures" "$folder/usual-figures" \
  --check "$folder/join-figures" --out $weights/MarkWeights.swift
python3 tools/train-network.py "${network[@]}"
