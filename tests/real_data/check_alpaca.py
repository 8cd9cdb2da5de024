#!/usr/bin/env python3
"""AlpacaEval: mean and standard error of every model agree with the published leaderboard within 0.01, and paired differences
with SciPy's (expected_pairs.csv). Two models with identical judgements are said to be identical."""
import argparse
import csv
import math
import pathlib
import shutil
import sys

from gate import DATA, check, scratch

POLICY = """version: 1
inputs:
  eval:
    path: preferences.csv
    columns: {{id: example_id, win: {{candidate: "{candidate}", baseline: "{baseline}"}}}}
    on_missing_value: drop
    min_overlap: 0.9
checks:
  - {{id: win-rate, metric: {{name: win, stat: mean, direction: higher}}, margin: {{abs: 0.01}}, max: {{value: 3, using: upper}}}}
"""


def t_quantile_95(df):
    """Cornish-Fisher expansion of Student's t about the normal; better than 1e-6 from 100 degrees of freedom."""
    z = 1.6448536269514722
    return z + (z**3 + z) / (4 * df) + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * df**2)


def rows(path):
    with open(path, newline="") as file:
        return list(csv.DictReader(file))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--binary", required=True)
    binary = str(pathlib.Path(parser.parse_known_args()[0].binary).resolve())
    problems, models, pairs, identical = [], 0, 0, 0
    for version in ("alpaca_eval_v1_binary", "alpaca_eval_v2_weighted"):
        with scratch() as name:
            folder = pathlib.Path(name)
            shutil.copy(DATA / version / "preferences.csv", folder)
            for row in rows(DATA / version / "published_leaderboard.csv"):
                model = row["model"]
                report, _ = check(binary, folder, POLICY.format(candidate=model, baseline=model), "--allow-identical")
                result = report["checks"][0]
                rate = (result["candidate"] - 1) * 100
                published_error = float(row["standard_error"])
                own = result["candidate_interval"]
                if own is None and published_error != 0:
                    problems.append(f"{version} {model}: no interval, published error {published_error}")
                    continue
                # A constant has no interval: a standard error of 0 is not certainty.
                half_width = 0.0 if own is None else min(own["upper"] - result["candidate"], result["candidate"] - own["lower"])  # skewness widens one end
                error = 100 * half_width / t_quantile_95(result["n"] - 1)
                models += 1
                if abs(rate - float(row["win_rate"])) > 0.01 or abs(error - published_error) > 0.01:
                    problems.append(f"{version} {model}: {rate} +- {error}, published {row['win_rate']} +- {published_error}")
            for row in rows(DATA / version / "expected_pairs.csv"):
                report, code = check(binary, folder, POLICY.format(candidate=row["candidate"], baseline=row["baseline"]))
                result = report["checks"][0]
                pairs += 1
                where = f"{version} {row['baseline']} -> {row['candidate']}"
                if result["n"] != int(row["n_pairs"]):
                    problems.append(f"{where}: n {result['n']}, expected {row['n_pairs']}")
                if not math.isclose(result["delta"], float(row["mean_diff_cand_minus_base"]), rel_tol=1e-6, abs_tol=1e-9):
                    problems.append(f"{where}: delta {result['delta']}, expected {row['mean_diff_cand_minus_base']}")
                if float(row["se_paired"]) == 0:
                    identical += 1
                    if not result["identical"] or "identical" not in result["reason"] or code != 0:
                        problems.append(f"{where}: equal judgements are not said to be identical: {result['reason']}")
                elif not math.isclose(result["standard_error"], float(row["se_paired"]), rel_tol=1e-6):
                    problems.append(f"{where}: se {result['standard_error']}, expected {row['se_paired']}")
    for problem in problems:
        print(problem)
    print(f"{models} models and {pairs} pairs, {identical} identical, {len(problems)} problems")
    sys.exit(1 if problems or models != 59 or identical < 1 else 0)


main()
