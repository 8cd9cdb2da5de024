#!/usr/bin/env python3
"""Whole runs measured in one sitting: bench/run.py [--binary PATH] [--python PATH] [--rounds N]

1. CPU time of a run on 10,000 paired rows of CSV, against importing pandas, scipy.stats and sklearn.metrics in `--python` (skipped, and
   said, when that interpreter lacks them). The two take turns; the ratio of the medians is the result, seconds are orientation.
2. Memory of a run on 1,000,000 paired rows: peak resident size less the same at 10,000 rows, less the file, a row.
Both with one file for both sides and with two files of the same order.
"""
import argparse
import os
import pathlib
import random
import statistics
import subprocess
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
PEER = "import pandas, scipy.stats, sklearn.metrics"
ONE_FILE = """version: 1
inputs:
  eval:
    path: both.csv
    columns: {id: id, label: label, score: {candidate: candidate, baseline: baseline}}
    threshold: 0.5
"""
TWO_FILES = """version: 1
inputs:
  eval:
    columns: {id: id, label: label, score: score}
    threshold: 0.5
"""
CHECKS = """checks:
  - {id: accuracy, metric: accuracy, margin: {abs: 0.01}}
  - {id: auc, metric: roc_auc, margin: {abs: 0.01}}
  - {id: f1, metric: f1, margin: {abs: 0.01}}
  - {id: recall, metric: recall, margin: {abs: 0.01}}
  - {id: brier, metric: brier_score, margin: {abs: 0.01}}
"""


def make_files(folder, rows):
    """A third of the examples positive, two correlated scores with six digits."""
    generator = random.Random(1)
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / "both.csv", "w") as both, open(folder / "baseline.csv", "w") as baseline, open(folder / "candidate.csv", "w") as candidate:
        both.write("id,label,baseline,candidate\n")
        baseline.write("id,label,score\n")
        candidate.write("id,label,score\n")
        for i in range(rows):
            label = 1 if generator.random() < 0.3 else 0
            common = generator.gauss(1.2 if label else 0.0, 1.0)
            scores = [1 / (1 + 2.718281828 ** -(common + generator.gauss(-0.6, 0.4))) for _ in range(2)]
            both.write(f"{i},{label},{scores[0]:.6f},{scores[1]:.6f}\n")
            baseline.write(f"{i},{label},{scores[0]:.6f}\n")
            candidate.write(f"{i},{label},{scores[1]:.6f}\n")
    (folder / "one.yaml").write_text(ONE_FILE + CHECKS)
    (folder / "two.yaml").write_text(TWO_FILES + CHECKS)


def run(command, folder):
    """CPU seconds and peak resident bytes of one whole process."""
    with open(os.devnull, "w") as sink:
        process = subprocess.Popen(command, cwd=folder, stdout=sink, stderr=sink)
        _, status, usage = os.wait4(process.pid, 0)
    code = os.waitstatus_to_exitcode(status)
    if code not in (0, 1, 3):
        raise SystemExit(f"{' '.join(map(str, command))} ended with {code}")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--binary", default=ROOT / "build" / "release" / "metricgate")
    parser.add_argument("--python", default="python3")
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    binary = str(pathlib.Path(options.binary).resolve())
    commands = {
        "one file": [binary, "check", "-p", "one.yaml", "--report", "json"],
        "two files": [binary, "check", "candidate.csv", "--baseline", "baseline.csv", "-p", "two.yaml", "--report", "json"],
    }
    files = {"one file": ["both.csv"], "two files": ["baseline.csv", "candidate.csv"]}
    peer = [options.python, "-c", PEER]
    has_peer = subprocess.run(peer, capture_output=True).returncode == 0
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        small, large = folder / "small", folder / "large"
        make_files(small, 10_000)
        make_files(large, 1_000_000)
        for kind, command in commands.items():
            own, other = [], []
            for _ in range(options.rounds):
                own.append(run(command, small)[0])
                if has_peer:
                    other.append(run(peer, small)[0])
            line = f"10,000 rows, {kind}: {statistics.median(own):.3f} s CPU"
            if has_peer:
                line += f"; importing pandas, scipy, scikit-learn: {statistics.median(other):.3f} s; ratio 1/{statistics.median(other) / statistics.median(own):.0f}"
            else:
                line += f"; peer skipped: {options.python} lacks pandas, scipy or scikit-learn"
            print(line)
        for kind, command in commands.items():
            _, base = run(command, small)
            seconds, peak = run(command, large)
            size = sum((large / each).stat().st_size for each in files[kind])
            small_size = sum((small / each).stat().st_size for each in files[kind])
            per_row = ((peak - size) - (base - small_size)) / (1_000_000 - 10_000)
            print(f"1,000,000 rows, {kind}: {seconds:.2f} s CPU, peak {peak / 2**20:.0f} MiB, files {size / 2**20:.0f} MiB, "
                  f"at 10,000 rows {base / 2**20:.0f} MiB: {per_row:.1f} bytes a row beside the files")


main()
