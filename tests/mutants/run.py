#!/usr/bin/env python3
"""Puts the deliberate bugs of mutants.yaml into the program, one at a time, and requires that a test fails: run.py [--only TEXT] [--every K] [--from N]

Works in a tree of its own, build/mutants, on the committed state. A bug is caught by the unit tests of its room, else by a golden case. The answers
go to RESULT.tsv, where those of mutants that were not run stay. A mutant costs a minute or two; all of them some hours.
"""
import argparse
import csv
import os
import pathlib
import subprocess
import sys

import yaml

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
TREE = ROOT / "build" / "mutants"
# Looked at first, because they catch most.
FIRST = ("fail-open", "waivers", "scalars", "policy", "degenerate", "methods", "equivalence", "slices", "drift", "metrics")


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
    if os.environ.get("CI"):
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


def golden_cases():
    found = [args.parent for args in (TREE / "tests" / "cases").rglob("args")]
    found = [case for case in found if not {"parquet", "arrow"} & set(case.parts)]
    rank = {name: position for position, name in enumerate(FIRST)}
    return sorted(found, key=lambda case: (rank.get(case.relative_to(TREE / "tests" / "cases").parts[0], len(FIRST)), case))


def caught_by(room, units_only):
    """The first test that fails; "" when none does, and "does not compile" where there is nothing to test."""
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
    for case in golden_cases():
        done = subprocess.run([sys.executable, TREE / "tests/cases/run_case.py", binary, case], capture_output=True)
        if done.returncode != 0:
            return case.relative_to(TREE / "tests").as_posix()
    return ""


def try_mutant(mutant, units_only):
    path = TREE / mutant["file"]
    text = path.read_text()
    if text.count(mutant["from"]) != 1:
        return "stale: `from` does not stand there once"
    path.write_text(text.replace(mutant["from"], mutant["to"]))
    try:
        return caught_by(pathlib.Path(mutant["file"]).parts[1], units_only) or "survived"
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
    bad = 0
    for mutant in chosen:
        key = (mutant["file"], mutant["why"])
        if options.new and answers.get(key, "survived") not in ("survived", "does not compile"):
            continue
        answers[key] = try_mutant(mutant, options.units)
        bad += answers[key] in ("survived", "does not compile") or answers[key].startswith("stale")
        print(f"{mutant['file']}: {mutant['why']}: {answers[key]}", flush=True)
        rows = [f"{m['file']}\t{m['why']}\t{answers[m['file'], m['why']]}\n" for m in mutants if (m["file"], m["why"]) in answers]
        options.result.write_text("file\tbug\tcaught by\n" + "".join(rows))
    if bad:
        sys.exit(f"{bad} mutants were not caught")


if __name__ == "__main__":
    os.environ.setdefault("CMAKE_BUILD_PARALLEL_LEVEL", "1")
    main()
