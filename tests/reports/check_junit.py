#!/usr/bin/env python3
"""JUnit reports: valid by the schema of Jenkins' xUnit plugin (xmllint), and read by junitparser with every row in its place."""
import pathlib
import subprocess

import junitparser
import samples

SCHEMA = pathlib.Path(__file__).parent / "schemas" / "junit-10.xsd"
WANTED = {"failure": junitparser.Failure, "error": junitparser.Error, "undecided": junitparser.Error,
          "warning": junitparser.Skipped, "waived": junitparser.Skipped, "skipped": junitparser.Skipped}


def problems_of(sample):
    done = subprocess.run(["xmllint", "--noout", "--nonet", "--schema", str(SCHEMA), str(sample.path)], capture_output=True, text=True)
    if done.returncode != 0:
        yield done.stderr[:500]
    suites = list(junitparser.JUnitXml.fromfile(str(sample.path)))
    cases = list(suites[0])
    if len(suites) != 1 or len(cases) != len(sample.weights):
        yield f"{len(cases)} test cases for {len(sample.weights)} answers"
        return
    names = {(case.classname, case.name) for case in cases}
    if len(names) != len(cases):
        yield "names that occur twice: GitLab would drop all but one"
    statuses = [sample.report["verdict"]] + [row["status"] for row in sample.rows]
    for case, weight, status in zip(cases, sample.weights, statuses):
        results = case.result
        kinds = [type(result) for result in results]
        if kinds != ([] if weight == "pass" else [WANTED[weight]]):
            yield f"{case.name}: {weight} is told as {kinds}"
        if any(result.type != status for result in results if not isinstance(result, junitparser.Skipped)):
            yield f"{case.name}: the type is not {status}"
        if max(len(case.name), len(case.classname)) > 255:
            yield f"{case.name}: longer than the 255 characters that GitLab stores"
    wanted = (len(cases), sample.weights.count("failure"), sum(sample.weights.count(w) for w in ("error", "undecided")))
    if (suites[0].tests, suites[0].failures, suites[0].errors) != wanted:
        yield f"the suite counts {suites[0].tests}, {suites[0].failures}, {suites[0].errors}, wanted {wanted}"


samples.check(problems_of, "junit")
