#!/usr/bin/env python3
"""Checks that JSON reports validate against the schema that they name: schemas/report.schema.json, schemas/power.schema.json, ...

usage: check_report_schema.py FILE...

Beyond the schema: strict JSON (no NaN, no key twice), ASCII only, nothing that a CI log obeys.
"""

import json
import pathlib
import sys

import jsonschema

SCHEMAS = pathlib.Path(__file__).resolve().parents[2] / "schemas"


def validators():
    """By the name that a report gives: "metricgate.report/1"."""
    found = {}
    for path in sorted(SCHEMAS.glob("*.schema.json")):
        schema = json.loads(path.read_text(encoding="utf-8"))
        name = schema.get("properties", {}).get("schema", {}).get("const")
        if name:
            jsonschema.Draft202012Validator.check_schema(schema)
            found[name] = jsonschema.Draft202012Validator(schema)
    return found


def unique(pairs):
    keys = [key for key, _ in pairs]
    doubled = {key for key in keys if keys.count(key) > 1}
    if doubled:
        raise ValueError(f"keys that occur twice: {sorted(doubled)}")
    return dict(pairs)


def refuse(token):
    raise ValueError(f"{token} is not JSON")


def problems_of(path, known):
    raw = pathlib.Path(path).read_bytes()
    if not raw.isascii() or b"\x1b" in raw or b"##" in raw:
        yield "bytes that a terminal or a CI log could obey"
    try:
        report = json.loads(raw, object_pairs_hook=unique, parse_constant=refuse)
    except ValueError as error:
        yield str(error)
        return
    name = report.get("schema") if isinstance(report, dict) else None
    if name not in known:
        yield f"names no schema of ours: {name!r}"
        return
    for error in known[name].iter_errors(report):
        yield f"{error.json_path}: {error.message[:200]}"


def main(paths):
    """Without paths: every golden report of tests/cases and tests/gates."""
    if not paths or paths[0].startswith("--"):
        tests = pathlib.Path(__file__).resolve().parent.parent
        paths = sorted([*(tests / "cases").rglob("expected/*.json"), *(tests / "gates").rglob("expected/*.json")])
    known = validators()
    failed = False
    for path in paths:
        for problem in problems_of(path, known):
            failed = True
            print(f"{path}: {problem}")
    print(f"{len(paths)} reports")
    sys.exit(1 if failed or not paths else 0)


if __name__ == "__main__":
    main(sys.argv[1:])
