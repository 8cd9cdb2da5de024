#!/usr/bin/env bash
# Appends the report to the job's summary. GitHub drops a summary over 1 MiB whole, so a longer one is cut where a line ends.
set -euo pipefail
limit=$((900 * 1024))

if (($(wc -c <"$REPORTS/report.md") <= limit)); then
  cat "$REPORTS/report.md"
else
  head -c "$limit" "$REPORTS/report.md" | sed '$d'
  printf '\n\nThe report is longer than a job summary may be; the rest is in the report file.\n'
fi >>"${GITHUB_STEP_SUMMARY:-/dev/stdout}"
