#!/usr/bin/env python3
"""Breaks one thing after another in inputs that pass, and requires that the gate never passes as if nothing were: check_mutations.py --binary B [--budget N]

Inputs are the golden cases that exit 0 and need no setup, those of tests/gates, and examples/. Mutations, each of one place:
  key        a letter of a policy's key is left out, or swapped with the next
  cut        a file ends after a byte
  direction  higher becomes lower, lower higher
  remove     a metric or a column of the candidate is gone
  swap       the candidate and the baseline change places
  number     a number becomes NaN, nothing, 1e400, or stands in quotes
A mutant survives when the run exits 0 and its report says nothing else than before, though another number in its place would be read; of a number that broke and a metric that is
gone, also when another report does not name the loss: by a warning, a status or a note that was not there. What is cut at the end of a line is a whole file of fewer lines, of which
another report is enough. EXPLAINED.tsv says for which survivors this is right, and why; any other is a hole. `--budget N` takes about N mutants, spread evenly and always the same; without it all are run, which takes an hour or two.
"""
import argparse
import collections
import concurrent.futures
import csv
import fnmatch
import functools
import json
import os
import pathlib
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import threading

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
TEXTS = {".csv", ".tsv", ".json", ".jsonl", ".yaml", ".yml"}
META = {"args", "setup", "fault", "environment", "stdin", ".cwd", "expected.exit", "expected.stdout", "expected.stderr", "expected"}
NUMBER = re.compile(rb"(?<![\w.\"'%+-])-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.\"'%])")
KEY = re.compile(rb"(?:(?<=[{,\s-])|^)([A-Za-z_]+)(?=\s*:(?:\s|$))", re.MULTILINE)
# Longer files are cut at the first and last 1500 bytes and in between at every 7th byte.
CUT_WHOLE = 20000
UNREAD = "no check reads it"
OTHER = "(another number)"
UNNAMED = "another report, which does not name the loss"
# By these a report says that something is not there, or could not be judged.
LOUD = {"missing", "error", "incomparable", "inconclusive", "skipped", "no_baseline", "violated", "regressed", "new"}
TELLING = {"missing_values", "missing_dropped", "one_standard_error", "points_without_errors"}
OPTIONAL = {"cases/formats/arrow", "cases/formats/parquet", "cases/formats/parquet-phoenix"}  # where the program is built without Arrow C++

Mutant = collections.namedtuple("Mutant", "kind case file place what edit arguments other", defaults=(None, None))  # edit: from, to, bytes; other: the same around another number


class Case:
    """Inputs that pass, and what the report says of them."""

    def __init__(self, name, folder, arguments):
        self.name, self.folder, self.arguments = name, folder, arguments
        self.policy = arguments[arguments.index("-p") + 1] if "-p" in arguments else ".metricgate.yaml"
        self.answer = None

    @functools.cached_property
    def files(self):
        found = {}
        for path in sorted(self.folder.rglob("*")):
            name = path.relative_to(self.folder)
            if path.is_file() and name.parts[0] not in META and not name.name.endswith((".actual", ".md")):
                found[name.as_posix()] = path.read_bytes()
        return found

    def sides(self):
        """The files of the candidate and the baseline, where each is one."""
        plain = [word for word in self.arguments[1:] if word in self.files]
        candidate = next((word for word in plain if self.arguments[self.arguments.index(word) - 1] != "--baseline" and word != self.policy), None)
        baseline = self.arguments[self.arguments.index("--baseline") + 1] if "--baseline" in self.arguments else None
        return (candidate, baseline) if candidate in self.files and baseline in self.files else (candidate, None)


def without_reports(words):
    kept, skip = [], False
    for word in words:
        if skip or word == "--report":
            skip = not skip and word == "--report"
        elif not word.startswith("--report="):
            kept.append(word)
    return kept


def cases():
    for golden in sorted([*(ROOT / "tests/cases").rglob("expected.exit"), *(ROOT / "tests/gates").rglob("expected.exit")]):
        folder = golden.parent
        words = shlex.split((folder / "args").read_text(), comments=True)
        plain = not any((folder / name).exists() for name in ("setup", "fault", "environment", "stdin", ".cwd"))
        if golden.read_text().strip() == "0" and words[0] == "check" and plain and "--no-fail" not in words and "--allow-identical" not in words:
            yield Case(folder.relative_to(ROOT / "tests").as_posix(), folder, without_reports(words))
    # The model of examples/ against a copy of itself, as this project's own CI judges it.
    yield Case("examples/sample_model", ROOT / "examples/sample_model", ["check", "predictions.csv", "--baseline", "copy.csv", "-p", "policy.yaml"])


class Runner:
    """Runs a case in a scratch folder of the thread."""

    def __init__(self, binary, scratch):
        self.binary, self.scratch, self.local = binary, pathlib.Path(scratch), threading.local()

    def folder_of(self, case):
        folders = self.local.__dict__.setdefault("folders", {})
        if case.name not in folders:
            folder = self.scratch / str(threading.get_ident()) / case.name
            shutil.copytree(case.folder, folder, ignore=lambda _, names: [n for n in names if n.startswith("expected") or n.endswith(".actual")])
            if case.name.startswith("examples/"):
                shutil.copy(folder / "predictions.csv", folder / "copy.csv")
            folders[case.name] = folder
        return folders[case.name]

    def run(self, case, file=None, data=None, arguments=None):
        folder = self.folder_of(case)
        if file:
            original = (folder / file).read_bytes()
            (folder / file).write_bytes(data)
        try:
            done = subprocess.run([self.binary, *(arguments or case.arguments), "--report", "json"], cwd=folder, capture_output=True, timeout=60,
                                  env={"PATH": os.environ["PATH"], "HOME": str(folder)})
        finally:
            if file:
                (folder / file).write_bytes(original)
        return done.returncode, said(done.stdout) if done.returncode == 0 else None


def said(output):
    """What a report says: every row, without what only tells files apart."""
    report = json.loads(output)
    parts = ("id", "slice", "direction", "level", "status", "baseline", "candidate", "delta", "interval", "margin", "n", "reason", "notes")
    rows = [{key: row.get(key) for key in parts} for row in report["checks"]]
    return json.dumps([rows, report["warnings"]], sort_keys=True)


def words_of_the_schema():
    """The keys that the policy language has; other keys are names that users give."""
    words = set()

    def visit(node):
        if isinstance(node, dict):
            words.update(node.get("properties", {}))
            for value in node.values():
                visit(value)
        elif isinstance(node, list):
            for value in node:
                visit(value)

    visit(json.loads((ROOT / "schemas/policy.schema.json").read_text()))
    return words


def names_an_input(data, line, place):
    """`run:` below `inputs:` is a name that the user gives."""
    top = re.findall(rb"^(\w+):", data[:line], re.MULTILINE)
    return data[line:place] == b"  " and top[-1:] == [b"inputs"]


def key_mutants(case, words):
    data = case.files[case.policy]
    for found in KEY.finditer(data):
        key = found.group(1)
        line = data[: found.start()].rfind(b"\n") + 1
        if key.decode() not in words or b"#" in data[line : found.start()] or names_an_input(data, line, found.start()):
            continue
        others = {key[:i] + key[i + 1 :] for i in range(len(key))} | {key[:i] + key[i + 1 : i + 2] + key[i : i + 1] + key[i + 2 :] for i in range(len(key) - 1)}
        for other in sorted(others - {key}):
            yield Mutant("key", case, case.policy, found.start(), f"{key.decode()} -> {other.decode()}", (found.start(), found.end(), other), None)


def cut_mutants(case):
    for file, data in case.files.items():
        end = len(data.rstrip())
        places = range(end) if end <= CUT_WHOLE else sorted({*range(1500), *range(1500, end - 1500, 7), *range(end - 1500, end)})
        for place in places:
            # What a cut leaves at a line's end is a whole file of fewer lines.
            what = "at a line end" if place > 0 and data[place - 1 : place] == b"\n" else "in a line"
            yield Mutant("cut", case, file, place, what, (place, len(data), b""), None)


def direction_mutants(case):
    data = case.files[case.policy]
    for found in re.finditer(rb"direction: (higher|lower)", data):
        other = b"lower" if found.group(1) == b"higher" else b"higher"
        yield Mutant("direction", case, case.policy, found.start(), f"to {other.decode()}", (found.start(1), found.end(1), other), None)


def without_leaf(tree, path, instead=None):
    copy = json.loads(json.dumps(tree))
    node = copy
    for key in path[:-1]:
        node = node[key]
    if instead is None:
        del node[path[-1]]
    else:
        node[path[-1]] = instead
    return copy


def leaves(node, path=()):
    if isinstance(node, dict):
        for key, value in node.items():
            yield from leaves(value, (*path, key))
    elif isinstance(node, (int, float)) and not isinstance(node, bool) or isinstance(node, list):
        if path:
            yield path


def remove_mutants(case):
    candidate, _ = case.sides()
    if candidate is None:
        return
    data, suffix = case.files[candidate], pathlib.Path(candidate).suffix
    if suffix == ".json":
        try:
            tree = json.loads(data)
        except ValueError:
            return
        for path in leaves(tree):
            other = json.dumps(without_leaf(tree, path, OTHER), indent=1).encode().partition(b'"' + OTHER.encode() + b'"')
            yield Mutant("remove", case, candidate, 0, "/".join(path), (0, len(data), json.dumps(without_leaf(tree, path), indent=1).encode() + b"\n"), None, (0, len(data), other[::2]))
    elif suffix in (".csv", ".tsv"):
        rows = list(csv.reader(data.decode("utf-8-sig").splitlines(keepends=True), delimiter="\t" if suffix == ".tsv" else ","))
        for column, name in enumerate(rows[0]):
            comma = "\t" if suffix == ".tsv" else ","
            lines = [comma.join(row[:column] + row[column + 1 :]) for row in rows]
            others = [comma.join([*row[:column], name if number == 0 else OTHER, *row[column + 1 :]]) for number, row in enumerate(rows)]
            yield Mutant("remove", case, candidate, 0, name, (0, len(data), ("\n".join(lines) + "\n").encode()), None, (0, len(data), ("\n".join(others) + "\n").encode().split(OTHER.encode())))


def swap_mutants(case):
    candidate, baseline = case.sides()
    if baseline is not None:
        other = {candidate: baseline, baseline: candidate}
        yield Mutant("swap", case, None, 0, "both sides", None, [other.get(word, word) for word in case.arguments])


def place_of(data, line, place, suffix):
    """Of which key a number is, or in which column of a table, and whether in its last row."""
    if suffix not in (".csv", ".tsv"):
        key = re.search(rb"(\w[\w.-]*)[\"']?:\s*$", data[line:place])
        return f" of {key.group(1).decode()}" if key else ""
    comma = b"\t" if suffix == ".tsv" else b","
    header = data.partition(b"\n")[0].strip().split(comma)
    number = data[line:place].count(comma)
    last = " of the last row" if b"\n" not in data[place:].rstrip() else ""
    return f" in {header[number].decode()}{last}" if number < len(header) else ""


def number_mutants(case):
    for file, data in case.files.items():
        suffix = pathlib.Path(file).suffix
        if suffix not in TEXTS:
            continue
        values = {".yaml": (b".nan", b"", b"1e400"), ".yml": (b".nan", b"", b"1e400"), ".csv": (b"nan", b"", b"1e400"), ".tsv": (b"nan", b"", b"1e400")}.get(suffix, (b"NaN", b"null", b"1e400"))
        for found in NUMBER.finditer(data):
            line = data[: found.start()].rfind(b"\n") + 1
            if b"#" in data[line : found.start()] and suffix in (".yaml", ".yml"):
                continue
            # In a table quotes are no mark of text.
            quoted = () if suffix in (".csv", ".tsv") else (b'"' + found.group(0) + b'"',)
            where = place_of(data, line, found.start(), suffix)
            for value in (*values, *quoted):
                what = ("quoted" if value in quoted else value.decode() or "empty") + where
                yield Mutant("number", case, file, found.start(), what, (found.start(), found.end(), value), None, (found.start(), found.end(), (b"", b"")))


def survivor(runner, mutant):
    """What is to be explained, or nothing."""
    data = None
    if mutant.edit:
        original, (start, end, new) = mutant.case.files[mutant.file], mutant.edit
        data = original[:start] + new + original[end:]
    code, answer = runner.run(mutant.case, mutant.file, data, mutant.arguments)
    if code not in (0, 1, 2, 3):
        return f"ended with {code}"
    if code != 0:
        return None
    pairs = list(zip(json.loads(mutant.case.answer)[0], json.loads(answer)[0]))
    if mutant.kind == "swap":
        return "a change kept its sign" if any(kept_sign(old, new) for old, new in pairs) else None
    if mutant.kind == "direction" and answer != mutant.case.answer:
        # Equal numbers pass either way; the report names the direction.
        return "a change kept its sign" if any(old["direction"] != new["direction"] and kept_sign(old, new) for old, new in pairs) else None
    if mutant.kind in ("number", "remove") and not names_more(mutant.case.answer, answer):
        if is_unread(runner, mutant, answer):
            return UNREAD
        return UNNAMED if answer != mutant.case.answer else "the same report"
    return "the same report" if answer == mutant.case.answer else "exit 0 with another report"


def names_more(old, new):
    """A warning, a status or a note tells of something that it did not tell of before."""
    def told(answer):
        rows, warnings = json.loads(answer)
        words = {(row["id"], str(row["slice"]), row["status"]) for row in rows if row["status"] in LOUD}
        words |= {(row["id"], str(row["slice"]), note["text"]) for row in rows for note in row["notes"] or [] if note["code"] in TELLING}
        return words | set(warnings)

    return not told(new) <= told(old)


def kept_sign(old, new):
    return bool(old["delta"] and new["delta"]) and old["delta"] * new["delta"] > 0


def is_unread(runner, mutant, answer):
    """Other finite numbers in this place, on either side of usual thresholds and a count, change nothing either: no check reads it, and what is wrong with it is not of this gate."""
    if mutant.other is None:
        return False
    original, (start, end, new) = mutant.case.files[mutant.file], mutant.other
    return all(runner.run(mutant.case, mutant.file, original[:start] + value.join(new) + original[end:])[1] == answer for value in (b"0.123456", b"0.987654", b"3"))


def kind_of_survivor(mutant, why):
    # "Another report" is no silence, where a mutation leaves valid input that means something else.
    return why != UNREAD and (why in ("the same report", UNNAMED) or mutant.kind in ("key", "swap") or why.startswith("ended") or (mutant.kind == "cut" and mutant.what == "in a line"))


def explanations():
    with open(HERE / "EXPLAINED.tsv", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def explained(mutant, rows):
    for row in rows:
        if row["kind"] == mutant.kind and fnmatch.fnmatchcase(f"{mutant.case.name}/{mutant.file}", row["file"]) and fnmatch.fnmatchcase(mutant.what, row["what"]):
            row["used"] = row.get("used", 0) + 1
            return True
    return False


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--binary", required=True)
    parser.add_argument("--root")
    parser.add_argument("--budget", type=int, default=0)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--only", default="", help="cases whose name has this text")
    parser.add_argument("--kind", default="", help="one kind of mutation")
    options = parser.parse_known_args()[0]
    rows = explanations()
    words = words_of_the_schema()
    with tempfile.TemporaryDirectory() as scratch:
        runner = Runner(str(pathlib.Path(options.binary).resolve()), scratch)
        mutants = []
        count = 0
        for case in cases():
            if options.only not in case.name or case.policy not in case.files:
                continue
            code, case.answer = runner.run(case)
            if code != 0 and case.name in OPTIONAL:
                continue
            if code != 0:
                sys.exit(f"{case.name}: exits {code} as it is")
            count += 1
            for make in (lambda c: key_mutants(c, words), cut_mutants, direction_mutants, remove_mutants, swap_mutants, number_mutants):
                mutants += [mutant for mutant in make(case) if options.kind in ("", mutant.kind)]
        total = len(mutants)
        if options.budget and total > options.budget:
            # The rare kinds whole, the others evenly.
            step = total / options.budget
            rare = [mutant for mutant in mutants if mutant.kind in ("direction", "swap")]
            mutants = rare + [mutants[int(i * step)] for i in range(options.budget)]
        tally = collections.Counter(mutant.kind for mutant in mutants)
        unread = 0
        holes = []
        survivors = collections.Counter()
        with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
            answers = pool.map(lambda mutant: survivor(runner, mutant), mutants)
            for done, (mutant, why) in enumerate(zip(mutants, answers), 1):
                unread += why == UNREAD
                if why and kind_of_survivor(mutant, why):
                    survivors[mutant.kind] += 1
                    if not explained(mutant, rows):
                        holes.append(f"{mutant.kind}\t{mutant.case.name}/{mutant.file}\t{mutant.what}\tat byte {mutant.place}: {why}")
                        print(holes[-1], file=sys.stderr, flush=True)
                if done % 10000 == 0:
                    print(f"{done} of {len(mutants)}", file=sys.stderr, flush=True)
    print(f"{len(mutants)} of {total} mutants of {count} inputs: " + ", ".join(f"{kind} {n}" for kind, n in sorted(tally.items())))
    print(f"numbers and metrics that no check reads: {unread}")
    print("survivors, all explained: " + (", ".join(f"{kind} {n}" for kind, n in sorted(survivors.items())) or "none") if not holes else "")
    if not options.budget and not options.only and not options.kind:
        unused = [f"EXPLAINED.tsv: {row['kind']} {row['file']} {row['what']} explains nothing" for row in rows if not row.get("used")]
        print("".join(row + "\n" for row in unused), end="", file=sys.stderr)
        holes += unused
    if holes:
        sys.exit(f"{len(holes)} survivors without an explanation")


if __name__ == "__main__":
    main()
