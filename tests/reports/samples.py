"""The sample reports of every format, and what a reader must find in them.

Each check_FORMAT.py here reads the reports of one format with a parser or a schema that is not ours, and compares what it
read with the JSON report of the same result: no row may be missing, and none may look better than it is."""
import argparse
import json
import os
import pathlib
import subprocess
import sys
import tempfile

FAILING = {"regressed", "violated", "missing", "incomparable"}
OPEN = {"inconclusive", "no_baseline", "new"}


def weight(row):
    """How heavy a row weighs, by the contract and not by the program's own code: failure, error, undecided, warning, waived,
    skipped or pass."""
    status, level, rule = row["status"], row["level"], row["rule"]
    if status in FAILING:
        return "failure" if level == "block" else "warning"
    if status == "error":
        return "error" if level in ("block", "warn") else "warning"
    if status in OPEN:
        key = {"inconclusive": "on_inconclusive", "no_baseline": "on_no_baseline"}.get(status)
        return "undecided" if level == "block" and key and rule[key] == "block" else "warning"
    return status


def run_weight(report):
    return {"pass": "pass", "fail": "failure", "undecided": "undecided", "could_not_judge": "error"}[report["verdict"]]


class Sample:
    def __init__(self, folder, name, form):
        self.name = name
        self.path = folder / f"{name}.{form}"
        self.raw = self.path.read_bytes()
        self.report = json.loads((folder / f"{name}.json").read_text())
        self.rows = self.report["checks"]
        self.weights = [run_weight(self.report)] + [weight(row) for row in self.rows]


def check(problems_of, *forms):
    """Writes all samples in these formats, and ends the test with what `problems_of(sample)` finds."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--writer", required=True, help="the unit tests of the report room, which write the samples")
    options = parser.parse_known_args()[0]
    found = []
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(scratch)
        for form in forms:
            subprocess.run([options.writer, "[.write-samples]"], check=True, stdout=subprocess.DEVNULL,
                           env={**os.environ, "METRICGATE_SAMPLES": scratch, "METRICGATE_SAMPLE_FORMAT": form})
            names = sorted(path.stem for path in folder.glob("*.json"))
            for name in names:
                sample = Sample(folder, name, form)
                found += [f"{name}.{form}: {problem}" for problem in (*log_problems(form, sample), *problems_of(sample))]
    print("\n".join(found[:50]) or f"{len(names)} reports each of {', '.join(forms)} are right")
    sys.exit(1 if found or len(names) < 10 else 0)


def log_problems(form, sample):
    """What a terminal or a CI log would obey must be in no report."""
    text = sample.raw.decode("utf-8")  # invalid UTF-8 ends the test
    if any(ord(char) < 0x20 and char != "\n" or 0x7f <= ord(char) <= 0x9f or char in "\u200b\u202e\ufeff" for char in text):
        yield "a character that is hidden or controls a terminal"
    if "##[" in text or "##vso[" in text:
        yield "a command of the older kind"
    if form != "github" and any(line.lstrip().startswith("::") for line in text.split("\n")):
        yield "a line that is a workflow command"
