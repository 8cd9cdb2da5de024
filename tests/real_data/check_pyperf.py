#!/usr/bin/env python3
"""pyperf, list multiplication on three versions of Python: the ratios that `pyperf compare_to` prints, the one benchmark that it calls not
significant, and the geometric mean over benchmarks. The expected words are those of pyperf's own test of compare_to."""
import argparse
import json
import math
import pathlib
import sys

from gate import DATA, check, scratch

# pyperf/tests/test_perf_cli.py at ab7fd04d1aaf: ratio candidate / baseline, as "faster" or "slower" by a factor.
EXPECTED = {
    ("py36", "py37"): {"[1]*1000": 1 / 1.02, "[1,2]*1000": 1.42, "[1,2,3]*1000": 1.31},
    ("py36", "py38"): {"[1]*1000": None, "[1,2]*1000": 1 / 1.16, "[1,2,3]*1000": 1 / 1.11},
}
GEOMETRIC_MEAN = 1.22  # py36 -> py37, slower


def timings(version):
    document = json.loads((DATA / "pyperf_json" / f"mult_list_{version}.json").read_text())
    shared = document.get("metadata", {}).get("name")
    return {benchmark.get("metadata", {}).get("name", shared): [value for run in benchmark["runs"] for value in run.get("values", [])]
            for benchmark in document["benchmarks"]}


def printed(ratio):
    """As pyperf prints it: the larger factor with two decimals, cut as its own text has it, or rounded."""
    factor = ratio if ratio >= 1 else 1 / ratio
    return {round(factor, 2), math.floor(factor * 100) / 100}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--binary", required=True)
    binary = str(pathlib.Path(parser.parse_known_args()[0].binary).resolve())
    problems = []
    compared = 0
    with scratch() as name:
        folder = pathlib.Path(name)
        for (before, after), expected in EXPECTED.items():
            sides = {"baseline": timings(before), "candidate": timings(after)}
            names = sorted(expected)
            for side, values in sides.items():
                (folder / f"{side}.json").write_text(json.dumps({f"b{i}": values[n] for i, n in enumerate(names)}))
            policy = "version: 1\nmultiplicity: none\ninputs:\n  runs: {kind: metrics}\nchecks:\n" + "".join(
                f"  - {{id: b{i}, metric: {{name: b{i}, stat: geometric_mean, direction: lower, unit: s}}, margin: {{rel: 0.1%}}}}\n"
                for i in range(len(names)))
            report, _ = check(binary, folder, policy, "candidate.json", "--baseline", "baseline.json")
            ratios = []
            for benchmark, row in zip(names, report["checks"], strict=True):
                ratio = row["ratio"]
                ratios.append(ratio["estimate"])
                significant = ratio["lower"] > 1 or ratio["upper"] < 1
                wanted = expected[benchmark]
                compared += 1
                print(f"{before} -> {after} {benchmark:12s} {row['method']} {row['status']:12s} "
                      f"ratio {ratio['estimate']:.4f} [{ratio['lower']:.4f}, {ratio['upper']:.4f}]")
                if wanted is None:
                    agree = not significant
                else:
                    factor = max(wanted, 1 / wanted)
                    agree = significant and (ratio["estimate"] > 1) == (wanted > 1) and any(
                        math.isclose(factor, each, abs_tol=1e-9) for each in printed(ratio["estimate"]))
                    agree = agree and (row["status"] == "regressed") == (wanted > 1)
                if not agree:
                    problems.append(f"{before} -> {after} {benchmark}: pyperf says {wanted}")
            # The same over benchmarks: one row a benchmark, its mean time on both sides.
            lines = ["name,before,after"] + [
                f"b{i},{math.fsum(sides['baseline'][n]) / len(sides['baseline'][n])!r},{math.fsum(sides['candidate'][n]) / len(sides['candidate'][n])!r}"
                for i, n in enumerate(names)]
            (folder / "means.csv").write_text("\n".join(lines) + "\n")
            overall, _ = check(binary, folder, """version: 1
inputs:
  means: {path: means.csv, columns: {id: name, seconds: {baseline: before, candidate: after}}}
checks:
  - {id: overall, metric: {name: seconds, stat: geometric_mean, direction: lower, unit: s}, margin: {rel: 5%}, min_examples: 3}
""")
            ratio = overall["checks"][0]["ratio"]["estimate"]
            print(f"{before} -> {after} geometric mean of the ratios {ratio:.4f}")
            if (before, after) == ("py36", "py37") and GEOMETRIC_MEAN not in printed(ratio):
                problems.append(f"geometric mean {ratio}, pyperf says {GEOMETRIC_MEAN}")
    for problem in problems:
        print(problem)
    sys.exit(1 if problems or compared != 6 else 0)


main()
