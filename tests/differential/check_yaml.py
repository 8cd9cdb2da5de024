#!/usr/bin/env python3
"""Reads yaml-test-suite with the program and with PyYAML's composer. The program reads a subset, and says so where it stops; what it reads has the same numbers and
texts, and nothing that PyYAML or the suite refuses is read. Where they differ otherwise, DIFFERENCES.tsv says why."""
import json
import pathlib
import re
import sys
import tempfile

import common
import yaml

# Valid YAML that the program refuses by name, as docs/POLICY.md says.
SUBSET = re.compile(
    r"an anchor|a tag \(|a directive|a second document starts|stands where a key should be|a key is missing here|stands here for a second time|"
    r"the last line has no line end|holds no document|a merge key|an entry is missing|is empty$|holds only blanks"
)
SYNTAX = re.compile(r"is not valid YAML|is not valid UTF-8|a NUL byte|nested deeper|a quote opens|a comment needs")
NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?$")


def texts(node, path=""):
    """Plain and quoted scalars by name."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            name = key.value if isinstance(key, yaml.ScalarNode) else "?"
            yield from texts(value, f"{path}.{name}" if path else name)
    elif isinstance(node, yaml.ScalarNode):
        yield path, node


def pyyaml_reads(data):
    try:
        documents = list(yaml.compose_all(data.decode("utf-8"), Loader=yaml.SafeLoader))
    except (yaml.YAMLError, UnicodeDecodeError, ValueError):
        return None, False
    return documents[0] if documents else None, True


def compare(program, folder, path):
    """Problems, whether the program read it, whether its subset ends there, and how many numbers and texts were equal."""
    data = path.read_bytes()
    code, written, said = common.convert(program, folder, "x.yaml", data, "yaml")
    first = said[0] if said else ""
    subset = code != 0 and SUBSET.search(first) is not None
    ours = code == 0 or not (subset or SYNTAX.search(first))
    document, theirs = pyyaml_reads(data)
    problems = []
    if ours and not theirs:
        problems.append(f"we read it and PyYAML does not: {first}")
    if ours and path.name.startswith("n_"):
        problems.append(f"the suite says it is invalid: {first}")
    if not ours and not subset and theirs and path.name.startswith("y_"):
        problems.append(f"we refuse what is valid: {first}")
    if code != 0 or document is None:
        return problems, ours, subset, 0
    metrics = json.loads(written)["metrics"]
    found = dict(common.numbers(metrics))
    equal = 0
    for name, node in texts(document):
        plain = node.style is None and NUMBER.match(node.value)
        if plain and found.get(name) != float(node.value):
            problems.append(f"{name} is {found.get(name)} to us, {node.value} to PyYAML")
        if not plain and name in found:
            problems.append(f"{name} is the number {found[name]} to us, the text '{node.value}' to PyYAML")
        equal += 1
    return problems, ours, subset, equal


def main():
    program = common.binary()
    listed, problems = common.differences("yaml-test-suite"), []
    files = read = beyond = equal = 0
    with tempfile.TemporaryDirectory() as scratch:
        for path in sorted((common.CORPORA / "yaml-test-suite").glob("*.yaml")):
            different, ours, subset, same = compare(program, pathlib.Path(scratch), path)
            files, read, beyond, equal = files + 1, read + ours, beyond + subset, equal + same
            if different and path.name not in listed:
                problems.append(f"{path.name}: {'; '.join(different)}")
            if not different and path.name in listed:
                problems.append(f"{path.name}: is listed and does not differ")
    if problems:
        print("\n".join(problems))
        sys.exit(f"{len(problems)} differences that nobody explains")
    print(f"{files} files: {read} read, {beyond} beyond the subset, {files - read - beyond} refused; {equal} scalars equal, {len(listed)} differences listed")


if __name__ == "__main__":
    main()
