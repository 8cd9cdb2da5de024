#!/usr/bin/env python3
"""What `history` and `calibrate` write, read by parsers that are not ours: JSON against the schemas, CSV, OpenMetrics, HTML."""
import argparse
import csv
import html.parser
import io
import json
import pathlib
import subprocess
import sys
import tempfile

import jsonschema
from prometheus_client.parser import text_string_to_metric_families

parser = argparse.ArgumentParser()
parser.add_argument("--binary", required=True)
parser.add_argument("--root", type=pathlib.Path, required=True)
parser.add_argument("--compiler")
options = parser.parse_args()
problems = []
BINARY = str(pathlib.Path(options.binary).resolve())
CASE = options.root / "tests" / "cases" / "history-command" / "rings"


def run(command, report, *more):
    done = subprocess.run([BINARY, command, "--from", "file", "--path", "history.csv", "--key", "commit", "--report", report, *more],
                          cwd=CASE, capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1):
        problems.append(f"{command} {report}: exit {done.returncode}: {done.stderr}")
    return done.stdout


def validate(text, schema):
    rules = json.loads((options.root / "schemas" / schema).read_text(encoding="utf-8"))
    for error in jsonschema.Draft202012Validator(rules).iter_errors(json.loads(text)):
        problems.append(f"{schema}: {'/'.join(map(str, error.absolute_path))}: {error.message}")


report = run("history", "json")
validate(report, "history_report.schema.json")
validate(run("calibrate", "json"), "calibration.schema.json")
CHARTS = options.root / "tests/cases/history-command/calibrate-charts/expected/calibration.json"
validate(CHARTS.read_text(encoding="utf-8"), "calibration.schema.json")
metrics = json.loads(report)["metrics"]
rows = list(csv.DictReader(io.StringIO(run("history", "csv"))))
measured = [(metric["metric"], point["value"]) for metric in metrics for point in metric["measurements"]]
if [(row["metric"], float(row["value"])) for row in rows] != measured:
    problems.append("csv: other measurements than in JSON")
families = {family.name: family for family in text_string_to_metric_families(run("history", "openmetrics"))}
newest = {sample.labels["metric"]: sample.value for sample in families["metricgate_history_value"].samples}
if newest != {metric["metric"]: metric["measurements"][-1]["value"] for metric in metrics}:
    problems.append(f"openmetrics: other values than in JSON: {newest}")
if families["metricgate_history_ringing"].samples[0].value != sum(metric["state"] == "rings" for metric in metrics):
    problems.append("openmetrics: another number of ringing metrics than in JSON")
html.parser.HTMLParser().feed(run("history", "html"))
# Names of columns and rows that would be markup, formulas and workflow commands.
CASE = options.root / "tests" / "cases" / "history-command" / "hostile-names"
with tempfile.TemporaryDirectory() as scratch:
    for command in ("history", "calibrate"):
        page = pathlib.Path(scratch) / f"{command}.md"
        page.write_text(run(command, "markdown"), encoding="utf-8")
        done = subprocess.run([sys.executable, str(options.root / "tests" / "structure" / "check_markdown.py"), str(page)], capture_output=True, text=True, check=False)
        # These reports have a heading and a chart in a block of code for each metric, and no folded sections.
        known = ("code_block node", "headings;", "sections opened", "reports")
        problems.extend(f"Markdown of {command}: {line}" for line in (done.stdout + done.stderr).splitlines()
                        if line and not any(word in line for word in known) and "{http" not in line)
print("\n".join(problems) or f"{len(rows)} measurements read by other parsers")
sys.exit(1 if problems else 0)
