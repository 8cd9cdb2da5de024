#!/usr/bin/env python3
"""schemas/metrics.schema.json takes the metric files of the golden cases that carry `schema`, and refuses bad ones, as the
program does: every file is also given to it."""
import argparse
import copy
import json
import pathlib
import subprocess
import sys
import tempfile

import jsonschema

GOOD = {
    "schema": "metricgate.metrics/1",
    "metrics": {"accuracy": 0.94, "loss": {"value": 0.4, "stderr": 0.01, "n": 100, "unit": "nats"},
                "latency": {"values": [1.5, 1.25], "unit": "ms"}, "runs": [0.1, 0.2], "eval": {"f1": 0.5},
                "crashes": {"events": 3, "exposure": 120.5, "unit": "per hour"}},
    "metadata": {"model_version": "v1", "data_digest": "aa", "features": {"count": 3, "scaled": True}},
}


def changed(path, value):
    """GOOD with one place replaced; None takes it away."""
    document = copy.deepcopy(GOOD)
    place = document
    for key in path[:-1]:
        place = place[key]
    if value is None:
        del place[path[-1]]
    else:
        place[path[-1]] = value
    return document


BAD = {
    "no metrics": changed(["metrics"], None),
    "empty metrics": changed(["metrics"], {}),
    "another schema": changed(["schema"], "metricgate.metrics/2"),
    "an unknown key": changed(["metrcs"], {"accuracy": 1.0}),
    "a text for a number": changed(["metrics", "accuracy"], "0.94"),
    "a boolean for a number": changed(["metrics", "accuracy"], True),
    "a negative standard error": changed(["metrics", "loss", "stderr"], -0.01),
    "no examples": changed(["metrics", "loss", "n"], 0),
    "half an example": changed(["metrics", "loss", "n"], 2.5),
    "an unknown key of a value": changed(["metrics", "loss", "std"], 0.1),
    "half an event": changed(["metrics", "crashes", "events"], 2.5),
    "fewer than no events": changed(["metrics", "crashes", "events"], -1),
    "no exposure": changed(["metrics", "crashes", "exposure"], 0),
    "an unknown key of a rate": changed(["metrics", "crashes", "hours"], 3),
    "no measurements": changed(["metrics", "runs"], []),
    "a text among measurements": changed(["metrics", "runs"], [0.1, "0.2"]),
    "a list as metadata": changed(["metadata", "features"], [1, 2]),
}
POLICY = """version: 1
inputs: {run: {kind: metrics}}
checks:
%s"""
CHECK = "  - {id: c%d, metric: {name: %s, direction: higher}, margin: {abs: 0.1}}\n"


def program_refuses(binary, document, folder):
    """Exit 2: unreadable, or a check on every metric of GOOD ends in an error."""
    names = ["accuracy", "loss", "latency", "runs", "eval.f1", "crashes"]
    (folder / "policy.yaml").write_text(POLICY % "".join(CHECK % pair for pair in enumerate(names)))
    (folder / "candidate.json").write_text(json.dumps(document))
    (folder / "baseline.json").write_text(json.dumps(GOOD))
    arguments = [binary, "check", "candidate.json", "--baseline", "baseline.json", "-p", "policy.yaml"]
    done = subprocess.run(arguments, cwd=folder, capture_output=True)
    return done.returncode == 2 or b"**error**" in done.stdout


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--root", required=True)
    parser.add_argument("--binary", required=True)
    options = parser.parse_known_args()[0]
    root = pathlib.Path(options.root)
    binary = str(pathlib.Path(options.binary).resolve())
    schema = json.loads((root / "schemas" / "metrics.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    problems = []
    own = 0
    for path in sorted((root / "tests" / "cases").rglob("*.json")):
        text = path.read_text(encoding="utf-8", errors="replace")
        if "expected" in path.parts or '"metricgate.metrics/1"' not in text:
            continue
        own += 1
        problems += [f"{path.relative_to(root)}: {error.json_path}: {error.message}" for error in validator.iter_errors(json.loads(text))]
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(scratch)
        if not validator.is_valid(GOOD):
            problems.append("the good file does not fit the schema")
        if program_refuses(binary, GOOD, folder):
            problems.append("the program refuses the good file")
        for name, document in BAD.items():
            if validator.is_valid(document):
                problems.append(f"{name}: fits the schema")
            if not program_refuses(binary, document, folder):
                problems.append(f"{name}: the program takes it")
    for problem in problems:
        print(problem)
    print(f"{own} metric files of the cases, {len(BAD)} bad ones, {len(problems)} problems")
    sys.exit(1 if problems or own == 0 else 0)


main()
