#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Trains the reader of retractions on this project's own painter alone: sheets on which every other
# mark is taken back, in all ways, beside sheets as those that train the second reader, of forms and
# seeds that it did not see. Deterministic on one machine; an hour and a half on two cores, 7 GB of
# disk. Needs what tools/train.sh needs.
#
#   tools/train-retractions.sh [FOLDER]
#                                FOLDER (default out/retractions) keeps forms, sheets and figures
set -euo pipefail
cd "$(dirname "$0")/.."
folder=${1:-out/retractions}
. tools/training-sheets.sh
back=(--use takingBack --level office --level hard --level office --level clean --level photo)

swift build -c release --product measure
mkdir -p "$folder"
forms --count 64 --seed 11 --out "$folder/forms"
forms --count 14 --seed 13 --out "$folder/join-forms"
forms --count 14 --seed 12 --out "$folder/check-forms"
forms --held-out --out "$folder/check-forms"
forms --written --count 48 --seed 15 --out "$folder/written"
forms --written --count 10 --seed 16 --out "$folder/join-written"
forms --written --count 8 --seed 17 --out "$folder/check-written"

paint forms rare 11000 20 "${rare[@]}" --use training
paint written rare 11200 12 "${rare[@]}" --use training
paint forms usual 13000 12 "${usual[@]}" --use calibrating
paint written usual 13200 9 "${usual[@]}" --use calibrating
paint join-forms join 14000 12 "${rare[@]}" --use calibrating
paint join-written join 14200 10 "${rare[@]}" --use calibrating
paint check-forms check 12000 8 "${rare[@]}"
paint check-written check 12200 8 "${rare[@]}"
paint written back 71200 8 "${back[@]}"
paint forms back 71000 5 "${back[@]}"
paint check-written check-back 72200 8 "${back[@]}"

for part in join check check-back back rare usual; do
  "$measure" figures --patches --out "$folder/$part-figures" "$folder/$part"/*/
done
weights=Sources/OMR/Marks
python3 tools/train-retractions.py \
  --train "$folder/back-figures" "$folder/rare-figures" "$folder/usual-figures" \
  --join "$folder/join-figures" --check "$folder/check-figures" "$folder/check-back-figures" \
  --trees $weights/MarkWeights.swift --network $weights/NetworkWeights.swift \
  --out $weights/RetractionWeights.swift
