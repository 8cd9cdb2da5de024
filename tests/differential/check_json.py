#!/usr/bin/env python3
"""Reads JSONTestSuite, and documents that Python's json writes, with the program and with Python's json: the same files are JSON to both, with the same keys, texts, numbers
and lists. Where they differ, DIFFERENCES.tsv says why."""
import collections
import json
import math
import pathlib
import random
import re
import struct
import sys
import tempfile

import common

# Refusals of the JSON layer; what comes after them is about metrics.
SYNTAX = re.compile(r"is not valid JSON|is not valid UTF-8|a NUL byte|nested deeper|stands here for a second time|UTF-16|is empty$|holds only blanks|UTF-8")
LEAST = {"number": 2000, "text": 600, "keys": 1500, "null": 150, "boolean": 150}
PIECES = ["a", "Z", '"', "\\", "/", "\n", "\t", "\x01", "\x7f", "é", "\u4e2d", "\U0001f600", "\u2028", " ", "{", "1"]


def refuse(token):
    raise ValueError(f"{token} is no JSON")


def pairs(members):
    names = [name for name, _ in members]
    if len(set(names)) < len(names):
        raise ValueError("equal keys")
    return ["map", [list(member) for member in members]]


def tree(value):
    """As show_document shows it; numbers and maps already are, by the hooks."""
    if isinstance(value, Number):
        return common.number(value)
    if isinstance(value, list) and value[:1] == ["map"]:
        return ["map", [[key, tree(member)] for key, member in value[1]]]
    if isinstance(value, list):
        return ["list", [tree(item) for item in value]]
    if value is None:
        return ["null"]
    return ["boolean", value] if isinstance(value, bool) else ["text", value]


class Number(str):
    """A number as it is written."""


def python_reads(data):
    try:
        return tree(json.loads(data.decode("utf-8"), parse_constant=refuse, object_pairs_hook=pairs, parse_int=Number, parse_float=Number))
    except (ValueError, RecursionError):
        return None


def any_number(draw):
    """Of any size and sign, short and long, and whole ones around the largest that a double holds."""
    return draw.choice([
        lambda: draw.randint(-1000, 1000), lambda: draw.choice([-1, 1]) * (2**53 + draw.randint(-3, 3)), lambda: draw.randint(-(10**20), 10**20),
        lambda: round(draw.random(), draw.randint(1, 6)), lambda: draw.choice([0.0, -0.0, 5e-324, 2.2250738585072014e-308, 1.7976931348623157e308]),
        lambda: next(value for value in iter(lambda: struct.unpack("<d", draw.randbytes(8))[0], None) if math.isfinite(value))])()


def any_value(draw, depth=4):
    if depth and draw.random() < 0.5:
        size = draw.randint(0, 6)
        if draw.random() < 0.4:
            return [any_value(draw, depth - 1) for _ in range(size)]
        return {"".join(draw.choice(PIECES) for _ in range(draw.randint(0, 4))): any_value(draw, depth - 1) for _ in range(size)}
    return draw.choice([lambda: any_number(draw), lambda: any_number(draw), lambda: "".join(draw.choice(PIECES) for _ in range(draw.randint(0, 8))),
                        lambda: draw.choice([None, True, False])])()


def written_by_python(number):
    draw = random.Random(number)
    value = [any_value(draw) for _ in range(8)]
    return json.dumps(value, ensure_ascii=draw.random() < 0.5, indent=draw.choice([None, 1]))


def compare(program, folder, path, ours, counts):
    """Differences of one file; `ours` is its tree to us."""
    data = path.read_bytes()
    _, said = common.convert(program, folder, "x.json", data, "json")
    accepted = not any(SYNTAX.search(line) for line in said[:1])
    theirs = python_reads(data)
    problems = []
    if accepted != isinstance(ours, list):
        problems.append(f"the program {'reads' if accepted else 'refuses'} it, its JSON layer says {ours}: {said[:1]}")
    if accepted != (theirs is not None):
        problems.append(f"ours {'reads' if accepted else 'refuses'} it, Python {'reads' if theirs is not None else 'refuses'} it: {said[:1]}")
    label = path.name[:2]
    if label == "y_" and not accepted or label == "n_" and accepted:
        problems.append(f"the suite says {label}: {said[:1]}")
    if isinstance(ours, list) and theirs is not None:
        problems += common.differing(ours, theirs, counts)
    return problems


def main():
    program, documents = common.options()
    sys.setrecursionlimit(4000)  # a file of the suite has 500 levels
    listed, counts, of_suite, found = common.differences("JSONTestSuite"), collections.Counter(), collections.Counter(), []
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(scratch)
        suite = sorted((common.CORPORA / "JSONTestSuite").glob("*.json"))
        own = [folder / f"document-{number}.json" for number in range(80)]
        for number, path in enumerate(own):
            path.write_text(written_by_python(number))
        for path, ours in zip([*suite, *own], common.shown(documents, [*suite, *own])):
            found.append((path.name, compare(program, folder, path, ours, of_suite if path in suite else counts)))
    problems = common.unexplained(found, listed) + common.too_few(of_suite, {"number": 24, "text": 33, "keys": 10}) + common.too_few(counts, LEAST)
    if problems:
        print("\n".join(problems))
        sys.exit(f"{len(problems)} differences that nobody explains")
    print(f"{len(suite)} files of the suite and {len(own)} of Python, equal: {common.told(of_suite)}; {common.told(counts)}. {len(listed)} differences listed")


if __name__ == "__main__":
    main()
