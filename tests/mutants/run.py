#!/usr/bin/env python3
"""Puts the deliberate bugs of mutants.yaml into the program, one at a time, and requires that a test fails: run.py [--only TEXT] [--every K] [--from N] [--new]

Works in a tree of its own, build/mutants, on the committed state. A bug is caught by the unit tests of its room, else by a golden case, which must
pass without it. The answers go to RESULT.tsv, where those of mutants that were not run stay. A mutant costs a minute or two; all of them some hours.
"""
import argparse
import concurrent.futures
import csv
import functools
import os
import pathlib
import shutil
import subprocess
import sys

import yaml

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
TREE = ROOT / "build" / "mutants"
WHOLE = TREE / "build" / "without-a-bug"
# How the name of a test begins.
CAUGHT = ("unit_", "cases/", "gates/")
# Looked at first, because they catch most.
FIRST = ("fail-open", "waivers", "scalars", "policy", "degenerate", "methods", "equivalence", "slices", "drift", "metrics", "history", "history-command")


def sh(*command, timeout=None):
    return subprocess.run(command, cwd=TREE, capture_output=True, text=True, timeout=timeout)


def prepare():
    """A tree at HEAD. An old one is kept for its objects."""
    head = subprocess.run(["git", "rev-parse", "HEAD"], cwd=ROOT, check=True, capture_output=True, text=True).stdout.strip()
    if not (TREE / ".git").exists():
        subprocess.run(["git", "worktree", "prune"], cwd=ROOT, check=True)
        subprocess.run(["git", "worktree", "add", "--detach", "--force", str(TREE), head], cwd=ROOT, check=True)
    # The options of scripts/build, so that a compiler cache knows most of the objects.
    options = ["-DMETRICGATE_PARQUET=" + os.environ.get("METRICGATE_PARQUET", "OFF")]
    if os.environ.get("METRICGATE_WARNINGS_AS_ERRORS"):
        options.append("-DMETRICGATE_WARNINGS_AS_ERRORS=ON")
    for installed in ("build/arrow", "web/node_modules"):  # by scripts/setup --all
        if (ROOT / installed).exists() and not (TREE / installed).exists():
            (TREE / installed).parent.mkdir(exist_ok=True)
            (TREE / installed).symlink_to(ROOT / installed)
    for command in (["git", "checkout", "--force", "--detach", head], ["cmake", "--preset", "release", *options]):
        done = sh(*command)
        if done.returncode != 0:
            sys.exit(f"{' '.join(command)}\n{done.stdout}{done.stderr}")


def build(target):
    return sh("cmake", "--build", "--preset", "release", "--target", target)


def golden_cases(stem):
    """Those first that are about the mutated file by its name, as cases/doctor are about doctor.cpp."""
    found = [args.parent for args in (TREE / "tests" / "cases").rglob("args")]
    found = [case for case in found if not {"parquet", "arrow"} & set(case.parts)]
    rank = {name: position for position, name in enumerate(FIRST)}
    folder = {case: case.relative_to(TREE / "tests" / "cases").parts[0] for case in found}
    return sorted(found, key=lambda case: (folder[case] not in stem, rank.get(folder[case], len(FIRST)), case))


def passes(binary, case):
    return subprocess.run([sys.executable, TREE / "tests/cases/run_case.py", binary, case], capture_output=True).returncode == 0


def keep_whole(rooms, units_only):
    """Builds what is tested without any bug, of which the unit tests must pass; the program is kept for those cases that fail with one."""
    for room in rooms:
        unit = TREE / "build" / "release" / "tests" / f"unit_{room}"
        if build(f"unit_{room}").returncode != 0 or subprocess.run([unit], cwd=unit.parent, capture_output=True).returncode != 0:
            sys.exit(f"unit_{room} does not build, or fails without any bug")
    if not units_only:
        if build("metricgate").returncode != 0:
            sys.exit("the program does not build without any bug")
        shutil.copy(TREE / "build" / "release" / "metricgate", WHOLE)


def caught_by(file, units_only):
    """The first test that fails; "" when none does, and "does not compile" where there is nothing to test."""
    room = room_of(file)
    unit = TREE / "build" / "release" / "tests" / f"unit_{room}"
    if build(f"unit_{room}").returncode != 0:
        return "does not compile"
    try:
        if subprocess.run([unit], cwd=unit.parent, capture_output=True, timeout=600).returncode != 0:
            return f"unit_{room}"
    except subprocess.TimeoutExpired:
        return f"unit_{room} (hangs)"
    if units_only:
        return ""
    if build("metricgate").returncode != 0:
        return "does not compile"
    binary = TREE / "build" / "release" / "metricgate"
    cases = golden_cases(pathlib.Path(file).stem)
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        for case, passed in zip(cases, pool.map(functools.partial(passes, binary), cases)):
            if not passed and passes(WHOLE, case):
                pool.shutdown(cancel_futures=True)
                return case.relative_to(TREE / "tests").as_posix()
    return ""


def room_of(file):
    return pathlib.Path(file).parts[1]


def try_mutant(mutant, units_only):
    path = TREE / mutant["file"]
    text = path.read_text()
    if text.count(mutant["from"]) != 1:
        return "stale: `from` does not stand there once"
    path.write_text(text.replace(mutant["from"], mutant["to"]))
    try:
        return caught_by(mutant["file"], units_only) or "survived"
    finally:
        path.write_text(text)


def known(path):
    if not path.exists():
        return {}
    with open(path, newline="") as file:
        return {(row["file"], row["bug"]): row["caught by"] for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="", help="mutants whose file or reason has this text")
    parser.add_argument("--every", type=int, default=1, help="each K-th one")
    parser.add_argument("--from", dest="first", type=int, default=0, help="begin at the N-th one")
    parser.add_argument("--units", action="store_true", help="no golden cases: what the unit tests alone catch")
    parser.add_argument("--result", type=pathlib.Path, default=HERE / "RESULT.tsv", help="where the answers go")
    parser.add_argument("--new", action="store_true", help="only those that the answers do not have as caught")
    options = parser.parse_args()
    mutants = yaml.safe_load((HERE / "mutants.yaml").read_text())
    answers = known(options.result)
    prepare()
    chosen = [m for m in mutants[options.first :: options.every] if options.only in m["file"] + m["why"]]
    if options.new:
        chosen = [m for m in chosen if not answers.get((m["file"], m["why"]), "").startswith(CAUGHT)]
    keep_whole(sorted({room_of(m["file"]) for m in chosen}), options.units)
    bad = 0
    for mutant in chosen:
        key = (mutant["file"], mutant["why"])
        answers[key] = try_mutant(mutant, options.units)
        bad += not answers[key].startswith(CAUGHT)
        print(f"{mutant['file']}: {mutant['why']}: {answers[key]}", flush=True)
        rows = [f"{m['file']}\t{m['why']}\t{answers[m['file'], m['why']]}\n" for m in mutants if (m["file"], m["why"]) in answers]
        options.result.write_text("file\tbug\tcaught by\n" + "".join(rows))
    if bad:
        sys.exit(f"{bad} mutants were not caught")


if __name__ == "__main__":
    os.environ.setdefault("CMAKE_BUILD_PARALLEL_LEVEL", "1")
    main()
