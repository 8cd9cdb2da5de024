#!/usr/bin/env python3
"""Nothing turns green by accident: tests/cases/fail-open/TABLE.tsv names a test for every fault that gates are known to let through.

F1-F29 are faults of files, policies, revisions and environments, C01-C30 those seen in other gates, H01-H31 hostile inputs, L01-L10 failing
calls and load, D01-D08 what makes two runs differ. Here: every row is covered, every test that is named exists, every golden case has the exit
code of the table, and no fault ends as 0 but those of which the table says why. Some faults need more than a golden case can do, a closed
stream or a signal: these are the functions below.
"""
import argparse
import csv
import hashlib
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time

LAST = {"F": 29, "C": 30, "H": 31, "L": 10, "D": 8}
ROWS = {"F04b", "F08b"} | {f"{kind}{n:02d}" for kind, last in LAST.items() for n in range(1, last + 1)}
# Exit 0, and why that is right.
NOT_A_BLOCK = {
    "cases/fail-open/F03-renamed": "warns unless --strict",
    "cases/fail-open/peers/C04-small-slice": "the slice is listed as skipped, the whole is judged",
    "cases/fail-open/F05-margin-covers-all": "the policy says so, the first screen says that nothing else was possible",
    "cases/git/first-run-with-limits": "limits are judged, the first line says NOT COMPARED",
    "cases/input/same-file-allowed": "the user says so",
    "cases/input/equal-content": "two sources, the report says identical",
    "cases/real/alpaca-identical": "the same",
    "cases/scalars/when-not-met": "another check is decided",
    "cases/scalars/when-switched-off": "warns unless --strict",
    "cases/scalars/look-alike-name": "the true name is judged, the look-alike is warned of",
    "cases/samples/fewer-runs": "the first screen says how many",
    "cases/scalars/fewer-examples": "the same",
    "cases/drift/fewer-rows": "the same",
    "cases/input/empty-scores-dropped": "the policy says so, the first screen says how many",
    "cases/logs/go-benchmark-part": "the first screen says that it is a part",
    "cases/logs/convert-nan": "says so, and writes what no check takes",
    "cases/scalars/equal-content": "the same",
    "cases/git/anchor-file-not-committed": "CI may have fetched the file, and a warning says so",
    "cases/history/flat": "rounding is no change, and a note states the least sigma that counts",
    "cases/logs/step-twice": "logs write a step again when a run is resumed, and a note says so",
    "cases/logs/convert": "shows what is written where a step has no value",
}
DATA = pathlib.Path("tests/cases/fail-open/data")
CHECK = ["check", "candidate.csv", "--baseline", "baseline.csv", "-p", "policy.yaml"]


def table(root):
    with open(root / "tests/cases/fail-open/TABLE.tsv", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def missing(root, file, part):
    """Why this is no test: a script below tests and one of its functions, a file of unit tests and a title, or any file and words of it."""
    path = root / "tests" / f"{file}.py" if "." not in file else root / file
    if not path.exists():
        return f"there is no {path.relative_to(root)}"
    words = re.escape(part)
    if path.suffix == ".py":
        words = rf"^ *def {words}\(" if part else ""
    elif path.name.endswith("_test.cpp"):
        words = rf'^TEST_CASE\(\s*"{words}"'
    return None if re.search(words, path.read_text(), re.MULTILINE) else f"{file} has no '{part}'"


def named_tests(root, lines):
    """Problems of the table against the tests."""
    problems = [f"row {row} has no test" for row in sorted(ROWS - {line["row"] for line in lines})]
    problems += [f"row {line['row']} is no row" for line in lines if line["row"] not in ROWS]
    for line in lines:
        test, exit_code = line["test"], line["exit"]
        if test.startswith("cases/"):
            golden = root / "tests" / test / "expected.exit"
            if not golden.exists() or not (golden.parent / "args").exists():
                problems.append(f"{line['row']}: there is no case {test}")
            elif golden.read_text().strip() != exit_code:
                problems.append(f"{test}: exits {golden.read_text().strip()}, the table says {exit_code}")
            elif exit_code == "0" and test not in NOT_A_BLOCK:
                problems.append(f"{test}: a fault that exits 0, and nobody says why that is right")
        elif exit_code != "-":
            problems.append(f"{line['row']}: {test} is no case, and has no exit code")
        elif (why := missing(root, *test.partition(": ")[::2])) is not None:
            problems.append(f"{line['row']}: {why}")
    listed = {line["test"] for line in lines}
    for args in (root / "tests/cases/fail-open").rglob("args"):
        name = args.parent.relative_to(root / "tests").as_posix()
        if name not in listed:
            problems.append(f"{name} is not in the table")
    return problems


def good_inputs(root, folder):
    for side in ("candidate", "baseline"):
        shutil.copy(root / DATA / f"{side}.csv", folder)
    shutil.copy(root / DATA / "predictions.yaml", folder / "policy.yaml")


def closed_standard_output(binary, folder):
    """A run whose report goes nowhere has not told anybody; each command says so in the same words."""
    text = "standard output: could not be written (closed, or the disk is full)\nmetricgate: could_not_judge (exit 2)\n"
    words = {"check": text.replace(": could not", ": the report could not", 1), "doctor": text.replace("judge", "look"),
             "init": text.replace("could_not_judge", "written_untold")}
    problems = []
    for arguments in (CHECK, ["--help"], ["--version"], ["list", "metrics"], ["validate", "policy.yaml"], ["waivers", "policy.yaml"],
                      ["doctor", "candidate.csv", "--baseline", "baseline.csv", "-p", "policy.yaml"], ["init", "candidate.csv", "--force"]):
        for fault in (">&-", ">/dev/full"):
            done = subprocess.run(["bash", "-c", f'exec "$@" {fault}', "bash", binary, *arguments], cwd=folder, capture_output=True, text=True)
            if (done.returncode, done.stderr) != (2, words.get(arguments[0], text)):
                problems.append(f"{arguments[0]} {fault} exits {done.returncode} and says {done.stderr!r}")
    return problems


def killed_at_any_moment(binary, folder):
    """The report is the old one or a whole new one, and the exit is no 0 that nobody earned."""
    report = folder / "report.json"
    arguments = [binary, *CHECK, "--report", f"json={report}"]
    start = time.monotonic()
    subprocess.run(arguments, cwd=folder, check=True, capture_output=True)
    whole, length = report.read_bytes(), time.monotonic() - start
    problems = []
    for moment in range(40):
        report.write_bytes(b"old")
        process = subprocess.Popen(arguments, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(length * 1.2 * moment / 40)
        process.send_signal(signal.SIGKILL)
        code = process.wait()
        left = report.read_bytes()
        if left not in (b"old", whole):
            problems.append(f"killed at moment {moment}: the report is cut at {len(left)} bytes")
        if code == 0 and left != whole:
            problems.append(f"moment {moment}: exit 0 without the report")
    return problems


def the_same_twenty_times(binary, folder):
    """A gate that answers differently on a second try is retried until it is green."""
    digests = set()
    for _ in range(20):
        done = subprocess.run([binary, *CHECK, "--report", "json"], cwd=folder, capture_output=True)
        digests.add((done.returncode, hashlib.sha256(done.stdout + done.stderr).hexdigest()))
    return [] if len(digests) == 1 else [f"{len(digests)} answers in 20 runs"]


def templates_hide_nothing(root):
    """What CI runs after metricgate must not decide its exit code."""
    problems = []
    for place in ("action.yml", "action", "ci-templates", "templates", ".github"):
        files = [root / place] if (root / place).is_file() else (root / place).rglob("*")
        for file in files:
            if not file.is_file() or file.suffix == ".md":
                continue
            for number, line in enumerate(file.read_text(errors="replace").splitlines(), 1):
                code = line.partition("#")[0]
                hides = "continue-on-error" in code or "allow_failure: true" in code
                # A gate that is called with `|| true`; cleaning up or reading a file may fail.
                hides = hides or ("|| true" in code and "metricgate check" in code)
                if hides:
                    problems.append(f"{file.relative_to(root)}:{number}: {line.strip()}")
    return problems


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--root", required=True)
    parser.add_argument("--binary", required=True)
    options = parser.parse_known_args()[0]
    root, binary = pathlib.Path(options.root).resolve(), str(pathlib.Path(options.binary).resolve())
    lines = table(root)
    problems = named_tests(root, lines) + templates_hide_nothing(root)
    for run in (closed_standard_output, killed_at_any_moment, the_same_twenty_times):
        with tempfile.TemporaryDirectory() as scratch:
            good_inputs(root, pathlib.Path(scratch))
            problems += run(binary, pathlib.Path(scratch))
    if problems:
        print("\n".join(problems))
        sys.exit(f"{len(problems)} problems")
    print(f"{len(lines)} faults of {len(ROWS)} rows have a test")


if __name__ == "__main__":
    main()
