#!/usr/bin/env bash
# The last step: the gate's exit code becomes the job's. Whatever is not a plain 0 is red.
set -euo pipefail

code=${EXIT_CODE:-}
echo "metricgate: ${VERDICT:-could_not_judge} (exit ${code:-2})"
case $code in
  0) [[ "${VERDICT:-}" == pass ]] || exit 2 ;;
  1 | 2 | 3 | 70) exit "$code" ;;
  *) exit 2 ;;
esac
