#!/usr/bin/env python3
"""Go benchmarks with the answers that benchstat printed: the medians of all, and for old.txt and new.txt the change, Mann and Whitney's p and
whether the change is real. The benchmark text is turned into a metric file here; reading it is not what is tested."""
import argparse
import csv
import json
import pathlib
import re
import sys

from gate import DATA, check, scratch

FOLDER = DATA / "go_benchmarks"
SCALE = {"n": 1e-9, "µ": 1e-6, "m": 1e-3, "": 1.0}


def timings(name):
    """Seconds per operation by benchmark."""
    runs = {}
    for line in (FOLDER / name).read_text().splitlines():
        found = re.match(r"Benchmark(\S+)\s+\d+\s+([0-9.]+) ns/op", line)
        if found:
            runs.setdefault(found[1], []).append(float(found[2]) * 1e-9)
    return runs


def printed_medians():
    """What benchstat shows for each file: {file: {benchmark: (text, seconds)}}."""
    medians, file = {}, None
    unit = ""
    for line in (FOLDER / "crcOldNew.stdout").read_text().splitlines():
        head = re.search(r"│\s*(\S+\.txt)", line)
        if head:
            file = head[1]
        elif "│" in line:
            unit = line
        found = re.match(r"(CRC32\S+)\s+([0-9.]+)([nµm]?)\s", line)
        if found and "sec/op" in unit:
            medians.setdefault(file, {})[found[1]] = (found[2], SCALE[found[3]])
    return medians


def judge(binary, folder, names, baseline, candidate, stat, extra=""):
    for side, runs in (("baseline", baseline), ("candidate", candidate)):
        (folder / f"{side}.json").write_text(json.dumps({f"b{i}": runs[name] for i, name in enumerate(names)}))
    policy = "version: 1\nmultiplicity: none\ninputs:\n  runs: {kind: metrics}\nchecks:\n" + "".join(
        f"  - {{id: b{i}, metric: {{name: b{i}, stat: {stat}, direction: lower, unit: s}}, margin: {{rel: 0.1%}}{extra}}}\n"
        for i in range(len(names)))
    report, _ = check(binary, folder, policy, "candidate.json", "--baseline", "baseline.json")
    return report["checks"]


def rank_test(binary, folder, names, old, new):
    """Two-sided p by benchmark: a pair of the largest and the smallest that ties between the sides allow, counted against a change or for it."""
    worse = judge(binary, folder, names, old, new, "mean", ", method: mann_whitney")
    better = judge(binary, folder, names, new, old, "mean", ", method: mann_whitney")
    found = {}
    for name, one, other in zip(names, worse, better, strict=True):
        assert one["method"] == other["method"] == "mann_whitney"
        least, most = sorted((one["p_no_loss"], other["p_no_loss"]))
        found[name] = (min(1.0, 2 * least), 2 * (1 - most))
    return found


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--binary", required=True)
    binary = str(pathlib.Path(parser.parse_known_args()[0].binary).resolve())
    problems = []
    compared = 0
    with scratch() as name:
        folder = pathlib.Path(name)
        old, new = timings("crc-old.txt"), timings("crc-new.txt")
        medians = printed_medians()
        names = [name for name in old if name in medians["crc-old.txt"] and name in medians["crc-new.txt"]]
        for benchmark, row in zip(names, judge(binary, folder, names, old, new, "median"), strict=True):
            for file, value in (("crc-old.txt", row["baseline"]), ("crc-new.txt", row["candidate"])):
                text, scale = medians[file][benchmark]
                decimals = len(text.partition(".")[2])
                compared += 1
                # Half of the last printed digit, and room for ties that round either way.
                if abs(value / scale - float(text)) > 0.5000001 * 10 ** -decimals:
                    problems.append(f"{file} {benchmark}: median {value}, benchstat printed {text} of {scale}")
        old, new = timings("old.txt"), timings("new.txt")
        rows = [row for row in csv.reader((FOLDER / "csvOldNew.stdout").read_text().splitlines()) if row[0].startswith("Encode/")]
        names = [row[0] for row in rows]
        results = judge(binary, folder, names, old, new, "median")
        ratios = judge(binary, folder, names, old, new, "geometric_mean")
        ranks = rank_test(binary, folder, names, old, new)
        for answer, row, ratio in zip(rows, results, ratios, strict=True):
            compared += 4
            printed = float(re.fullmatch(r"p=([0-9.]+) n=10", answer[6])[1])
            largest, smallest = ranks[answer[0]]
            tied = set(old[answer[0]]) & set(new[answer[0]])
            # benchstat shares ties out; here all of them count against a change. Without any the two are one number.
            agrees = smallest - 0.0005 <= printed <= largest + 0.0005 if tied else abs(largest - printed) <= 0.0005
            if not agrees or (largest < 0.05) != (printed < 0.05):
                problems.append(f"{answer[0]}: p {smallest:.4f} to {largest:.4f}, benchstat {printed}")
            if abs(row["baseline"] / float(answer[1]) - 1) > 1e-9 or abs(row["candidate"] / float(answer[3]) - 1) > 1e-9:
                problems.append(f"{answer[0]}: medians {row['baseline']} and {row['candidate']}, benchstat {answer[1]} and {answer[3]}")
            change = 100 * (row["candidate"] / row["baseline"] - 1)
            real = answer[5] != "~"
            if real and f"{change:+.2f}%" != answer[5]:
                problems.append(f"{answer[0]}: change {change:+.2f}%, benchstat {answer[5]}")
            lower, upper = ratio["ratio"]["lower"], ratio["ratio"]["upper"]
            print(f"{answer[0]}: medians {row['baseline']:.4g} -> {row['candidate']:.4g} s, p {largest:.3f}, "
                  f"benchstat {answer[5]} {answer[6]}; "
                  f"{ratio['method']} [{lower:.4f}, {upper:.4f}], {ratio['status']}")
            if (upper < 1 or lower > 1) != real:
                problems.append(f"{answer[0]}: interval of the ratio [{lower}, {upper}], benchstat {answer[5]}")
    print(f"{compared} answers of benchstat compared, {len(problems)} problems")
    for problem in problems:
        print(problem)
    sys.exit(1 if problems or compared < 50 else 0)


main()
