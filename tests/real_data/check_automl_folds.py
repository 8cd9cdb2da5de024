#!/usr/bin/env python3
"""OpenML AutoML benchmark: 16 tasks on 10 folds, paired by fold, with the variance corrected for the training data that folds share. The corrected
interval is computed here once more; the constant predictor must lose everywhere, and higher is better on some tasks and worse on others. A fold whose
run failed is an error that names its row: it is not 0, and a file without it does not pass for a whole one."""
import argparse
import csv
import math
import pathlib
import statistics
import sys

from gate import DATA, check, scratch

FOLDER = DATA / "automl_benchmark"
FOLDS = 10
T_95_WITH_9 = 1.833112932656237  # Student's t, 0.95 quantile, 9 degrees of freedom (scipy 1.17)
POLICY = """version: 1
inputs:
  folds: {{kind: samples, pair_by: id, run_id: fold, fold_test_share: 0.1{settings}}}
checks:
  - {{id: result, metric: {{name: result, stat: mean, direction: {direction}}}, margin: {{abs: 0.01}}}}
"""
WHOLE = f", runs: {FOLDS}"


def read_runs():
    """Rows by (task, framework) in the order of the files, which is no order of folds."""
    runs = {}
    for name in ("results_small-8c4h.csv", "results_small-8c4h_ref.csv"):
        with open(FOLDER / name, newline="") as file:
            for row in csv.DictReader(file):
                runs.setdefault((row["task"], row["framework"]), []).append(row)
    return runs


def write(path, rows):
    path.write_text("fold,result\n" + "".join(f"{row['fold']},{row['result']}\n" for row in rows))


def expected_interval(baseline, candidate, orientation):
    before = {row["fold"]: float(row["result"]) for row in baseline}
    differences = [orientation * (float(row["result"]) - before[row["fold"]]) for row in candidate]
    mean = statistics.fmean(differences)
    # Nadeau and Bengio 2003: folds test on 1 part and train on 9.
    reach = T_95_WITH_9 * statistics.stdev(differences) * math.sqrt(1 / FOLDS + 1 / 9)
    return mean - reach, mean + reach


class Judge:
    def __init__(self, binary, folder):
        self.binary, self.folder = binary, folder

    def __call__(self, baseline, candidate, direction="higher", settings=WHOLE):
        write(self.folder / "baseline.csv", baseline)
        write(self.folder / "candidate.csv", candidate)
        report, code = check(self.binary, self.folder, POLICY.format(settings=settings, direction=direction),
                             "candidate.csv", "--baseline", "baseline.csv")
        return report["checks"][0], code


def compare_whole(judge, runs, tasks, problems):
    compared = 0
    for task in tasks:
        forest = runs[task, "RandomForest"]
        direction = "higher" if forest[0]["auc"] else "lower"
        for framework in ("constantpredictor_enc", "TunedRandomForest", "autosklearn", "H2OAutoML"):
            candidate = runs[task, framework]
            row, code = judge(forest, candidate, direction)
            low, high = expected_interval(forest, candidate, 1 if direction == "higher" else -1)
            near = all(math.isclose(found, wanted, rel_tol=1e-9, abs_tol=1e-12)
                       for found, wanted in ((row["interval"]["lower"], low), (row["interval"]["upper"], high)))
            if row["method"] != "corrected_t" or row["n"] != FOLDS or not near:
                problems.append(f"{task} {framework}: {row['method']}, n {row['n']}, {row['interval']}, expected [{low}, {high}]")
            lost = framework == "constantpredictor_enc"
            if lost and (row["status"], code) != ("regressed", 1):
                problems.append(f"{task}: the constant predictor is {row['status']}, exit {code}")
            compared += 1
    return compared


def compare_failed(judge, runs, problems):
    failed = 0
    for (task, framework), rows in sorted(runs.items()):
        whole = [row for row in rows if row["result"]]
        if len(whole) == len(rows):
            continue
        failed += 1
        direction = "higher" if runs[task, "RandomForest"][0]["auc"] else "lower"
        forest = runs[task, "RandomForest"]
        # The header is line 1.
        first = next(i for i, row in enumerate(rows) if not row["result"]) + 2
        for side, baseline, candidate in (("candidate", forest, rows), ("baseline", rows, forest)):
            row, code = judge(baseline, candidate, direction)
            if (row["status"], code) != ("error", 2) or f"{side}.csv:{first}:" not in row["reason"]:
                problems.append(f"{task} {framework}, failed runs in the {side}: {row['status']}, exit {code}: {row['reason']}")
        # The rows left out, on one side, and the same ones on both.
        for what, settings, baseline in (("with `runs`", WHOLE, forest), ("without `runs`", "", forest), ("on both sides", WHOLE, whole)):
            try:
                row, code = judge(baseline, whole, direction, settings)
            except RuntimeError as refusal:
                if whole or "no rows" not in str(refusal) or "could_not_judge" not in str(refusal):
                    problems.append(f"{task} {framework}, failed runs left out {what}: {refusal}")
                continue
            if row["status"] != "incomparable" or code != 1:
                problems.append(f"{task} {framework}, failed runs left out {what}: {row['status']}, exit {code}: {row['reason']}")
        print(f"{task} {framework}: {len(rows) - len(whole)} of {len(rows)} folds failed")
    return failed


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--binary", required=True)
    binary = str(pathlib.Path(parser.parse_known_args()[0].binary).resolve())
    runs = read_runs()
    tasks = sorted({task for task, _ in runs})
    problems = []
    with scratch() as name:
        judge = Judge(binary, pathlib.Path(name))
        compared = compare_whole(judge, runs, tasks, problems)
        failed = compare_failed(judge, runs, problems)
    print(f"{compared} comparisons on {len(tasks)} tasks, {failed} with failed folds, {len(problems)} problems")
    for problem in problems:
        print(problem)
    sys.exit(1 if problems or compared != 64 or failed < 5 else 0)


main()
