#!/usr/bin/env python3
"""Every shipped gate, and every policy of the golden cases, fits schemas/policy.schema.json.

A case whose policy must be refused holds a file named `invalid-policy`: the schema may accept it or not, the case's
expected exit says that the program refuses it. Those are listed, never left out silently.
"""
import argparse
import json
import math
import pathlib
import re
import sys

try:
    import jsonschema
    import yaml
except ImportError as missing:
    sys.exit(f"{missing}: install python3-jsonschema and python3-yaml (scripts/setup does)")

NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?")


class Loader(yaml.SafeLoader):
    """Scalars as the program reads them: PyYAML's own rules turn `off` into a boolean and dates into dates."""

    yaml_implicit_resolvers = {}


def construct_scalar(loader, node):
    text = node.value
    if node.style is not None:
        return text
    if text in ("true", "false"):
        return text == "true"
    if text in ("", "~", "null"):
        return None
    if NUMBER.fullmatch(text):
        number = float(text)
        if math.isfinite(number):
            return int(text) if re.fullmatch(r"-?[0-9]+", text) else number
    return text


def construct_map(loader, node):
    keys = [key.value for key, _ in node.value]
    twice = sorted({key for key in keys if keys.count(key) > 1})
    if twice:
        raise yaml.YAMLError(f"duplicate keys {twice}")
    return {key.value: loader.construct_object(value, deep=True) for key, value in node.value}


Loader.add_constructor("tag:yaml.org,2002:str", construct_scalar)
Loader.add_constructor("tag:yaml.org,2002:map", construct_map)


def problems_of(validator, path):
    try:
        policy = yaml.load(path.read_text(encoding="utf-8"), Loader)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        return [f"is no YAML that can be read: {error}"]
    return [f"/{'/'.join(map(str, error.absolute_path))}: {error.message}" for error in validator.iter_errors(policy)]


def is_policy(path):
    return path.suffix == ".yaml" and (path.name.startswith("policy") or path.name == ".metricgate.yaml")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--root", required=True)
    root = pathlib.Path(parser.parse_known_args()[0].root)
    failures = []
    for path in sorted((root / "schemas").glob("*.json")):
        try:
            jsonschema.Draft202012Validator.check_schema(json.loads(path.read_text(encoding="utf-8")))
        except (jsonschema.SchemaError, json.JSONDecodeError) as error:
            failures.append(f"{path.relative_to(root)}: {error}")
    schema = json.loads((root / "schemas" / "policy.schema.json").read_text(encoding="utf-8"))
    validator = jsonschema.Draft202012Validator(schema)
    gates = sorted((root / "gates").glob("*.yaml"))
    policies = sorted(path for folder in ("cases", "gates") for path in (root / "tests" / folder).rglob("*") if is_policy(path))
    valid = 0
    refused = []
    for path in gates + policies:
        name = path.relative_to(root)
        if (path.parent / "invalid-policy").exists():
            refused.append((name, problems_of(validator, path)))
            continue
        problems = problems_of(validator, path)
        failures += [f"{name}: {problem}" for problem in problems]
        valid += not problems
    for name, problems in refused:
        print(f"must be refused: {name}: {'by the schema, too' if problems else 'by the program alone'}")
    for failure in failures:
        print(failure)
    print(f"{valid} policies fit the schema, {len(refused)} are there to be refused, {len(failures)} problems")
    sys.exit(1 if failures or not gates else 0)


if __name__ == "__main__":
    main()
