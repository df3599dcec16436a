#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The main job on the demo batch, with this folder as its workspace: scan, compare with what is
# expected, export, and say what to do next.
#
# usage: tools/run-demo.sh BIN DEMO OUT
#   BIN   the folder of the built programs
#   DEMO  the folder of scans, with expected.json
#   OUT   the folder for the CSV
set -euo pipefail
bin=$1 demo=$2 out=$3

# Status 1 says that some pages were rejected or failed: the demo has such pages on purpose, and
# the comparison below tells whether they are the right ones.
status=0
"$bin/phieu" scan "$demo" || status=$?
[ "$status" -le 1 ] || exit "$status"

# Measured against the demo's own expectations; ends with 1 where a count differs.
"$bin/measure" demo "$demo"

mkdir -p "$out"
"$bin/phieu" export --format csv --out "$out/demo.csv"
echo
"$bin/phieu" status
echo
echo "The verified ballots, and beside them what their columns mean:"
ls "$out"/demo*.csv | sed 's/^/  /'
echo "To settle what is still asked:  $bin/phieu review"
echo "Then once more:                 $bin/phieu export --format csv --out $out/demo.csv"
