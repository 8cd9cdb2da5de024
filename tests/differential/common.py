"""What the comparisons with other parsers share.

A tree is what show_document.cpp prints of a document: ["map", [[key, node], ...]], ["list", [node, ...]], ["text", "..."], ["null"],
["boolean", true], ["number", kind, as written, value]."""
import argparse
import collections
import csv
import decimal
import json
import math
import pathlib
import subprocess

HERE = pathlib.Path(__file__).resolve().parent
CORPORA = HERE.parent / "data" / "hostile" / "third_party"


def options():
    parser = argparse.ArgumentParser()
    parser.add_argument("--binary", type=pathlib.Path, required=True)
    parser.add_argument("--documents", type=pathlib.Path, help="show_document, as CMake builds it")
    given = parser.parse_known_args()[0]
    return str(given.binary.resolve()), given.documents and str(given.documents.resolve())


def convert(program, folder, name, data, form):
    """Exit code and what was said."""
    (folder / name).write_bytes(data)
    done = subprocess.run([program, "convert", name, "--format", form], cwd=folder, capture_output=True, timeout=60)
    said = [line for line in done.stderr.decode(errors="replace").splitlines() if not line.startswith("metricgate: ")]
    return done.returncode, said


def shown(documents, files):
    """The tree of each file, or {"refused": why}."""
    done = subprocess.run([documents, *map(str, files)], capture_output=True, check=True, timeout=60)
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(answers) == len(files)
    return answers


def number(token):
    """The node of a number, by Python's own arithmetic. Two rules are the program's: there is one zero, and what a double cannot hold is out of range, which a whole number
    above 2^53 without point and exponent counts as."""
    value, written = float(token), decimal.Decimal(token)
    lost = math.isinf(value) or (value == 0 and written != 0) or (token.lstrip("-").isdigit() and abs(int(token)) > 2**53)
    return ["number", "out_of_range" if lost else "finite", token, (0.0 if lost or value == 0 else value).hex()]


def differing(ours, theirs, counts, path="$"):
    """Where two trees differ; `counts` gets what was compared: each value by its kind, and keys."""
    kind = theirs[0]
    if ours[0] != kind:
        yield f"{path} is {ours} to us, {theirs} to the other"
    elif kind == "map":
        own, other = ([key for key, _ in tree[1]] for tree in (ours, theirs))
        if own != other:
            yield f"{path} has the keys {own} to us, {other} to the other"
        else:
            counts["keys"] += len(own)
            for (key, node), (_, value) in zip(ours[1], theirs[1]):
                yield from differing(node, value, counts, f"{path}.{key}")
    elif kind == "list":
        if len(ours[1]) != len(theirs[1]):
            yield f"{path} has {len(ours[1])} entries to us, {len(theirs[1])} to the other"
        else:
            for place, (node, value) in enumerate(zip(ours[1], theirs[1])):
                yield from differing(node, value, counts, f"{path}[{place}]")
    else:
        counts[kind] += 1
        if kind == "number":
            # 0x1.8p+0 and 0x1.8000000000000p+0 are one value.
            ours, theirs = ([*tree[:3], float.fromhex(tree[3]).hex()] for tree in (ours, theirs))
        if ours != theirs:
            yield f"{path} is {ours[1:]} to us, {theirs[1:]} to the other"


def differences(suite):
    """The listed differences of a suite: file -> why."""
    with open(HERE / "DIFFERENCES.tsv", newline="") as file:
        return {row["file"]: row["why"] for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE) if row["suite"] == suite}


def unexplained(found, listed):
    """`found`: (file, differences) of each file. Every difference is listed, and every row of the list differs."""
    problems = [f"{name}: {'; '.join(different)}" for name, different in found if different and name not in listed]
    problems += [f"{name}: is listed and does not differ" for name, different in found if not different and name in listed]
    return problems + [f"{name}: is listed and no file" for name in sorted(set(listed) - {name for name, _ in found})]


def too_few(counts, least):
    """A comparison that compares nothing must not pass."""
    return [f"{counts[kind]} of {kind} compared, wanted at least {wanted}" for kind, wanted in least.items() if counts[kind] < wanted]


def told(counts):
    return ", ".join(f"{kind} {count}" for kind, count in sorted(collections.Counter(counts).items()))
