# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
# What the scripts that train share: random forms, and sheets painted on them, in $folder.

measure=.build/release/measure
# Rare kinds of marks and wear are raised on the harder levels; usual sheets are as offices have them.
rare=(--level office --level hard --level office --level photo --level clean)
usual=(--level clean --level office --level office --level clean --level hard)

forms() { python3 tools/training-forms.py "$@"; }

paint() { # forms, to, seed, sheets a form, more arguments
  local from=$1 to=$2 seed=$3 sheets=$4
  shift 4
  for form in "$folder/$from"/*/; do
    seed=$((seed + 1))
    "$measure" paint --form "$form" --sheets "$sheets" --seed "$seed" "$@" \
      --out "$folder/$to/$(basename "$form")" >/dev/null
  done
}
