#!/usr/bin/env bash
# Fails when something is not as an end-to-end job expects it.
#   expect.sh WHAT EXPECTED FOUND ...   three words for each thing; FOUND has to be EXPECTED
set -euo pipefail

failed=0
while [ $# -gt 0 ]; do
  if [ "$2" = "$3" ]; then
    echo "as expected: $1 is $2"
  else
    echo "::error title=End to end::$1 is $3, expected $2"
    failed=1
  fi
  shift 3
done
exit "$failed"
