#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Runs the tests; where some fail, says once more at the end which and why: among thousands of
# lines they would be looked for.
#
# usage: tools/run-tests.sh [OPTION OF swift test]...
set -uo pipefail
log=$(mktemp)
trap 'rm -f "$log"' EXIT
swift test "$@" 2>&1 | tee "$log"
status=${PIPESTATUS[0]}
if [ "$status" -ne 0 ]; then
  echo
  echo "What failed:"
  grep -A 2 -E '✘ Test .* recorded an issue|error:|Fatal error' "$log" | grep -v '^◇\|^✔\|^--' |
    head -n 60
fi
exit "$status"
