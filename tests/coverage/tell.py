#!/usr/bin/env python3
"""Tells of an export of llvm-cov which lines and branches were reached, by room, and holds them against what must be.

    tell.py --export coverage.json --root ROOT

Every branch of what decides a verdict or an exit code is reached, or stands in UNREACHED.tsv: the file, the source line as it is written, the
condition's answer that never came (true, false), and why. A line there that is reached after all, or that is gone, is an error too.
"""
import argparse
import collections
import json
import os
import pathlib
import sys

LEAST_LINES = 90.0
# What decides: the rooms, and the files of cli that choose exit codes.
DECIDING = ("src/verdict/", "src/policy/", "src/main.cpp", "src/cli/run.cpp", "src/cli/check_command.cpp", "src/cli/power_command.cpp",
            "src/cli/selftest_command.cpp", "src/cli/explain_command.cpp", "src/cli/validate_command.cpp", "src/cli/waivers_command.cpp",
            "src/cli/convert_command.cpp", "src/cli/list_command.cpp", "src/cli/init_command.cpp", "src/cli/doctor.cpp",
            "src/cli/history_command.cpp", "src/cli/calibrate_command.cpp", "src/cli/log_command.cpp", "src/cli/output.cpp")


def read(export, root):
    """By file below src: (lines, lines reached, branches {(line, column, answer): count})."""
    found = {}
    for each in json.loads(export.read_text())["data"][0]["files"]:
        # The compiler names a file by the way from the build folder to it.
        path = pathlib.Path(os.path.normpath(each["filename"]))
        if not path.is_relative_to(root / "src"):
            continue
        branches = collections.Counter()
        source = path.read_text().splitlines()
        # A template and an inline function have their branches once an instance: one that reaches is enough.
        for line, column, _, _, yes, no, *_ in each["branches"]:
            if source[line - 1][:column - 1].endswith("switch ("):
                continue  # "none of its cases", which clang adds: the compiler refuses a switch that lacks a value (-Wswitch)
            branches[line, column, "true"] += yes
            branches[line, column, "false"] += no
        lines = each["summary"]["lines"]
        found[str(path.relative_to(root))] = (lines["count"], lines["covered"], branches)
    return found


def share(reached, all_):
    return 100.0 if all_ == 0 else 100.0 * reached / all_


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--export", required=True, type=pathlib.Path)
    parser.add_argument("--root", required=True, type=pathlib.Path)
    options = parser.parse_args()
    root = options.root.resolve()
    files = read(options.export, root)
    problems = []
    rooms = collections.defaultdict(lambda: [0, 0, 0, 0])
    for name, (lines, reached, branches) in files.items():
        groups = [name.split("/")[1] if name.count("/") > 1 else "main", "all"]
        if name.startswith(DECIDING):
            groups.append("what decides")
        for group in groups:
            counts = rooms[group]
            counts[0] += lines
            counts[1] += reached
            counts[2] += len(branches)
            counts[3] += sum(1 for count in branches.values() if count > 0)
    print(f"{'room':14}{'lines':>8}{'reached':>9}{'branches':>10}{'reached':>9}")
    for room in [*sorted(room for room in rooms if room not in ("all", "what decides")), "what decides", "all"]:
        lines, reached, branches, taken = rooms[room]
        print(f"{room:14}{lines:8}{share(reached, lines):8.1f}%{branches:10}{share(taken, branches):8.1f}%")
    listed = collections.defaultdict(list)
    for number, row in enumerate((pathlib.Path(__file__).parent / "UNREACHED.tsv").read_text().splitlines(), 1):
        if row and not row.startswith("#"):
            name, text, answer, reason = row.split("\t")
            listed[name, text, answer].append(number)
            if not reason:
                problems.append(f"UNREACHED.tsv:{number}: no reason")
    rows = sum(map(len, listed.values()))
    # A row is for one branch: the same text may stand in a file twice.
    for name, (_, _, branches) in sorted(files.items()):
        if not name.startswith(DECIDING):
            continue
        source = (root / name).read_text().splitlines()
        for (line, column, answer), count in sorted(branches.items()):
            key = (name, source[line - 1].strip(), answer)
            if count == 0 and listed[key]:
                listed[key].pop(0)
            elif count == 0:
                problems.append(f"{name}:{line}:{column}: never {answer}: {key[1]}")
    problems += [f"UNREACHED.tsv:{number}: reached, or gone: {key[1]}" for key, numbers in listed.items() for number in numbers]
    never = sorted(str(path.relative_to(root)) for path in (root / "src").rglob("*.cpp") if str(path.relative_to(root)) not in files)
    problems += [f"{name}: no line of it is in any program" for name in never if name != "src/sources/no_arrow.cpp"]
    lines = share(rooms["all"][1], rooms["all"][0])
    if lines < LEAST_LINES:
        problems.append(f"{lines:.1f} % of the lines are reached, wanted {LEAST_LINES} %")
    print("\n".join(problems))
    print(f"{rows} branches listed with a reason, {len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
