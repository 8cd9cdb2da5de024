#!/usr/bin/env python3
"""What large policies, many slices and millions of examples cost, as a table; with budgets that must hold.

    measure.py --binary metricgate [--only TEXT] [--quick]

Memory is the highest resident set, as GNU time prints it: mapped files count, of which ids are views. Own memory is without them, and is limited by
the kernel (RLIMIT_DATA), stacks of threads included: a program that wants more than the budget ends there. Seconds are those of all processors. What is asked of them is
that ten times the work takes no more than MOST_GROWTH times as long, measured one after the other here, and that no command takes longer
than MOST_SECONDS for 10,000 checks.
--quick, which is a test, has a tenth of the work and the same budgets.
"""
import argparse
import json
import multiprocessing
import os
import pathlib
import random
import re
import resource
import subprocess
import sys
import tempfile
import uuid

KIB, MIB = 1 << 10, 1 << 20
MOST_GROWTH = 25.0
MOST_SECONDS = 2.0
LEAST_SECONDS = 0.5  # of the larger run, below which nothing can be said about growth
SUMMARY, COMMENT = 900 * KIB, 60 * KIB
problems = []
rows = []


def run(binary, arguments, folder, wanted, own=None):
    """(seconds of processors, bytes) of one run with its exit code in `wanted`, with no more than `own` bytes of memory that is no file."""
    limit = None if own is None else lambda: resource.setrlimit(resource.RLIMIT_DATA, (own, own))
    with open(folder / "stdout", "wb") as out, open(folder / "stderr", "wb") as errors:
        process = subprocess.Popen([binary, *map(str, arguments)], cwd=folder, stdout=out, stderr=errors, env={"LC_ALL": "C"}, preexec_fn=limit)
        _, status, usage = os.wait4(process.pid, 0)
    code = os.waitstatus_to_exitcode(status)
    if code not in wanted:
        sys.exit(f"{arguments}: exit {code}, wanted {wanted}\n{(folder / 'stderr').read_text(errors='replace')[:2000]}")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss * KIB


def tell(what, size, seconds, used, budget, growth=None, most_seconds=None):
    """One line of the table."""
    good = used <= budget
    slow = growth is not None and seconds >= LEAST_SECONDS and growth > MOST_GROWTH
    rows.append((what, f"{size:,}", f"{seconds:.2f}", f"{used / MIB:.1f}", f"{budget / MIB:.1f}", "-" if growth is None else f"{growth:.1f}"))
    if not good:
        problems.append(f"{what}: {used / MIB:.1f} MiB, budget {budget / MIB:.1f}")
    if most_seconds is not None and seconds > most_seconds:
        problems.append(f"{what}: {seconds:.2f} s of processors, wanted at most {most_seconds:.1f}")
    if slow:
        problems.append(f"{what}: ten times the work takes {growth:.1f} times as long, wanted at most {MOST_GROWTH:.0f}")


def grown(measure, size):
    """`measure` of a tenth, then of all: (seconds, bytes, how many times as long)."""
    small, _ = measure(size // 10)
    seconds, used = measure(size)
    return seconds, used, seconds / small


def recorded_policy(folder, count):
    names = [f"part{i % 97}.m{i}" for i in range(count)]  # a policy may have 1 MiB
    for side, shift in (("candidate", 0.0), ("baseline", 0.001)):
        (folder / f"{side}.json").write_text(json.dumps({"schema": "metricgate.metrics/1", "metrics": {name: 0.5 + shift for name in names}}))
    checks = "".join(f"  - {{id: c{i}, metric: {{name: {name}, direction: higher}}, margin: {{abs: 0.01}}, min: 0.1}}\n" for i, name in enumerate(names))
    (folder / "policy.yaml").write_text("version: 1\ninputs: {recorded: {kind: metrics}}\nchecks:\n" + checks)
    return ["candidate.json", "--baseline", "baseline.json", "-p", "policy.yaml"]


def many_checks(binary, folder, count):
    """A policy of 10,000 checks."""
    budget = 200 * MIB

    def measure(command, arguments):
        return lambda size: run(binary, [command, *(recorded_policy(folder, size) if command != "validate" else recorded_policy(folder, size)[-1:]), *arguments],
                                folder, (0, 2) if command == "power" else (0,))  # bare numbers have no power
    for what, command, arguments in (
            ("validate", "validate", []),
            ("check, recorded metrics", "check", ["--report", "json=report.json"]),
            ("the same, every report", "check", [f"--report={name}=report.{i}" for i, name in enumerate(("markdown", "markdown:comment", "json", "junit", "sarif", "github", "tap", "csv", "html", "text"))]),
            ("power", "power", ["--report", "json=power.json"]),
            ("explain one", "explain", []),
            ("selftest", "selftest", ["--report", "json=selftest.json"])):
        if command == "explain":
            explain = lambda size: run(binary, ["explain", "c7", "--candidate", "candidate.json", "--baseline", "baseline.json", "-p", recorded_policy(folder, size)[-1]], folder, (0,))
            tell(f"checks: {what}", count, *pick(grown(explain, count), budget), MOST_SECONDS)
            continue
        tell(f"checks: {what}", count, *pick(grown(measure(command, arguments), count), budget), MOST_SECONDS)
    broken = recorded_policy(folder, count)
    text = (folder / "policy.yaml").read_text().replace("margin:", "margn:")
    (folder / "policy.yaml").write_text(text)
    seconds, used = run(binary, ["check", *broken], folder, (2,))
    tell("checks: a mistake in each", count, seconds, used, budget, None, MOST_SECONDS)


def pick(measured, budget):
    seconds, used, growth = measured
    return seconds, used, budget, growth


def sliced(folder, slices, checks, examples):
    for side, right in (("candidate", 0.85), ("baseline", 0.9)):
        draw = random.Random(right)
        with open(folder / f"{side}.csv", "w") as table:
            table.write("id,label,score,shop\n")
            for i in range(slices * examples):
                label = i & 1
                bad = side == "candidate" and i // examples % 100 == 0  # one slice in a hundred is really worse
                hit = draw.random() < (0.2 if bad else right)
                table.write(f"{i},{label},{(label if hit else 1 - label) * 0.6 + 0.2 + 0.1 * draw.random():.4f},s{i // examples}\n")
    names = ["accuracy", "recall", "specificity", "brier_score", "log_loss"]  # resampling takes time, not memory
    body = "".join(f"  - {{id: {names[i % len(names)]}{i}, metric: {names[i % len(names)]}, margin: {{abs: 0.05}}, slices: {{by: [shop]}}}}\n" for i in range(checks))
    (folder / "policy.yaml").write_text("version: 1\ninputs:\n  eval: {kind: predictions, threshold: 0.5, columns: {id: id, label: label, score: score}}\nchecks:\n" + body)
    return ["candidate.csv", "--baseline", "baseline.csv", "-p", "policy.yaml"]


def check_summary(path, what, budget):
    """A report that was cut: within its budget, failures first, and the number of what is left out."""
    text = path.read_text()
    size = path.stat().st_size
    rows.append((f"slices: {what}", "-", "-", f"{size / MIB:.2f}", f"{budget / MIB:.2f}", "-"))
    if size > budget:
        problems.append(f"{what}: {size} bytes, budget {budget}")
    if not re.search(r"left out|not shown", text):
        problems.append(f"{what}: nothing says what is left out")
    table = text[text.index("\n| "):].split("\n\n")[0]  # the first, which stands open
    statuses = re.findall(r"^\|.*\*\*(\w+)", table, re.MULTILINE)
    bad = [i for i, word in enumerate(statuses) if word in ("regressed", "violated", "missing")]
    if not bad or bad != list(range(len(bad))):
        problems.append(f"{what}: failures are not the first rows: {statuses[:20]}")


def many_slices(binary, folder, slices):
    """5,000 slices times 10 checks, 60 examples a slice."""
    checks, examples = 10, 60

    def measure(size):
        return run(binary, ["check", *sliced(folder, size, checks, examples), "--report", "json=report.json"], folder, (1, 3))
    budget = (512 if slices >= 5000 else 128) * MIB
    tell(f"slices: {checks} checks, JSON", slices, *pick(grown(measure, slices), budget))
    arguments = sliced(folder, slices, checks, examples)
    every = ["markdown=report.md", "markdown:comment=comment.md", "github=github.txt", "junit=junit.xml", "sarif=report.sarif", "csv=report.csv", "html=report.html", "text=report.txt"]
    seconds, used = run(binary, ["check", *arguments, *(f"--report={each}" for each in every)], folder, (1, 3))
    tell("slices: every other report", slices, seconds, used, 2 * budget)
    check_summary(folder / "report.md", "markdown", SUMMARY)
    check_summary(folder / "comment.md", "markdown:comment", COMMENT)
    for each in every[2:]:
        size = (folder / each.split("=")[1]).stat().st_size
        rows.append((f"slices: {each.split('=')[0]}", "-", "-", f"{size / MIB:.2f}", "-", "-"))


def write_paired(folder, count, shuffled, form="csv", long_ids=False):
    """A candidate that is a little better; both sides with one order of rows, or the candidate's in another."""
    for side, right in (("candidate", 0.91), ("baseline", 0.9)):
        draw, names = random.Random(side), random.Random("ids")
        line = '{{"id": "{}", "label": {}, "score": {:.3f}}}\n' if form == "jsonl" else "{},{},{:.3f}\n"
        lines = [line.format(uuid.UUID(int=names.getrandbits(128)) if long_ids else i, i & 1, ((i & 1) if draw.random() < right else 1 - (i & 1)) * 0.6 + 0.2) for i in range(count)]
        if shuffled and side == "candidate":
            draw.shuffle(lines)
        with open(folder / f"{side}.{form}", "w", buffering=MIB) as table:
            if form == "csv":
                table.write("id,label,score\n")
            table.writelines(lines)


def paired(folder, *how):
    # In a process of its own: the memory of this one is counted with that of a program that it starts, until the program runs.
    writer = multiprocessing.Process(target=write_paired, args=(folder, *how))
    writer.start()
    writer.join()
    if writer.exitcode != 0:
        sys.exit("the examples could not be written")
    (folder / "policy.yaml").write_text("""version: 1
inputs:
  eval: {kind: predictions, threshold: 0.5, columns: {id: id, label: label, score: score}}
checks:
  - {id: accuracy, metric: accuracy, margin: {abs: 0.01}}
""")
    form = how[2] if len(how) > 2 else "csv"
    return [f"candidate.{form}", "--baseline", f"baseline.{form}", "-p", "policy.yaml", "--threads", "2", "--report", "json=report.json"]


def many_rows(binary, folder, count):
    """5 million paired examples: 40 bytes each and 64 MiB, short ids in mapped CSV included."""
    budget = 40 * count + 64 * MIB
    answers = set()
    for order, shuffled in (("in one order", False), ("in another order", True)):
        def measure(size):
            return run(binary, ["check", *paired(folder, size, shuffled)], folder, (0,), 40 * size + 64 * MIB)
        tell(f"rows: accuracy, paired by id, {order}", count, *pick(grown(measure, count), budget))
        answers.add((folder / "report.json").read_text())
    if len(answers) != 1:
        problems.append("rows: another order of the rows makes another report")


def long_rows(binary, folder, count):
    """Ids of 36 characters, and JSON lines: 40 bytes an example and 64 MiB of its own memory however long the ids are, and beside it no more than the two files, which are mapped."""
    own = 40 * count + 64 * MIB
    for form in ("csv", "jsonl"):
        seconds, used = run(binary, ["check", *paired(folder, count, True, form, True)], folder, (0,), own)
        files = sum((folder / f"{side}.{form}").stat().st_size for side in ("candidate", "baseline"))
        tell(f"long rows: UUIDs in {form.upper()}, in another order, files of {files / MIB:.0f} MiB", count, seconds, used, own + files)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--binary", required=True, type=pathlib.Path)
    parser.add_argument("--only", default="")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--root")
    options = parser.parse_known_args()[0]
    share = 10 if options.quick else 1
    for name, measure, size in (("checks", many_checks, 10_000), ("slices", many_slices, 5_000), ("rows", many_rows, 5_000_000), ("long rows", long_rows, 500_000 * share)):
        if options.only in name:
            with tempfile.TemporaryDirectory() as folder:
                measure(options.binary.resolve(), pathlib.Path(folder), size // share)
    widths = [max(len(row[k]) for row in [*rows, ("what", "how many", "seconds", "MiB", "budget", "x10 time")]) for k in range(6)]
    for row in [("what", "how many", "seconds", "MiB", "budget", "x10 time"), *rows]:
        print("  ".join(cell.ljust(width) if k == 0 else cell.rjust(width) for k, (cell, width) in enumerate(zip(row, widths))))
    for problem in problems:
        print(f"NOT OK: {problem}")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
