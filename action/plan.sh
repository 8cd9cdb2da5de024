#!/usr/bin/env bash
# Refuses inputs that cannot be meant, and decides where metricgate comes from: a file, a release or the action's sources.
set -euo pipefail
. "$(dirname "$0")/words.sh"
here=$(cd "$(dirname "$0")/.." && pwd)

for name in POLICY CANDIDATE BASELINE BASELINE_REVISION POLICY_REVISION REPORT STRICT VERSION BINARY COMMENT COMMENT_ID; do
  variable=INPUT_$name
  value=${!variable:-}
  input=$(tr '[:upper:]_' '[:lower:]-' <<<"$name")
  [[ "$value" != *[[:cntrl:]]* ]] || refuse "input $input: it holds a line end or another control character; wanted one line"
done
for name in STRICT COMMENT; do
  variable=INPUT_$name
  input=${name,,}
  [[ "${!variable:-}" == true || "${!variable:-}" == false ]] || refuse "input $input: found '${!variable:-}', wanted true or false"
done
[[ "${INPUT_COMMENT_ID:-}" =~ ^[A-Za-z0-9._-]{1,60}$ ]] ||
  refuse "input comment-id: found '${INPUT_COMMENT_ID:-}', wanted letters, digits, dot, dash and underscore"
[[ -n "${INPUT_BASELINE_REVISION:-}" ]] || refuse "input baseline-revision: it is empty; wanted a revision, auto or none"
[[ -n "${INPUT_POLICY_REVISION:-}" ]] || refuse "input policy-revision: it is empty; wanted a revision, auto or worktree"
[[ "${INPUT_VERSION:-}" =~ ^(|source|[0-9]+\.[0-9]+\.[0-9]+)$ ]] ||
  refuse "input version: found '${INPUT_VERSION:-}', wanted a release such as 0.1.0, source, or nothing"

version=${INPUT_VERSION:-}
[[ -n "$version" ]] || version=$(<"$here/VERSION")
if [[ -n "${INPUT_BINARY:-}" ]]; then
  how=binary
elif [[ -n "$(release_of "$version")" ]]; then
  how=release
elif [[ -n "${INPUT_VERSION:-}" && "$version" != source ]]; then
  refuse "input version: no release $version for $(uname -s)-$(uname -m) is known to this version of the action; see action/releases.txt"
else
  how=build
fi
key=""
if [[ "$how" == build ]]; then
  # What the build depends on: the sources, what is embedded in the program, and the libraries of the system.
  sources=$(cd "$here" && find CMakeLists.txt CMakePresets.json VERSION ci-templates cmake gates schemas scripts src \
    web/page.bundle.js web/page.css -type f -print0 |
    LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum | cut -c -32)
  system=$(. /etc/os-release 2>/dev/null && echo "${ID:-linux}-${VERSION_ID:-0}")
  key="metricgate-$sources-$system-$(uname -m)"
fi
# A job may use several versions of the action: each has a folder of its own, and takes no program that another put there.
folder=${RUNNER_TEMP:-/tmp}/${key:-metricgate-$version-$how}
put how "$how"
put folder "$folder"
put version "$version"
put key "$key"
