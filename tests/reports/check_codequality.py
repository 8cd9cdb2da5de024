#!/usr/bin/env python3
"""Code Quality reports by the fields that GitLab documents: all required ones, known severities, no two findings of one fingerprint,
and a finding for the run and every row that did not pass."""
import json

import samples

SEVERITIES = {"failure": "critical", "error": "blocker", "undecided": "major", "warning": "minor"}


def problems_of(sample):
    if sample.raw.startswith(b"\xef\xbb\xbf"):
        yield "a byte order mark, which GitLab does not read"
    findings = json.loads(sample.raw)
    for finding in findings:
        fields = {"description": str, "check_name": str, "fingerprint": str, "severity": str, "location": dict}
        if set(finding) != set(fields) or any(not isinstance(finding[key], kind) or not finding[key] for key, kind in fields.items()):
            yield f"fields: {finding}"
            continue
        path, line = finding["location"]["path"], finding["location"]["lines"]["begin"]
        if not isinstance(line, int) or line < 1 or not path or path.startswith("./"):
            yield f"location: {finding['location']}"
    prints = [finding["fingerprint"] for finding in findings]
    if len(prints) != len(set(prints)):
        yield "two findings of one fingerprint: GitLab would show one"
    wanted = sorted(SEVERITIES[weight] for weight in sample.weights if weight in SEVERITIES)
    if sorted(finding["severity"] for finding in findings) != wanted:
        yield f"severities are not those of {len(wanted)} answers"
    if not findings and sample.report["verdict"] != "pass":
        yield "no finding without a pass"


samples.check(problems_of, "codequality")
