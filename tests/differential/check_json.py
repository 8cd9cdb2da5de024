#!/usr/bin/env python3
"""Reads JSONTestSuite with the program and with Python's json: the same files are JSON to both, and numbers have the same values. Where they differ, DIFFERENCES.tsv says why."""
import json
import pathlib
import re
import sys
import tempfile

import common

# Refusals of the JSON layer; what comes after them is about metrics.
SYNTAX = re.compile(r"is not valid JSON|is not valid UTF-8|a NUL byte|nested deeper|stands here for a second time|UTF-16|is empty$|holds only blanks|UTF-8")


def refuse(token):
    raise ValueError(f"{token} is no JSON")


def unique(pairs):
    names = [name for name, _ in pairs]
    if len(set(names)) < len(names):
        raise ValueError("equal keys")
    return dict(pairs)


def python_reads(data):
    try:
        return json.loads(data.decode("utf-8"), parse_constant=refuse, object_pairs_hook=unique), True
    except (ValueError, RecursionError):
        return None, False


def compare(program, folder, path):
    data = path.read_bytes()
    code, _, said = common.convert(program, folder, "x.json", data, "json")
    ours = not any(SYNTAX.search(line) for line in said[:1])
    value, theirs = python_reads(data)
    problems = []
    if ours != theirs:
        problems.append(f"ours {'reads' if ours else 'refuses'} it, Python {'reads' if theirs else 'refuses'} it: {said[:1]}")
    label = path.name[:2]
    if label == "y_" and not ours or label == "n_" and ours:
        problems.append(f"the suite says {label}: {said[:1]}")
    if not (ours and theirs):
        return problems, 0
    # As a member, any value is the document of a metric file.
    code, written, said = common.convert(program, folder, "x.json", b'{"x": ' + data + b', "end": 1}', "json")
    if code != 0:
        return problems + ([f"as a member: {said[:1]}"] if any(SYNTAX.search(line) for line in said[:1]) else []), 0
    found = dict(common.numbers(json.loads(written)["metrics"]))
    wanted = {name: number for name, number in common.numbers({"x": value, "end": 1}) if abs(number) <= sys.float_info.max}
    for name, number in wanted.items():
        exact = not isinstance(number, int) or int(float(number)) == number
        if exact and found.get(name, number + 1) != number:
            problems.append(f"{name} is {found.get(name)} to us, {number} to Python")
    return problems, len(wanted)


def main():
    program = common.binary()
    listed, problems, files, compared = common.differences("JSONTestSuite"), [], 0, 0
    with tempfile.TemporaryDirectory() as scratch:
        for path in sorted((common.CORPORA / "JSONTestSuite").glob("*.json")):
            different, count = compare(program, pathlib.Path(scratch), path)
            files, compared = files + 1, compared + count
            if different and path.name not in listed:
                problems.append(f"{path.name}: {'; '.join(different)}")
            if not different and path.name in listed:
                problems.append(f"{path.name}: is listed and does not differ")
    if problems:
        print("\n".join(problems))
        sys.exit(f"{len(problems)} differences that nobody explains")
    print(f"{files} files, {compared} numbers equal, {len(listed)} differences listed")


if __name__ == "__main__":
    main()
