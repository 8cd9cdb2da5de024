#!/usr/bin/env bash
# Shows on the run's page what failed, or why nothing could be judged.
set -euo pipefail
. "$(dirname "$0")/words.sh"

if [[ -f "$REPORTS/annotations.txt" ]]; then
  cat "$REPORTS/annotations.txt"
elif [[ ! -f "$REPORTS/report.json" ]]; then
  printf '::error title=metricgate could not judge::%s\n' "$(command_data "$(head -c 4000 "$REPORTS/messages.txt")")"
fi
