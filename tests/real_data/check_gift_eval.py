#!/usr/bin/env python3
"""GIFT-Eval, 97 forecasting tasks on different scales: geometric means of the ratios to seasonal_naive and their intervals agree with SciPy,
and the one diverged task of auto_ets (WQL 2.6e24), which makes the plain mean useless, does not hide that every better model is better."""
import argparse
import csv
import math
import pathlib
import shutil
import sys

from gate import DATA, check, scratch

FOLDER = DATA / "gift_eval_forecasting"
NAIVE = "seasonal_naive"


def policy_of(metric, pairs, stat):
    relative = f", relative_to: {NAIVE}" if stat == "geometric_mean" else ""
    lines = ["version: 1", "multiplicity: none", "inputs:"]
    for i, (baseline, candidate) in enumerate(pairs):
        lines.append(f"  i{i}: {{path: {metric}.csv, columns: {{id: dataset, {metric}_value: {{candidate: {candidate}, baseline: {baseline}}}}}}}")
    margin = "{rel: 1%}" if relative else "{abs: 0.01}"
    lines.append("checks:")
    for i, _ in enumerate(pairs):
        lines.append(f"  - {{id: c{i}, input: i{i}, metric: {{name: {metric}_value, stat: {stat}, direction: lower{relative}}}, margin: {margin}}}")
    return "\n".join(lines) + "\n"


def close(found, wanted):
    return found is not None and math.isclose(found, wanted, rel_tol=1e-9)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--binary", required=True)
    binary = str(pathlib.Path(parser.parse_known_args()[0].binary).resolve())
    with open(FOLDER / "expected_geometric_means.csv", newline="") as file:
        expected = list(csv.DictReader(file))
    problems = []
    compared = 0
    with scratch() as name:
        folder = pathlib.Path(name)
        for metric in ("mase", "wql"):
            shutil.copy(FOLDER / f"{metric}.csv", folder)
            rows = [row for row in expected if row["metric"] == metric]
            report, _ = check(binary, folder, policy_of(metric, [(row["baseline"], row["candidate"]) for row in rows], "geometric_mean"))
            for wanted, found in zip(rows, report["checks"], strict=True):
                pair = f"{metric} {wanted['baseline']} -> {wanted['candidate']}"
                ratio = found.get("ratio", {})
                compared += 1
                agree = (found["method"] == "log_ratio" and found["n"] == int(wanted["n"])
                         and close(found["baseline"], float(wanted["baseline_relative_to_naive"]))
                         and close(found["candidate"], float(wanted["candidate_relative_to_naive"]))
                         and close(ratio.get("estimate"), float(wanted["ratio"]))
                         and close(ratio.get("lower"), float(wanted["ratio_lower"]))
                         and close(ratio.get("upper"), float(wanted["ratio_upper"])))
                if not agree:
                    problems.append(f"{pair}: {found['status']}, {found['candidate']}, {ratio}; SciPy: {wanted}")
                worse = float(wanted["ratio_lower"]) > 1.0 and float(wanted["ratio"]) > 1.01
                better = float(wanted["ratio_upper"]) < 1.0
                if (found["status"] == "regressed") != worse or (better and found["status"] != "pass"):
                    problems.append(f"{pair}: {found['status']}, ratio {wanted['ratio']} [{wanted['ratio_lower']}, {wanted['ratio_upper']}]")
        trap = [("auto_ets", "TiRex"), ("auto_ets", "auto_theta")]
        plain, _ = check(binary, folder, policy_of("wql", trap, "mean"))
        ratios, _ = check(binary, folder, policy_of("wql", trap, "geometric_mean"))
        for pair, mean, geometric in zip(trap, plain["checks"], ratios["checks"], strict=True):
            print(f"wql {pair[0]} -> {pair[1]}: plain means {mean['status']}, change {mean['delta']:.3g} "
                  f"[{mean['interval']['lower']:.3g}, {mean['interval']['upper']:.3g}]; geometric means {geometric['status']}, "
                  f"ratio {geometric['ratio']['estimate']:.4f} [{geometric['ratio']['lower']:.4f}, {geometric['ratio']['upper']:.4f}]")
            improved = any(note["code"] == "improved" for note in geometric["notes"])
            if any(note["code"] == "improved" for note in mean["notes"]) or geometric["status"] != "pass" or not improved:
                problems.append(f"the diverged task of auto_ets: {pair}")
    print(f"{compared} pairs compared with SciPy, {len(problems)} problems")
    for problem in problems:
        print(problem)
    sys.exit(1 if problems or compared < 60 else 0)


main()
