#!/usr/bin/env python3
"""Every deliberate bug of tests/mutants has its place in the program, once, and `scripts/mutants` has seen a test catch it."""
import argparse
import csv
import pathlib
import sys

import yaml


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--root", type=pathlib.Path, required=True)
    root = parser.parse_known_args()[0].root
    folder = root / "tests" / "mutants"
    with open(folder / "RESULT.tsv", newline="") as file:
        answers = {(row["file"], row["bug"]): row["caught by"] for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)}
    wrong = []
    mutants = yaml.safe_load((folder / "mutants.yaml").read_text())
    for mutant in mutants:
        name = f"{mutant['file']}: {mutant['why']}"
        path = root / mutant["file"]
        places = path.read_text().count(mutant["from"]) if path.is_file() else 0
        if places != 1:
            wrong.append(f"{name}: `from` stands there {places} times, wanted once; write in mutants.yaml what stands there now")
        answer = answers.pop((mutant["file"], mutant["why"]), "not run")
        test = answer.split(" ")[0]
        place = "unit/" + test.removeprefix("unit_") if test.startswith("unit_") else f"{test}/args"
        if not (folder.parent / place).exists():
            wrong.append(f"{name}: {answer}; run scripts/mutants --new, and write the test that catches it")
    wrong += [f"{file}: {bug}: stands in RESULT.tsv and not in mutants.yaml" for file, bug in answers]
    for line in wrong:
        print(line)
    print(f"{len(mutants)} deliberate bugs, {len(wrong)} findings")
    sys.exit(1 if wrong or not mutants else 0)


main()
