#!/usr/bin/env python3
"""BERT, 100 seeds of one model: 1,000 draws of 5 seeds against 5 others. The model is the same, so `regressed` must not be more frequent
than the stated 5 %, for the quiet metric and for the wild one. Prints the share per metric."""
import argparse
import csv
import json
import math
import pathlib
import random
import sys

from gate import DATA, check, scratch

DRAWS = 1000
STATED = 0.05


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--binary", required=True)
    binary = str(pathlib.Path(parser.parse_known_args()[0].binary).resolve())
    with open(DATA / "bert_100_seeds" / "accuracies_by_run.csv", newline="") as file:
        runs = list(csv.DictReader(file))
    metrics = [name for name in runs[0] if name != "Run"]
    # A margin next to nothing: every false claim of a drop counts.
    policy = "version: 1\nmultiplicity: none\ninputs:\n  runs: {kind: metrics}\nchecks:\n" + "".join(
        f"  - {{id: m{i}, metric: {{name: m{i}, stat: mean, direction: higher}}, margin: {{abs: 0.000001}}}}\n"
        for i in range(len(metrics)))
    regressed = [0] * len(metrics)
    judged = 0
    generator = random.Random(20261120)
    with scratch() as name:
        folder = pathlib.Path(name)
        for _ in range(DRAWS):
            drawn = generator.sample(runs, 10)
            for side, chosen in (("candidate", drawn[:5]), ("baseline", drawn[5:])):
                values = {f"m{i}": [float(run[metric]) for run in chosen] for i, metric in enumerate(metrics)}
                (folder / f"{side}.json").write_text(json.dumps(values))
            report, _ = check(binary, folder, policy, "candidate.json", "--baseline", "baseline.json")
            judged += sum(row["status"] in ("pass", "regressed", "inconclusive") and row["method"] == "welch" for row in report["checks"])
            hit = [row["status"] == "regressed" for row in report["checks"]]
            regressed = [count + is_hit for count, is_hit in zip(regressed, hit)]
    # Draws share seeds, so the bound is that of the binomial with three standard deviations.
    allowed = STATED + 3 * math.sqrt(STATED * (1 - STATED) / DRAWS)
    worst = max(regressed) / DRAWS
    for metric, count in zip(metrics, regressed):
        print(f"{metric:36s} {100 * count / DRAWS:5.1f} % regressed")
    print(f"{DRAWS} draws, {len(metrics)} metrics, mean {100 * sum(regressed) / len(metrics) / DRAWS:.2f} %, "
          f"worst {100 * worst:.1f} %, stated {100 * STATED:.0f} % (allowed {100 * allowed:.1f} %)")
    print(f"{judged} of {DRAWS * len(metrics)} rows judged by Welch's t")
    # A share of 0 everywhere would mean that nothing was judged, not that nothing is noisy.
    sys.exit(0 if worst <= allowed and judged == DRAWS * len(metrics) and sum(regressed) > 0 else 1)


main()
