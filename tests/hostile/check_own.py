#!/usr/bin/env python3
"""Offers the hostile files of tests/hostile/own to the program: each is refused for its own fault, at its place, and passes once that fault is mended.

EXPECT.tsv says of each file
  required   error: never a pass; accept, accept-same (the report of pred_base.csv, byte for byte), warn (in the text report), inert (names come out harmless), inconclusive
  exit       of `check`
  place      line:column of a message, or - where a whole file is refused
  kind       words of that message
  repair     FROM => TO, an edit after which the file passes; = FILE, the file that passes in its place; -, nothing to mend
A message has at most 400 bytes and no control byte.
"""
import argparse
import codecs
import csv
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent / "own"
CONTROL = re.compile(rb"[\x00-\x09\x0b-\x1f\x7f]|\xc2[\x80-\x9f]")
BIDI = re.compile(rb"\xe2\x80[\xaa-\xae]|\xe2\x81[\xa6-\xa9]")
BASELINES = {"pred_one.csv": "baseline_one.csv", "names_slices.csv": "baseline_names.csv", "metric_int_gt_2p53.json": "baseline_count.json"}
POLICIES = {"names_slices.csv": "slices.yaml", "metric_int_gt_2p53.json": "count.yaml"}
PASSES = {"accept", "accept-same", "accept-or-error", "warn", "inert", "error-or-inert"}


def unescape(text):
    return re.sub(rb"\\(x[0-9a-f]{2}|n|r|t|\\)", lambda found: codecs.escape_decode(found.group(0))[0], text.encode())


def arguments_for(name, target):
    """The command lines that a file is offered to."""
    if name.startswith("policy_"):
        return [["check", "twin.json", "--baseline", "baseline.json", "-p", target, "--report", "tap"], ["validate", target]]
    if name.endswith(".json"):
        evidence, others = ("baseline.json", "metrics.yaml"), [["convert", target]]
    else:
        evidence, others = ("baseline.csv", "predictions.yaml"), []
    baseline, policy = BASELINES.get(name, evidence[0]), POLICIES.get(name, evidence[1])
    return [["check", target, "--baseline", baseline, "-p", policy, "--report", "tap"], *others]


def run(binary, folder, arguments):
    return subprocess.run([binary, *arguments], cwd=folder, capture_output=True, timeout=20)


def messages(done):
    """What is said of what is wrong: lines of stderr, else the reasons of rows that are not well."""
    lines = [line for line in done.stderr.decode(errors="replace").splitlines() if not line.startswith("metricgate: ")]
    if lines:
        return lines
    rows = re.findall(r'^not ok \d+ - (?!verdict\b).*\n  ---\n  status: .*\n  message: "((?:[^"\\]|\\.)*)"', done.stdout.decode(errors="replace"), re.MULTILINE)
    return [row.replace("\\\"", '"').replace("\\\\", "\\") for row in rows]


def place_and_kind(target, message):
    found = re.match(re.escape(target) + r"(?::(\d+:\d+))?: (.*)$", message)
    return (found.group(1) or "-", found.group(2)) if found else ("-", message)


def warned(binary, folder, commands, words):
    """Warnings stand in reports for people."""
    text = run(binary, folder, [*commands[0][:-1], "text"]).stdout.decode()
    return words in " ".join(text.split())


def look_at_bytes(name, done):
    problems = []
    for line in done.stderr.split(b"\n"):
        if len(line) > 400:
            problems.append(f"{name}: a message of {len(line)} bytes: {line[:80]!r}...")
    for stream in (done.stdout, done.stderr):
        # What `convert` writes is JSON for programs, and only they read it.
        for hidden in (CONTROL, BIDI) if "(convert)" not in name else (CONTROL,):
            if hidden.search(stream):
                problems.append(f"{name}: a raw control byte or mark of direction: {hidden.search(stream)}")
        for line in stream.split(b"\n"):
            if line.startswith((b"::", b"##[")):
                problems.append(f"{name}: a workflow command from the input: {line[:60]!r}")
    if done.returncode < 0 or done.returncode == 70:
        problems.append(f"{name}: ended with {done.returncode}")
    return problems


def repaired(name, repair, original):
    """The bytes after the repair."""
    if repair.startswith("= "):
        return (HERE / repair[2:]).read_bytes()
    before, arrow, after = repair.partition(" => ")
    before, after = unescape(before), unescape(after)
    if not arrow or original.count(before) < 1:
        sys.exit(f"{name}: the repair '{repair}' finds nothing")
    return original.replace(before, after)


def check_repair(binary, folder, name, target, repair, original, problems):
    if repair == "-":
        return
    (folder / target).write_bytes(repaired(name, repair, original))
    commands = arguments_for(name, target)
    # Policies may speak of files and metrics that are not here: `validate` accepts them.
    done = run(binary, folder, commands[-1] if name.startswith("policy_") else commands[0])
    # Twelve rows decide nothing, so that predictions end as undecided.
    wanted = 3 if name.startswith("pred_") or name == "zstd_named.csv" else 0
    if done.returncode != wanted:
        problems.append(f"{name}: mended it exits {done.returncode}, wanted {wanted}: {messages(done)[:1]}")


def check_file(binary, row, reference):
    """Problems of one file, and its report."""
    name, required = row["file"], row["required"]
    original = (HERE / name).read_bytes()
    # All predictions under one name, so that equal reports are equal bytes.
    target = "candidate" + pathlib.Path(name).suffix if name.startswith("pred_") else name
    problems = []
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(scratch) / "work"
        shutil.copytree(HERE, folder)
        (folder / target).write_bytes(original)
        commands = arguments_for(name, target)
        done = run(binary, folder, commands[0])
        problems += look_at_bytes(name, done)
        if str(done.returncode) != row["exit"]:
            problems.append(f"{name}: exits {done.returncode}, wanted {row['exit']}: {messages(done)[:1]}")
        if required not in PASSES and done.returncode == 0:
            problems.append(f"{name}: is required to be no pass, and passes")
        if required == "accept-same" and done.stdout != reference:
            problems.append(f"{name}: another report than pred_base.csv")
        if required == "warn":
            if not warned(binary, folder, commands, row["kind"]):
                problems.append(f"{name}: the text report does not warn '{row['kind']}'")
        elif row["kind"] != "-":
            said = [place_and_kind(target, message) for message in messages(done)]
            if not any(place == row["place"] and row["kind"] in kind for place, kind in said):
                problems.append(f"{name}: says {said}, wanted {row['place']} '{row['kind']}'")
        for command in commands[1:]:
            other = run(binary, folder, command)
            problems += look_at_bytes(f"{name} ({command[0]})", other)
            if command[0] == "validate" and other.returncode == 0:
                problems.append(f"{name}: validate accepts it")
        check_repair(binary, folder, name, target, row["repair"], original, problems)
    return problems, done.stdout


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--binary", required=True)
    parser.add_argument("--root")
    options = parser.parse_known_args()[0]
    binary = str(pathlib.Path(options.binary).resolve())
    with open(HERE / "EXPECT.tsv", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    reference = check_file(binary, next(row for row in rows if row["file"] == "pred_base.csv"), b"")[1]
    problems = []
    for row in rows:
        problems += check_file(binary, row, reference)[0]
    helpers = {"EXPECT.tsv", "README.md", "twin.json", "twin.yaml", "metrics.yaml", "predictions.yaml", "baseline.json", *POLICIES.values(), *BASELINES.values(), "baseline.csv"}
    problems += [f"{path.name} is not in EXPECT.tsv" for path in HERE.iterdir() if path.name not in helpers | {row["file"] for row in rows}]
    if problems:
        print("\n".join(problems))
        sys.exit(f"{len(problems)} problems")
    print(f"{len(rows)} hostile files: none passes that must not, each is refused for its own fault")


if __name__ == "__main__":
    main()
