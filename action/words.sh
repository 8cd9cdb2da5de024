# Shared by the action's scripts; sourced, not run.
# shellcheck shell=bash

# One output of the step. A value with a line end could set further outputs, and is refused.
put() {
  local name=$1 value=$2
  [[ "$value" != *$'\n'* && "$value" != *$'\r'* ]] || refuse "output $name would hold a line end"
  printf '%s=%s\n' "$name" "$value" >>"$GITHUB_OUTPUT"
}

# Text as the data of a workflow command.
command_data() {
  local text=$1
  text=${text//'%'/%25}
  text=${text//$'\r'/%0D}
  text=${text//$'\n'/%0A}
  printf '%s' "$text"
}

# Ends the step with an error that the run's page shows.
refuse() {
  printf '::error title=metricgate could not judge::%s\n' "$(command_data "$1")"
  exit 2
}

# The beginning of a file: at most so many bytes, ending with a whole UTF-8 character, and a line that says so where more was there.
beginning() {
  local file=$1 size=$2
  if (($(wc -c <"$file") <= size)); then
    cat "$file"
    return
  fi
  # A byte 10xxxxxx goes on with the character before it.
  while ((size > 0 && ($(od -An -tu1 -j "$size" -N 1 "$file") & 0xC0) == 0x80)); do
    size=$((size - 1))
  done
  head -c "$size" "$file"
  printf '\n[cut here; the log has all of it]\n'
}

# Runs a command whose output may hold text of inputs: the runner obeys none of its lines.
quietly() {
  local token code=0
  token=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
  printf '::stop-commands::%s\n' "$token"
  "$@" || code=$?
  printf '\n::%s::\n' "$token"
  return "$code"
}

# The line of releases.txt for a version on this machine: SHA-256, version, machine, file. Empty if there is none.
release_of() {
  awk -v version="$1" -v machine="$(uname -s)-$(uname -m)" \
    '!/^#/ && $2 == version && $3 == machine' "$(dirname "${BASH_SOURCE[0]}")/releases.txt"
}
