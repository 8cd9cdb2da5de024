#!/usr/bin/env python3
"""California housing, reference against analysis: the published KS distance, its p and PSI of every column are reproduced, and the limits
tell a small but significant shift (MedInc, p 2e-14, PSI 0.04) from a real one (Latitude)."""
import argparse
import json
import math
import pathlib
import shutil
import sys

from gate import DATA, check, scratch

UNMOVED = {"AveBedrms", "Population"}
SMALL = {"MedInc", "HouseAge", "AveRooms", "AveOccup"}  # significant at any level, and of no importance
MOVED = {"Latitude", "Longitude", "y_pred_proba"}
POLICY = """version: 1
inputs:
  rows: {{kind: samples}}
checks:
  - {{id: psi, metric: {{name: csi, add_share: 0.0001, closed: left}}, of: [{columns}], max: 0.2}}
  - {{id: ks, metric: ks_drift, of: [{columns}], max: 0.1}}
"""


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--binary", required=True)
    binary = str(pathlib.Path(parser.parse_known_args()[0].binary).resolve())
    source = DATA / "drift_california_housing"
    expected = json.loads((source / "expected_drift.json").read_text())["reference_vs_analysis"]
    problems, compared = [], 0
    with scratch() as name:
        folder = pathlib.Path(name)
        for file in ("reference.csv.gz", "analysis.csv.gz"):
            shutil.copy(source / file, folder)
        report, code = check(binary, folder, POLICY.format(columns=", ".join(expected)), "analysis.csv.gz",
                             "--baseline", "reference.csv.gz")
    if code != 1:
        problems.append(f"exit code {code}, wanted 1")
    rows = {(row["id"], row["slice"]["column"]): row for row in report["checks"]}
    for column, known in expected.items():
        psi, ks = rows["psi", column], rows["ks", column]
        for what, own, wanted in (("PSI", psi["candidate"], known["psi_10_quantile_bins_eps1e_4"]), ("KS", ks["candidate"], known["ks"]),
                                  ("KS p", ks["noise"]["p"], known["ks_p"])):
            compared += 1
            if not math.isclose(own, wanted, rel_tol=1e-9, abs_tol=1e-300):
                problems.append(f"{column}: {what} {own}, expected {wanted}")
        for row in (psi, ks):
            wanted = "violated" if column in MOVED else "pass"
            if row["status"] != wanted:
                problems.append(f"{column}: {row['id']} is {row['status']}, wanted {wanted}: {row['reason']}")
            beyond_noise = row["candidate"] > row["noise"]["level"]
            if beyond_noise == (column in UNMOVED):
                problems.append(f"{column}: {row['id']} {row['candidate']} against the noise level {row['noise']['level']}")
        print(f"{column:14s} PSI {psi['candidate']:.4f} (noise {psi['noise']['level']:.4f}) KS {ks['candidate']:.4f} "
              f"(noise {ks['noise']['level']:.4f}) p {ks['noise']['p']:.2g}: {psi['status']}, {ks['status']}")
    for problem in problems:
        print(problem)
    print(f"{compared} values of {len(expected)} columns, {len(problems)} problems")
    sys.exit(1 if problems or set(expected) != UNMOVED | SMALL | MOVED else 0)


main()
