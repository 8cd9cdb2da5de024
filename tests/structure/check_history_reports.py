#!/usr/bin/env python3
"""What `history` and `calibrate` write, read by parsers that are not ours: JSON against the schemas, CSV, OpenMetrics, HTML."""
import argparse
import csv
import html
import html.parser
import io
import json
import pathlib
import re
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
# A slice is part of a metric's name, written as reports write it, and a series of its own: one recorded as a table, the newest by hand; one rings.
SLICES = {"accuracy": (0.9, 0.9), "accuracy [language=fi]": (0.8, 0.8), "accuracy [language=fi, device=phone]": (0.7, 0.5)}
with tempfile.TemporaryDirectory() as scratch:
    def ask(*arguments):
        done = subprocess.run([BINARY, *arguments], cwd=scratch, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            problems.append(f"slices, {arguments}: exit {done.returncode}: {done.stderr}")
        return done.stdout

    with (pathlib.Path(scratch) / "nights.csv").open("w", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["step", *SLICES])
        writer.writerows([step, *(level + step % 5 / 1000 for level, _ in SLICES.values())] for step in range(23))
    ask("log", "nights.csv", "--time", "2026-03-01T00:00:00Z")
    ask("log", *(f"{name}={newest}" for name, (_, newest) in SLICES.items()), "--step", "23", "--time", "2026-03-02T00:00:00Z")
    wanted = {name: ([level + step % 5 / 1000 for step in range(23)] + [newest], "rings" if newest < level else "in_limits")
              for name, (level, newest) in SLICES.items()}
    told = json.loads(ask("history", "--report", "json"))["metrics"]
    found = {metric["metric"]: ([point["value"] for point in metric["measurements"]], metric["state"]) for metric in told}
    if found != wanted:
        problems.append(f"slices, json: {found}, wanted {wanted}")
    if [metric["metric"] for metric in json.loads(ask("history", "*language=fi*", "--report", "json"))["metrics"]] != sorted(SLICES)[1:]:
        problems.append("slices: a glob takes others than those of one slice")
    families = {family.name: family for family in text_string_to_metric_families(ask("history", "--report", "openmetrics"))}
    gauges = {sample.labels["metric"]: sample.value for sample in families["metricgate_history_value"].samples}
    ringing = {sample.labels["metric"] for sample in families["metricgate_history_state"].samples if sample.labels["state"] == "rings" and sample.value == 1}
    if gauges != {name: newest for name, (_, newest) in SLICES.items()} or ringing != {"accuracy [language=fi, device=phone]"}:
        problems.append(f"slices, openmetrics: {gauges}, ringing {ringing}")
    lines = ask("history", "--report", "text").splitlines()
    blocks = {name: next((line.strip() for line in lines[lines.index(name):] if line.strip().startswith(("in limits", "rings"))), "") for name in SLICES if name in lines}
    if {name: block[:5] for name, block in blocks.items()} != {name: "rings" if state == "rings" else "in li" for name, (_, state) in wanted.items()}:
        problems.append(f"slices, text: {blocks}")
    page = ask("history", "--report", "html")
    specs = json.loads(re.search(r'<script type="application/json" id="charts">(.*?)</script>', page, re.DOTALL)[1])
    drawn = [[row["value"] for row in spec["layer"][-1]["data"]["values"]] for spec in specs if "layer" in spec]
    if sorted(drawn) != sorted([float(f"{value:.6g}") for value in values] for values, _ in wanted.values()):
        problems.append(f"slices, html: the trends are {drawn}")
    captions = [html.unescape(caption) for caption in re.findall(r"<figcaption>(.*?)</figcaption>", page)]
    if [caption for caption in captions if caption.startswith("Trend of")] != [f"Trend of {name}" for name in sorted(SLICES)]:
        problems.append(f"slices, html: captions {captions}")
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
