#!/usr/bin/env python3
"""What costs most of a start is loaded only by who needs it: libgit2 and libcurl with the thirty libraries that they bring along. And where
one of them cannot be loaded, the run says which and ends nonzero."""
import argparse
import os
import pathlib
import re
import subprocess
import sys
import tempfile

LATE = ("libgit2", "libcurl")
# Of what those two are linked with on Debian; the program itself must not be linked with it.
THEIRS = ("libcrypto", "libssl", "libgnutls", "libmbedtls", "libgssapi_krb5", "libldap")


def run(binary, arguments, folder, more=()):
    return subprocess.run([binary, *arguments], cwd=folder, capture_output=True, text=True, env={**os.environ, "HOME": folder, **dict(more)})


def loaded(binary, arguments, folder, more=()):
    """The names, without versions, of all libraries that are initialised in a run; and how it ended."""
    done = run(binary, arguments, folder, {"LD_DEBUG": "files", "LD_DEBUG_OUTPUT": f"{folder}/loaded", **dict(more)})
    files = list(pathlib.Path(folder).glob("loaded.*"))
    text = "".join(file.read_text(errors="replace") for file in files)
    for file in files:
        file.unlink()
    return {re.sub(r"(-[\d.]+)?(\.so.*)?$", "", pathlib.Path(path).name) for path in re.findall(r"calling init: (\S+)", text)}, done


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--binary", required=True)
    binary = str(pathlib.Path(parser.parse_known_args()[0].binary).resolve())
    problems = []
    with tempfile.TemporaryDirectory() as folder:
        (pathlib.Path(folder) / "metrics.json").write_text('{"accuracy": 0.5}\n')
        (pathlib.Path(folder) / "policy.yaml").write_text("version: 1\ninputs: {m: {kind: metrics, path: metrics.json}}\nchecks: [{id: a, metric: accuracy, min: 0.4}]\n")
        server = {"MLFLOW_TRACKING_URI": "http://127.0.0.1:9"}
        ask = ["convert", "mlflow:runs/" + "0" * 32]
        for arguments, code, late, more in (
                (["--version"], 0, set(), {}),
                (["list", "metrics"], 0, set(), {}),
                (["log", "accuracy=0.5"], 0, set(), {}),
                (["history", "accuracy"], 0, set(), {}),
                (["convert", "git:HEAD:metrics.json"], 2, {"libgit2"}, {}),
                (ask, 2, {"libcurl"}, server)):
            names, done = loaded(binary, arguments, folder, more)
            if "libc" not in names:
                sys.exit(f"LD_DEBUG shows nothing here: {sorted(names)}")
            if done.returncode != code:
                problems.append(f"{arguments}: exit {done.returncode}, {done.stderr}")
            if names & set(LATE) != late:
                problems.append(f"{arguments}: wanted {sorted(late)} to be loaded, were {sorted(names & set(LATE))}")
            if not late and names & set(THEIRS):
                problems.append(f"{arguments}: {sorted(names & set(THEIRS))} are loaded with the program")
        # A file that is no library stands before the real one.
        broken = pathlib.Path(folder) / "broken"
        broken.mkdir()
        version = run(binary, ["--version", "--verbose"], folder).stdout
        git = "libgit2.so." + re.search(r"^libgit2 (\d+\.\d+)", version, re.MULTILINE)[1]
        for name in (git, "libcurl.so.4"):
            (broken / name).write_bytes(b"")
        path = {"LD_LIBRARY_PATH": f"{broken}:{os.environ.get('LD_LIBRARY_PATH', '')}".rstrip(":")}
        for arguments, code, name in ((["convert", "git:HEAD:metrics.json"], 2, git), (["convert", "metrics.json"], 2, git),
                                      (["check", "-p", "policy.yaml", "metrics.json"], 2, git),
                                      (ask, 2, "libcurl.so.4")):
            done = run(binary, arguments, folder, {**server, **path})
            if done.returncode != code or f"{name} cannot be loaded: " not in done.stderr or "install it in that version" not in done.stderr:
                problems.append(f"{arguments} without {name}: exit {done.returncode}, {done.stderr}")
        if run(binary, ["log", "accuracy=0.5"], folder, path).returncode != 0:
            problems.append("log wants a library that it does not need")
        said = run(binary, ["--version", "--verbose"], folder, path).stdout
        for name in ("curl", "libgit2"):
            if not re.search(rf"^{name} not found \(compiled with [\d.]+\)$", said, re.MULTILINE):
                problems.append(f"--version --verbose does not say that {name} is missing: {said}")
    print("\n".join(problems))
    print(f"{len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
