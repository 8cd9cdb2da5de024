#!/usr/bin/env python3
"""`history --gate --chart X` and a policy with `chart: X` hold one history against one chart: limits, what was charted, broken rules
and answer are the same, whatever the history holds: attempts, an old commit measured again, new data, standard errors, an outlier among
the first points, values that never moved, a NaN, too few points, an accepted step."""

import argparse
import json
import pathlib
import random
import subprocess
import sys
import tempfile

CHARTS = [
    "{type: individuals}",
    "{type: individuals, rules: nelson, sides: both}",
    "{type: cusum}",
    "{type: cusum, decision: 4, sides: both, limits_from: 25}",
    "{type: ewma, weight: 0.2, width: 2.9}",
    "{type: moving_average, span: 4, sigma_floor: 0.004}",
    "{type: cusum, accepted: [{key: v30, reason: smaller}]}",
]
NUMBERS = ["center", "sigma", "statistic", "lower", "upper"]
# What `check` says of the row, and how `history --gate` ends.
EXIT = {"pass": 0, "violated": 1, "inconclusive": 2, "error": 2}


def row(i, value, commit=None, digest="d1", error=""):
    return [f"v{i}", commit or f"{i:07d}aa", repr(value), digest, error]


def histories():
    draw = random.Random(7)
    noise = [0.9 + draw.gauss(0, 0.005) for _ in range(60)]
    steady = [row(i, value) for i, value in enumerate(noise)]
    yield "steady", steady
    yield "declining", [row(i, value - 0.003 * max(0, i - 40)) for i, value in enumerate(noise)]
    yield "jump", [row(i, value + (0.1 if i == 59 else 0)) for i, value in enumerate(noise)]
    yield "attempts", steady[:40] + [row(40, 0.85, "0000040aa"), row(41, 0.91, "0000040aa"), row(42, 0.86, "0000040aa")]
    yield "measured again", steady + [row(60, 0.7, "0000005aa")]
    yield "new data", [row(i, value, digest="d1" if i < 25 else "d2") for i, value in enumerate(noise)]
    yield "data not always said", [row(i, value, digest=("d1", "", "d2")[i // 20]) for i, value in enumerate(noise)]
    yield "errors", [row(i, value, error="0.004" if i % 3 else "0.012") for i, value in enumerate(noise)]
    yield "errors end", [row(i, value, error="0.004" if i < 50 else "") for i, value in enumerate(noise)]
    yield "outlier", [row(i, value - (0.3 if i == 4 else 0)) for i, value in enumerate(noise)]
    yield "never moved", [row(i, 0.9) for i in range(40)] + [row(40, 0.89)]
    yield "too few", steady[:15]
    yield "not a number", steady[:30] + [row(30, float("nan"))] + steady[31:]


def run(binary, folder, *arguments):
    return subprocess.run([binary, *arguments], cwd=folder, capture_output=True, text=True, check=False)


def compare(binary, folder):
    """The statuses of all charts, and what differs, as text."""
    checks = "".join(f"  - {{id: c{i}, metric: accuracy, input: hist, chart: {chart}}}\n" for i, chart in enumerate(CHARTS))
    (folder / "policy.yaml").write_text("version: 1\ninputs:\n  hist: {kind: history, from: file, path: history.csv, key: version}\n"
                                        "checks:\n" + checks, encoding="utf-8")
    run(binary, folder, "check", "-p", "policy.yaml", "--report", "json=check.json")
    checked = json.loads((folder / "check.json").read_text(encoding="utf-8"))["checks"]
    asked = [word for chart in CHARTS for word in ("--chart", chart)]
    shown = run(binary, folder, "history", "--from", "file", "--path", "history.csv", "--key", "version", "--gate", *asked,
                "--report", "json=history.json", "accuracy")
    metric = json.loads((folder / "history.json").read_text(encoding="utf-8"))["metrics"][0]
    statuses = [each["status"] for each in checked]
    wrong = []
    ends = {EXIT[status] for status in statuses}
    if shown.returncode != (1 if 1 in ends else max(ends)):
        wrong.append(f"check says {statuses}, history --gate ends with {shown.returncode}: {shown.stderr}")
    for chart, each, drawn in zip(CHARTS, checked, metric["charts"], strict=True):
        if each["status"] not in ("pass", "violated"):
            continue
        charted = each["chart"]
        wrong += [f"{chart}, {name}: {charted[name]} and {drawn[name]}" for name in NUMBERS if charted[name] != drawn[name]]
        if charted["broken"] != drawn["broken"] or charted["run_length"] != drawn["run_length"]:
            wrong.append(f"{chart}: {charted['broken']} and {drawn['broken']}, or run lengths differ")
    broken = [rule for each in checked if each["status"] == "violated" for rule in each["chart"]["broken"]]
    rungs = [rung["rule"] for rung in metric["measurements"][-1]["rules"]]
    if rungs != broken and "error" not in statuses:
        wrong.append(f"the newest measurement shows {rungs}, check {broken}")
    return statuses, wrong


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--binary", required=True)
    parser.add_argument("--root")
    parser.add_argument("--compiler")
    options = parser.parse_args()
    binary = str(pathlib.Path(options.binary).resolve())
    failures, seen = [], set()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for called, rows in histories():
            lines = ["version,commit,accuracy,data_digest,accuracy_stderr", *(",".join(each) for each in rows)]
            if not any(each[4] for each in rows):
                lines = [line.rsplit(",", 1)[0] for line in lines]
            (folder / "history.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
            statuses, wrong = compare(binary, folder)
            seen.update(statuses)
            failures += [f"{called}: {each}" for each in wrong]
    if seen != set(EXIT):
        failures.append(f"only {sorted(seen)} were seen, of {sorted(EXIT)}")
    for failure in failures:
        print(failure)
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
