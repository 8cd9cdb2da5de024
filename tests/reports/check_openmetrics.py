#!/usr/bin/env python3
"""OpenMetrics reports: read by prometheus_client as OpenMetrics and as the older text format with the same result, and by GitLab's
rule for a line: what follows a hash is dropped, and the rest is split into words as a shell would."""
import re
import shlex

import samples
from prometheus_client import parser as classic
from prometheus_client.openmetrics import parser as openmetrics


def gitlab(text):
    """{name: value}; raises as GitLab's reader does when a line cannot be split."""
    read = {}
    for line in text.splitlines():
        words = shlex.split(re.sub(r"#.*$", "", line))
        if len(words) >= 2:
            read[words[0]] = words[1]
    return read


def series(families):
    return {(sample.name, tuple(sorted(sample.labels.items()))): sample.value for family in families for sample in family.samples}


def problems_of(sample):
    text = sample.raw.decode()
    families = list(openmetrics.text_string_to_metric_families(text))
    found = series(families)
    if found != series(classic.text_string_to_metric_families(text)):
        yield "the two formats of Prometheus read different things"
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    if len(found) != len(lines) or len(gitlab(text)) != len(lines):
        yield f"{len(lines)} lines, {len(found)} series, {len(gitlab(text))} metrics of GitLab"
    if any(family.type != "gauge" or not family.documentation for family in families):
        yield "a family that is no documented gauge"
    verdicts = {labels[0][1]: value for (name, labels), value in found.items() if name == "metricgate_verdict"}
    if verdicts != {verdict: float(verdict == sample.report["verdict"]) for verdict in ("pass", "fail", "undecided", "could_not_judge")}:
        yield f"the verdict is told as {verdicts}"
    statuses = [dict(labels)["status"] for (name, labels), value in found.items() if name == "metricgate_check_status" and value == 1]
    if sorted(statuses) != sorted(row["status"] for row in sample.rows):
        yield "not every row has its status"
    otherwise = [dict(labels)["instead_of"] for (_, labels), _ in found.items() if "instead_of" in dict(labels)]
    if otherwise != [row["waived"]["status"] for row in sample.rows if "waived" in row]:
        yield f"what the waived rows would be is told as {otherwise}"
    blocks = [value for (name, _), value in found.items() if name == "metricgate_check_blocks"]
    if blocks != [float(weight in ("failure", "error", "undecided")) for weight in sample.weights[1:]]:
        yield "not every row that blocks says so"
    candidates = [value for (name, _), value in found.items() if name == "metricgate_candidate"]
    wanted = [row["candidate"] for row in sample.rows if row["candidate"] is not None]
    if len(candidates) != len(wanted) or any(abs(a - b) > 1e-5 * abs(b) for a, b in zip(candidates, wanted)):
        yield "the candidate's values are not those of the JSON report"
    if any(len(line.rsplit(" ", 1)[1].lstrip("-").replace(".", "").lstrip("0").split("e")[0]) > 6 for line in lines):
        yield "a number of more than six digits"


samples.check(problems_of, "openmetrics")
