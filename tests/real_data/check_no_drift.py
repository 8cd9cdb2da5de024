#!/usr/bin/env python3
"""No drift: the California reference split at random into two halves, again and again. The usual limits (PSI 0.2, KS 0.1) never alarm, and
about 5 % of the sizes lie beyond the 95 % noise level. Of 120 rows a side no such limit can be policed, and none passes."""
import argparse
import csv
import gzip
import math
import pathlib
import random
import sys

from gate import DATA, check, scratch

SPLITS = 100
STATED = 0.05
COLUMNS = ["MedInc", "HouseAge", "AveRooms", "AveBedrms", "Population", "AveOccup", "Latitude", "Longitude", "y_pred_proba"]
POLICY = f"""version: 1
inputs:
  rows: {{kind: samples}}
checks:
  - {{id: psi, metric: csi, of: [{", ".join(COLUMNS)}], max: 0.2}}
  - {{id: ks, metric: ks_drift, of: [{", ".join(COLUMNS)}], max: 0.1}}
"""


def write(path, header, rows):
    with open(path, "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def run(binary, folder, header, rows, size):
    write(folder / "baseline.csv", header, rows[:size])
    write(folder / "candidate.csv", header, rows[size:2 * size])
    report, _ = check(binary, folder, POLICY, "candidate.csv", "--baseline", "baseline.csv")
    return report["checks"]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--binary", required=True)
    binary = str(pathlib.Path(parser.parse_known_args()[0].binary).resolve())
    with gzip.open(DATA / "drift_california_housing" / "reference.csv.gz", "rt", newline="") as file:
        header, *rows = list(csv.reader(file))
    generator = random.Random(20261125)
    problems = []
    with scratch() as name:
        folder = pathlib.Path(name)
        for size, wanted in ((len(rows) // 2, {"pass"}), (120, {"inconclusive", "violated"})):
            counts, beyond = {}, {"psi": 0, "ks": 0}
            for _ in range(SPLITS):
                generator.shuffle(rows)
                for row in run(binary, folder, header, rows, size):
                    counts[row["id"], row["status"]] = counts.get((row["id"], row["status"]), 0) + 1
                    beyond[row["id"]] += row["candidate"] > row["noise"]["level"]
            judged = SPLITS * len(COLUMNS)
            # The columns of a split go together, so the bound counts splits, not values.
            allowed = STATED + 3 * math.sqrt(STATED * (1 - STATED) / SPLITS)
            for kind, count in beyond.items():
                print(f"{size} rows a side: {100 * count / judged:.1f} % of {kind} beyond the noise level "
                      f"(stated {100 * STATED:.0f} %, allowed {100 * allowed:.1f} %)")
                if count / judged > allowed or (kind == "psi" and count == 0):
                    problems.append(f"{size} rows: {count} of {judged} {kind} beyond the noise level")
            for (kind, status), count in sorted(counts.items()):
                print(f"{size} rows a side: {kind} {status} {count}")
                if status not in wanted or (status == "violated" and count / judged > allowed):
                    problems.append(f"{size} rows: {count} of {judged} {kind} are {status}")
    for problem in problems:
        print(problem)
    print(f"{2 * SPLITS} splits, {len(problems)} problems")
    sys.exit(1 if problems else 0)


main()
