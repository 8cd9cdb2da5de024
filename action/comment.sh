#!/usr/bin/env bash
# Keeps one comment of this gate on the pull request up to date. The comment is information: whatever happens here, the gate's
# answer stands, so troubles are warnings.
set -euo pipefail
. "$(dirname "$0")/words.sh"

limit=$((60 * 1024)) # GitHub takes 65,536 characters
api=${GITHUB_API_URL:-https://api.github.com}/repos/$GITHUB_REPOSITORY
marker="<!-- metricgate:$COMMENT_ID -->"
author=${COMMENT_AUTHOR:-github-actions[bot]}
secret=${TOKEN:-}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

give_up() {
  printf '::warning title=metricgate did not comment::%s\n' "$(command_data "$1")"
  exit 0
}

request() {
  curl --silent --show-error --proto '=https' --tlsv1.2 --retry 3 --max-time 60 --config "$work/token" \
    --header 'Accept: application/vnd.github+json' --header 'X-GitHub-Api-Version: 2022-11-28' \
    --output "$work/answer" --write-out '%{http_code}' "$@"
}
explain() {
  case $1 in
    401 | 403) echo "the token may not write comments here. Give the job \`permissions: pull-requests: write\`; a pull request from a fork never has it, see ci-templates/github/comment-on-forks.yml" ;;
    *) echo "GitHub answered $1" ;;
  esac
}

[[ -f "$REPORTS/report.md" ]] || give_up "there is no report"
command -v jq >/dev/null || give_up "jq is not installed"
[[ "$secret" =~ ^[A-Za-z0-9_.=-]+$ ]] || give_up "there is no token, or it holds a character that no token has"
[[ "$COMMENT_ID" =~ ^[A-Za-z0-9._-]{1,60}$ ]] || give_up "the comment's id is not made of letters, digits, dot, dash and underscore"
# The token stands in a file that only this user reads: arguments are visible to every process.
umask 077
printf 'header = "Authorization: Bearer %s"\n' "$secret" >"$work/token"
if [[ -n "${HEAD_SHA:-}" ]]; then
  # The other run's word on its pull request is worth nothing: ask for the open one whose head this commit is.
  status=$(request --get --data-urlencode state=open --data-urlencode "head=$HEAD_OWNER:$HEAD_BRANCH" "$api/pulls") || give_up "GitHub could not be reached"
  [[ "$status" == 200 ]] || give_up "$(explain "$status")"
  PULL_REQUEST=$(jq --raw-output --arg sha "$HEAD_SHA" '[.[] | select(.head.sha == $sha)][0].number // empty' "$work/answer")
  [[ -n "$PULL_REQUEST" ]] || give_up "no open pull request has the head $HEAD_SHA"
fi
[[ "${PULL_REQUEST:-}" =~ ^[0-9]+$ ]] || give_up "this run belongs to no pull request"

body() {
  printf '%s\n' "$marker"
  # Another run may have brought only the long form, or none of ours at all: what is posted has a limit of its own.
  if [[ -f "$REPORTS/comment.md" ]] && (($(wc -c <"$REPORTS/comment.md") <= limit)); then
    cat "$REPORTS/comment.md"
  elif (($(wc -c <"$REPORTS/report.md") <= limit)); then
    cat "$REPORTS/report.md"
  else
    head -c "$limit" "$REPORTS/report.md" | sed '$d'
    printf '\n\nThe report is longer than a comment may be; the job summary has all of it.\n'
  fi
  printf '\n[The run](%s/%s/actions/runs/%s)\n' "${GITHUB_SERVER_URL:-https://github.com}" "$GITHUB_REPOSITORY" "${GITHUB_RUN_ID:-}"
}
body | jq --raw-input --slurp '{body: .}' >"$work/comment.json"

own=""
for ((page = 1; page <= 30; ++page)); do
  status=$(request "$api/issues/$PULL_REQUEST/comments?per_page=100&page=$page") || give_up "GitHub could not be reached"
  [[ "$status" == 200 ]] || give_up "$(explain "$status")"
  # Anybody can write the marker; only our own comment is ours to change.
  own=$(jq --raw-output --arg marker "$marker" --arg author "$author" \
    '[.[] | select(.user.login == $author and (.body | startswith($marker)))][0].id // empty' "$work/answer")
  [[ -z "$own" && "$(jq length "$work/answer")" == 100 ]] || break
done
if [[ -n "$own" ]]; then
  status=$(request --request PATCH --data "@$work/comment.json" "$api/issues/comments/$own") || give_up "GitHub could not be reached"
else
  status=$(request --request POST --data "@$work/comment.json" "$api/issues/$PULL_REQUEST/comments") || give_up "GitHub could not be reached"
fi
[[ "$status" == 20[01] ]] || give_up "$(explain "$status")"
