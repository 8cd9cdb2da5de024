#!/usr/bin/env python3
"""The tables of keys in docs/POLICY.md are those of schemas/policy.schema.json (--write puts them in; scripts/docs does), no map of the schema lacks a
table, and the program knows the same keys as the schema."""
import argparse
import json
import pathlib
import re
import subprocess
import sys
import tempfile

MARK = re.compile(r"<!-- keys: (\S+) -->\n.*?<!-- end -->", re.S)
# Maps of two keys, which the type of their row shows whole.
SHOWN_AS_TYPES = {"/$defs/limit/anyOf/1", "/$defs/binding/anyOf/1", "/$defs/metric/anyOf/1/properties/range", "/$defs/waiver/properties/up_to"}
# For each map that the program reads: a policy with an unknown key in it.
PROBES = {
    "/": "version: 1\nzzz: 1\n",
    "/properties/defaults": "version: 1\ndefaults: {zzz: 1}\n",
    "/$defs/input": "version: 1\ninputs: {a: {zzz: 1}}\n",
    "/$defs/input/properties/select": "version: 1\ninputs: {i: {kind: metrics, select: {zzz: 1}}}\n",
    "/$defs/metric/anyOf/1": "version: 1\ninputs: {i: {kind: metrics}}\nchecks: [{id: a, metric: {name: accuracy, zzz: 1}, max: 1}]\n",
    "/$defs/check": "version: 1\nchecks: [{id: a, metric: accuracy, max: 1, zzz: 1}]\n",
    "/$defs/margin": "version: 1\nchecks: [{id: a, metric: accuracy, margin: {zzz: 1}}]\n",
    "/$defs/limit/anyOf/1": "version: 1\nchecks: [{id: a, metric: accuracy, max: {zzz: 1}}]\n",
    "/$defs/check/properties/slices": "version: 1\nchecks: [{id: a, metric: accuracy, max: 1, slices: {zzz: 1}}]\n",
    "/$defs/chart": "version: 1\nchecks: [{id: a, metric: accuracy, max: 1, chart: {zzz: 1}}]\n",
    "/$defs/accepted_step": "version: 1\nchecks: [{id: a, metric: accuracy, max: 1, chart: {type: cusum, accepted: [{zzz: 1}]}}]\n",
    "/$defs/anchor": "version: 1\nchecks: [{id: a, metric: accuracy, max: 1, anchor: {zzz: 1}}]\n",
    "/$defs/budget": "version: 1\nchecks: [{id: a, metric: accuracy, max: 1, budget: {zzz: 1}}]\n",
    "/$defs/waiver": "version: 1\nchecks: [{id: a, metric: accuracy, max: 1}]\nwaivers: [{zzz: 1}]\n",
}


def at(schema, pointer):
    for part in pointer.strip("/").split("/"):
        if part:
            schema = schema[int(part)] if isinstance(schema, list) else schema[part]
    return schema


def resolved(node, schema):
    """The node over what it refers to."""
    while "$ref" in node:
        node = {**at(schema, node["$ref"].lstrip("#")), **{key: value for key, value in node.items() if key != "$ref"}}
    return node


def number_type(node):
    whole = node["type"] == "integer"
    low = f"from {node['minimum']:g}" if "minimum" in node else f"above {node['exclusiveMinimum']:g}" if "exclusiveMinimum" in node else ""
    top = node.get("maximum")
    high = "" if top is None or (whole and 1e9 <= top < 2**53) else "to 2^53" if top == 2**53 else f"to {top:g}"
    if "exclusiveMaximum" in node:
        high = f"below {node['exclusiveMaximum']:g}"
    return " ".join(part for part in ("integer" if whole else "number", low, high) if part)


def type_of(node):
    if "title" in node:
        return node["title"]
    if "const" in node:
        return f"`{node['const']}`"
    if "enum" in node:
        return ", ".join(f"`{word}`" for word in node["enum"])
    kind = node["type"]
    if kind in ("integer", "number"):
        return number_type(node)
    return {"object": "map", "array": "list", "boolean": "`true`, `false`"}[kind]


def default_of(key, node, required):
    if "default" in node:
        return f"`{json.dumps(node['default']).strip(chr(34))}`"
    return node.get("x-default", "required" if key in required else "-")


def link(heading, headings):
    if heading not in headings:
        sys.exit(f"policy.schema.json: x-see names '{heading}', and docs/POLICY.md has no such heading")
    return f"[{heading}](#{re.sub(r'[^a-z0-9 _-]', '', heading.lower()).replace(' ', '-')})"


def meaning_of(node, headings, here):
    seen = node.get("x-see", [])
    links = [link(heading, headings) for heading in ([seen] if isinstance(seen, str) else seen) if heading != here]
    text = node["description"]
    return text if not links else f"{text.rstrip('.')}; see {' and '.join(links)}."


def table(map_node, schema, headings, pointer):
    rows = []
    members = [(f"`{key}`", key, node) for key, node in map_node["properties"].items()]
    if isinstance(map_node.get("additionalProperties"), dict):
        members.append(("any other name", None, map_node["additionalProperties"]))
    for shown, key, node in members:
        node = resolved(node, schema)
        if "description" not in node:
            sys.exit(f"policy.schema.json: {pointer}: '{key}' has no description")
        rows.append((shown, type_of(node), default_of(key, node, map_node.get("required", [])), meaning_of(node, headings, None)))
    for row in rows:
        if any("|" in cell for cell in row):
            sys.exit(f"policy.schema.json: {pointer}: {row[0]}: a | would break the table")
    columns = [0, 1, 3] if all(row[2] == "-" for row in rows) else [0, 1, 2, 3]
    lines = [("key", "type", "default", "meaning"), ("---",) * 4, *rows]
    return "\n".join("| " + " | ".join(line[column] for column in columns) + " |" if line[0] != "---" else "|" + "---|" * len(columns) for line in lines)


def maps_of(node, pointer=""):
    """Pointers of all maps whose keys the schema lists."""
    if isinstance(node, dict):
        if isinstance(node.get("properties"), dict) and node.get("type") == "object":
            yield pointer or "/"
        for key, value in node.items():
            yield from maps_of(value, f"{pointer}/{key}")
    elif isinstance(node, list):
        for place, value in enumerate(node):
            yield from maps_of(value, f"{pointer}/{place}")


def keys_of_program(binary, policy):
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "policy.yaml"
        path.write_text(policy)
        said = subprocess.run([binary, "validate", "-p", path.name], cwd=folder, capture_output=True, text=True)
    found = re.search(r"unknown key 'zzz'; (?:wanted|a metric takes) (.*)", said.stdout + said.stderr)
    return set(re.split(r", | or | and ", found.group(1))) if found else f"no list of keys: {said.stdout}{said.stderr}"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--root", required=True, type=pathlib.Path)
    parser.add_argument("--binary", required=True)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_known_args()[0]
    schema = json.loads((options.root / "schemas/policy.schema.json").read_text(encoding="utf-8"))
    path = options.root / "docs/POLICY.md"
    text = path.read_text(encoding="utf-8")
    headings = {line.lstrip("#").strip() for line in text.splitlines() if line.startswith("#")}
    shown = []

    def renew(match):
        shown.append(match.group(1))
        return f"<!-- keys: {match.group(1)} -->\n{table(at(schema, match.group(1)), schema, headings, match.group(1))}\n<!-- end -->"

    wanted = MARK.sub(renew, text)
    if options.write:
        path.write_text(wanted, encoding="utf-8")
    problems = []
    if wanted != text and not options.write:
        problems.append("docs/POLICY.md: its tables of keys are not what schemas/policy.schema.json says: run scripts/docs")
    listed = list(maps_of(schema))
    problems += [f"docs/POLICY.md: no table `<!-- keys: {pointer} -->`" for pointer in listed if pointer not in SHOWN_AS_TYPES and pointer not in shown]
    binary = str(pathlib.Path(options.binary).resolve())
    for pointer, policy in PROBES.items():
        known = keys_of_program(binary, policy)
        if known != set(at(schema, pointer)["properties"]):
            problems.append(f"policy.schema.json: {pointer}: keys {sorted(at(schema, pointer)['properties'])}; the program: {known if isinstance(known, str) else sorted(known)}")
    # Of the small maps only a limit lists its keys when one is unknown, and roles are names that anybody may add to.
    untried = set(listed) - set(PROBES) - SHOWN_AS_TYPES - {"/$defs/input/properties/columns"}
    problems += [f"check_policy_reference.py: no policy to try {pointer} with" for pointer in sorted(untried)]
    print("\n".join(problems) or f"docs/POLICY.md: {len(shown)} tables as the schema says; the program knows the keys of {len(PROBES)} maps")
    sys.exit(1 if problems else 0)


main()
