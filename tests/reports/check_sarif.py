#!/usr/bin/env python3
"""SARIF reports: valid by the published schema of 2.1.0, with what GitHub's code scanning asks for beyond it, and a finding for the
run and every row that did not pass."""
import json
import pathlib
import re

import jsonschema
import samples

SCHEMA = json.loads((pathlib.Path(__file__).parent / "schemas" / "sarif-2.1.0-rtm.5.json").read_text())
VALIDATOR = jsonschema.Draft4Validator(SCHEMA, format_checker=jsonschema.FormatChecker())
LEVELS = {"failure": "error", "error": "error", "undecided": "error", "warning": "warning", "waived": "note"}
MOST = 5000


def problems_of(sample):
    log = json.loads(sample.raw)
    slim = json.loads(sample.raw)  # the schema says the same of every result; validating thousands takes long
    slim["runs"][0]["results"] = slim["runs"][0]["results"][:300]
    for error in VALIDATOR.iter_errors(slim):
        yield f"{error.json_path}: {error.message[:200]}"
    run = log["runs"][0]
    rules, results = run["tool"]["driver"]["rules"], run["results"]
    ids = [rule["id"] for rule in rules]
    if len(ids) != len(set(ids)):
        yield "two rules of one id"
    if any(not rule[key]["text"] for rule in rules for key in ("shortDescription", "fullDescription", "help")):
        yield "a rule without the texts that GitHub wants"
    answers = zip(sample.weights, [sample.report["verdict"]] + [row["status"] for row in sample.rows])
    wanted = sorted((LEVELS[weight], status) for weight, status in answers if weight in LEVELS)
    found = sorted((result["level"], result["properties"]["status"]) for result in results)
    if found != wanted and len(wanted) <= MOST:
        yield f"findings {found[:5]}, wanted {wanted[:5]}"
    if len(results) != min(len(wanted), MOST):
        yield f"{len(results)} findings, wanted {min(len(wanted), MOST)}"
    prints = [json.dumps(result["partialFingerprints"]) for result in results]
    if len(prints) != len(set(prints)):
        yield "two findings of one fingerprint"
    for result in results:
        place = result["locations"][0]["physicalLocation"]
        if ids[result["ruleIndex"]] != result["ruleId"] or place["region"]["startLine"] < 1:
            yield f"{result['ruleId']}: its index or line is wrong"
        if not re.fullmatch(r"(file://)?([A-Za-z0-9._~/-]|%[0-9A-F]{2})+", place["artifactLocation"]["uri"]):
            yield f"no URI: {place['artifactLocation']['uri']!r}"
        if "](" in result["message"]["text"] or re.search(r"\{[0-9]", result["message"]["text"]):
            yield f"a message with a link or a placeholder: {result['message']['text'][:100]!r}"
        if ("suppressions" in result) != (result["level"] == "note"):
            yield f"{result['ruleId']}: suppressed and not waived, or the other way round"
    told = run["invocations"][0]
    if told["exitCode"] != sample.report["exit_code"] or told["executionSuccessful"] != (sample.report["verdict"] != "could_not_judge"):
        yield f"the run is told as {told}"


samples.check(problems_of, "sarif")
