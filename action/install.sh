#!/usr/bin/env bash
# Puts a metricgate that starts into $FOLDER, or takes the one that the caller has; says where it is.
set -euo pipefail
. "$(dirname "$0")/words.sh"
here=$(cd "$(dirname "$0")/.." && pwd)
program=$FOLDER/metricgate

# With all of its libraries: two are only loaded when they are needed.
starts() {
  local said
  said=$("$1" --version --verbose 2>/dev/null) && [[ "$said" != *" not found "* ]]
}

download() {
  local sum name archive
  read -r sum _ _ name < <(release_of "$VERSION")
  [[ -n "${ACTION_REPOSITORY:-}" ]] || refuse "the release $VERSION cannot be fetched: the action is used from a folder, so it has no repository; use the input binary, or version: source"
  archive=$FOLDER/$name
  mkdir -p "$FOLDER"
  curl --proto '=https' --tlsv1.2 --fail --silent --show-error --location --retry 3 --output "$archive" \
    "${GITHUB_SERVER_URL:-https://github.com}/$ACTION_REPOSITORY/releases/download/v$VERSION/$name" ||
    refuse "the release $VERSION could not be fetched"
  echo "$sum  $archive" | sha256sum --check --quiet --strict - >/dev/null ||
    refuse "$name is not the file that action/releases.txt lists: its SHA-256 differs. Nothing of it was run."
  tar --extract --gzip --file "$archive" --directory "$FOLDER" --no-same-owner --strip-components 2 --wildcards '*/bin/metricgate'
  rm "$archive"
}

build() {
  echo "::group::Build metricgate $VERSION from the action's sources"
  "$here/scripts/setup"
  "$here/scripts/build" release metricgate
  mkdir -p "$FOLDER"
  cp "$here/build/release/metricgate" "$program"
  echo "::endgroup::"
}

case $HOW in
  binary)
    program=$INPUT_BINARY
    [[ "$program" == */* ]] || program=./$program
    [[ -f "$program" && -x "$program" ]] || refuse "input binary: there is no program at '$INPUT_BINARY'"
    program=$(realpath -- "$program")
    ;;
  release) download ;;
  build)
    # A build from the cache still needs the system's libraries.
    if [[ -x "$program" ]] && ! starts "$program"; then
      "$here/scripts/setup"
    fi
    starts "$program" || build
    ;;
  *) refuse "nothing was decided about where metricgate comes from" ;;
esac
starts "$program" || refuse "the metricgate at '$program' does not start: $("$program" --version --verbose 2>&1 | head -c 500)"
put binary "$program"
