#!/usr/bin/env bash
# Appends the report to the job's summary. metricgate keeps it below the size at which GitHub would drop it whole.
set -euo pipefail

cat "$REPORTS/report.md" >>"${GITHUB_STEP_SUMMARY:-/dev/stdout}"
