#!/usr/bin/env bash
# Judges. Ends with 0 whatever the answer is, because the reports must go out first; `answer.sh` raises the exit code.
set -euo pipefail
. "$(dirname "$0")/words.sh"

folder=$(mktemp -d "${RUNNER_TEMP:-/tmp}/metricgate-report.XXXXXX")
arguments=(check --trust-repository --report text)
for format in markdown=report.md markdown:comment=comment.md json=report.json github=annotations.txt dotenv=verdict.env; do
  arguments+=("--report=${format%%=*}=$folder/${format#*=}")
done
IFS=',' read -ra further <<<"${INPUT_REPORT:-}"
for report in "${further[@]}"; do
  report=${report#"${report%%[![:space:]]*}"}
  report=${report%"${report##*[![:space:]]}"}
  [[ -n "$report" ]] || continue
  [[ "$report" == *=* ]] || refuse "input report: found '$report', wanted FORMAT=FILE"
  arguments+=("--report=$report")
done
# `--name=value` keeps a value that starts with a dash a value.
[[ -z "${INPUT_POLICY:-}" ]] || arguments+=("--policy=$INPUT_POLICY")
[[ -z "${INPUT_CANDIDATE:-}" ]] || arguments+=("--candidate=$INPUT_CANDIDATE")
if [[ -n "${INPUT_BASELINE:-}" ]]; then
  arguments+=("--baseline=$INPUT_BASELINE")
elif [[ "$INPUT_BASELINE_REVISION" != none ]]; then
  arguments+=("--baseline-rev=$INPUT_BASELINE_REVISION")
fi
arguments+=("--policy-rev=$INPUT_POLICY_REVISION")
[[ "${INPUT_STRICT:-}" != true ]] || arguments+=(--strict)

run() {
  local status=0
  "$BINARY" "${arguments[@]}" 2>"$folder/messages.txt" || status=$?
  cat "$folder/messages.txt"
  return "$status"
}
code=0
quietly run || code=$?

# The exit code is the word of the program; the report's is only believed when it says the same.
verdict=could_not_judge
counts={}
if [[ $code == 0 || $code == 1 || $code == 3 ]]; then
  case $code in 0) wanted=pass ;; 1) wanted=fail ;; 3) wanted=undecided ;; esac
  verdict=$(sed -n 's/^METRICGATE_VERDICT=//p' "$folder/verdict.env" 2>/dev/null || true)
  if [[ "$verdict" == "$wanted" ]]; then
    counts="{$(sed -n '/VERDICT\|EXIT_CODE/d; s/^METRICGATE_\([A-Z_]*\)=\([0-9]*\)$/"\L\1\E":\2/p' "$folder/verdict.env" | paste -sd,)}"
  elif [[ $code == 1 ]]; then
    verdict=fail # a report may be unwritable; a fail stays a fail
  else
    verdict=could_not_judge
    code=2
  fi
fi
# A run that could not judge has a report, too: what it said.
if [[ ! -f "$folder/report.md" ]]; then
  {
    printf '# metricgate: COULD NOT JUDGE\n\n'
    beginning "$folder/messages.txt" 8000 | sed 's/^/    /' # indented, so that nothing in a message can be Markdown
    printf '\n'
  } >"$folder/report.md"
fi
put verdict "$verdict"
put exit-code "$code"
put counts "$counts"
put folder "$folder"
put report-path "$folder/report.md"
if [[ -f "$folder/report.json" ]]; then
  put json-path "$folder/report.json"
fi
