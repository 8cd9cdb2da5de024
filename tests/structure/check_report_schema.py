#!/usr/bin/env python3
"""Checks that JSON reports validate against schemas/report.schema.json.

usage: check_report_schema.py FILE...

Beyond the schema: strict JSON (no NaN, no key twice), ASCII only, nothing that a CI log obeys.
"""

import json
import pathlib
import sys

import jsonschema

SCHEMA = pathlib.Path(__file__).resolve().parents[2] / "schemas" / "report.schema.json"


def unique(pairs):
    keys = [key for key, _ in pairs]
    doubled = {key for key in keys if keys.count(key) > 1}
    if doubled:
        raise ValueError(f"keys that occur twice: {sorted(doubled)}")
    return dict(pairs)


def refuse(token):
    raise ValueError(f"{token} is not JSON")


def problems_of(path, validator):
    raw = pathlib.Path(path).read_bytes()
    if not raw.isascii() or b"\x1b" in raw or b"##" in raw:
        yield "bytes that a terminal or a CI log could obey"
    try:
        report = json.loads(raw, object_pairs_hook=unique, parse_constant=refuse)
    except ValueError as error:
        yield str(error)
        return
    for error in validator.iter_errors(report):
        yield f"{error.json_path}: {error.message[:200]}"


def main(paths):
    """Without paths: every golden report of tests/cases and tests/gates."""
    if not paths or paths[0].startswith("--"):
        tests = pathlib.Path(__file__).resolve().parent.parent
        paths = sorted([*(tests / "cases").rglob("expected/*.json"), *(tests / "gates").rglob("expected/*.json")])
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    failed = False
    for path in paths:
        for problem in problems_of(path, validator):
            failed = True
            print(f"{path}: {problem}")
    print(f"{len(paths)} reports")
    sys.exit(1 if failed or not paths else 0)


if __name__ == "__main__":
    main(sys.argv[1:])
