#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Trains Tesseract's model of handwritten digits from nothing (docs/codes.md). One thread: the same
# lines give the same model.
#
#   tools/train-hwdigits.sh FOLDER OUT    FOLDER holds train.cells; OUT is the model's file
set -euo pipefail
cd "$(dirname "$0")/.."
folder=$(realpath "$1")
out=$(realpath -m "$2")
python=${PYTHON:-/usr/bin/python3}
export OMP_THREAD_LIMIT=1

rm -rf "$folder/lines"
"$python" tools/train-digits.py lines "$folder/train.cells" "$folder/lines"
cd "$folder"
# lstmtraining goes on from what it finds under a name.
rm -f first_* second_* third_*
# The alphabet: digits, the guard dot between cells, # for what is no digit.
printf '0123456789.#\n' >all.gt.txt
unicharset_extractor --output_unicharset unicharset --norm_mode 1 all.gt.txt
mkdir -p scripts starter
echo '# none' >scripts/radical-stroke.txt
combine_lang_model --input_unicharset unicharset --script_dir scripts --lang hwdigits \
  --output_dir starter --pass_through_recoder
for page in lines/*.tif; do
  tesseract "$page" "${page%.tif}" -l eng --psm 13 --dpi 300 lstm.train >lstmf.log 2>&1
done
ls "$folder"/lines/*.lstmf >lines.txt
data=starter/hwdigits/hwdigits.traineddata
stage() { # name, iterations, rate, more
  local name=$1 iterations=$2 rate=$3
  shift 3
  lstmtraining --traineddata "$data" --train_listfile lines.txt --model_output "$name" \
    --learning_rate "$rate" --target_error_rate 0.01 --debug_interval 0 \
    --max_iterations "$iterations" "$@" >"$name.log" 2>&1
  tail -n 2 "$name.log"
}
# The rate is lowered twice: at 2e-3 the error stands still at a tenth.
stage first 30000 2e-3 \
  --net_spec '[1,36,0,1 Ct3,3,16 Mp2,2 Ct3,3,32 Mp2,2 Lfys48 Lbx80 O1c1]'
stage second 40000 4e-4 --continue_from first_checkpoint --reset_learning_rate
stage third 25000 1e-4 --continue_from second_checkpoint --reset_learning_rate
lstmtraining --stop_training --convert_to_int --continue_from third_checkpoint \
  --traineddata "$data" --model_output "$out"
