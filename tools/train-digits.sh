#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Trains the two readers of handwritten digits: Tesseract's model `hwdigits` and two small networks,
# then the score by which their common readings are accepted. Cells are painted by this project's
# simulator from public digits (docs/codes.md names them) and isolated by the product's own code.
# Deterministic; about two hours of CPU. Needs tesseract-ocr, tesseract-ocr-eng, and python3 with
# numpy and PyTorch (Debian: python3-numpy python3-torch).
#
#   tools/train-digits.sh DIGITS [FOLDER]    FOLDER (default out/digits) keeps everything it makes
set -euo pipefail
cd "$(dirname "$0")/.."
digits=$(realpath "$1")
mkdir -p "${2:-out/digits}"
folder=$(realpath "${2:-out/digits}")
measure=.build/release/measure
python=${PYTHON:-/usr/bin/python3}
models=Sources/CTesseract/models
export OMP_THREAD_LIMIT=1
export OMP_NUM_THREADS=1

swift build -c release --product measure
"$python" tools/pack-digits.py "$digits" "$folder"
"$measure" paint-cells --digits "$folder/train.digits" --count 320000 --seed 1 \
  --out "$folder/train.cells"
"$measure" paint-cells --digits "$folder/validation.digits" --count 24000 --seed 2 \
  --out "$folder/validation.cells"

tools/train-hwdigits.sh "$folder" "$models/hwdigits.traineddata"
"$python" tools/train-digits.py networks "$folder/train.cells" "$models/networks.bin"

# The score is fitted on other writers' cells, read by the models as they stand now in the program.
touch Sources/CTesseract/models.c
swift build -c release --product measure
"$measure" read-cells --out "$folder/validation.tsv" "$folder/validation.cells"
"$python" tools/train-digits.py score "$folder/validation.tsv" Sources/Ballot/TrainedScore.swift
sha256sum "$models"/*
