#!/usr/bin/env bash
# Shows on the run's page what failed, at the lines of the policy; or why nothing could be judged.
set -euo pipefail
. "$(dirname "$0")/words.sh"

if [[ -f "$REPORTS/annotations.txt" ]]; then
  cat "$REPORTS/annotations.txt"
else
  printf '::error title=metricgate could not judge::%s\n' "$(command_data "$(beginning "$REPORTS/messages.txt" 4000)")"
fi
