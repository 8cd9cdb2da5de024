#!/usr/bin/env python3
"""Reads yaml-test-suite, and documents that PyYAML writes, with the program and with PyYAML's composer. The program reads a subset, and says so where it stops; what both read
has the same keys, texts, numbers and lists, and nothing that PyYAML or the suite refuses is read. Where they differ otherwise, DIFFERENCES.tsv says why."""
import collections
import pathlib
import random
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
# What plain scalars are: YAML 1.2's core schema, without hexadecimal and octal numbers, and with words for numbers that are not finite.
NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?")
NAN, INFINITY = re.compile(r"[-+]?(nan|NaN|NAN)|\.(nan|NaN|NAN)"), re.compile(r"[-+]?(\.(inf|Inf|INF)|inf|Inf|INF|Infinity|infinity)")
NULLS = ("", "~", "null", "Null", "NULL")
LEAST = {"number": 1000, "text": 1000, "keys": 2000, "null": 60, "boolean": 60}
OF_SUITE = {"number": 20, "text": 150, "keys": 110, "null": 5}
PIECES = ["a", "Z", '"', "'", "\\", "\n", "\t", "\x07", "é", "\u4e2d", " ", "  ", ": ", " #", "- ", "{", "]", ",", "7", "&", "*", "!", "%", "@", "|", ">", "?"]
TEXTS = ["yes", "no", "on", "True", "010", "1_000", "0x1f", "1:30", "2026-03-01", ".5", "1.", "1e5", "+1", "=", "<<", "null", "~", "true", "12", "-", "---", "...", ""]


def tree(node):
    """As show_document shows it."""
    if isinstance(node, yaml.MappingNode):
        return ["map", [[key.value if isinstance(key, yaml.ScalarNode) else "(no scalar)", tree(value)] for key, value in node.value]]
    if isinstance(node, yaml.SequenceNode):
        return ["list", [tree(item) for item in node.value]]
    text = node.value
    if node.style is not None:
        return ["text", text]
    if text in NULLS:
        return ["null"]
    if text in ("true", "false"):
        return ["boolean", text == "true"]
    if NUMBER.fullmatch(text):
        return common.number(text)
    if NAN.fullmatch(text):
        return ["number", "nan", text, (0.0).hex()]
    if INFINITY.fullmatch(text):
        return ["number", "-inf" if text.startswith("-") else "inf", text, (0.0).hex()]
    return ["text", text]


def pyyaml_reads(data):
    try:
        documents = list(yaml.compose_all(data.decode("utf-8"), Loader=yaml.SafeLoader))
    except (yaml.YAMLError, UnicodeDecodeError, ValueError):
        return None, False
    return documents[0] if documents else None, True


def any_text(draw):
    """Without line ends at its end, of which the library drops one: y_NAT4 in DIFFERENCES.tsv."""
    return draw.choice([lambda: draw.choice(TEXTS), lambda: "".join(draw.choice(PIECES) for _ in range(draw.randint(1, 8))).rstrip("\n")])()


def any_value(draw, depth=4):
    if depth and draw.random() < 0.5:
        size = draw.randint(0, 6)
        if draw.random() < 0.4:
            return [any_value(draw, depth - 1) for _ in range(size)]
        return {any_text(draw) or "k": any_value(draw, depth - 1) for _ in range(size)}
    return draw.choice([lambda: draw.randint(-1000, 1000), lambda: round(draw.random() * 10 ** draw.randint(-9, 9), 9), lambda: any_text(draw), lambda: any_text(draw),
                        lambda: draw.choice([None, True, False, float("nan"), float("-inf")])])()


def written_by_pyyaml(number):
    draw = random.Random(number)
    value = {f"k{i}": any_value(draw) for i in range(8)}
    return yaml.safe_dump(value, allow_unicode=draw.random() < 0.5, default_flow_style=draw.choice([None, False, True]), width=draw.choice([40, 1000]), sort_keys=False,
                          default_style=draw.choice([None, None, None, '"', "'"]), indent=draw.choice([2, 4]))


def compare(program, folder, path, ours, counts):
    """Differences of one file, whether the program read it, and whether its subset ends there; `ours` is its tree to us."""
    data = path.read_bytes()
    code, said = common.convert(program, folder, "x.yaml", data, "yaml")
    first = said[0] if said else ""
    subset = code != 0 and SUBSET.search(first) is not None
    accepted = code == 0 or not (subset or SYNTAX.search(first))
    document, theirs = pyyaml_reads(data)
    problems = []
    if accepted and not isinstance(ours, list) or not (accepted or subset) and isinstance(ours, list):
        problems.append(f"the program {'reads' if accepted else 'refuses'} it, its YAML layer says {ours}: {first}")
    if accepted and not theirs:
        problems.append(f"we read it and PyYAML does not: {first}")
    if accepted and path.name.startswith("n_"):
        problems.append(f"the suite says it is invalid: {first}")
    if not accepted and not subset and theirs and not path.name.startswith("n_"):
        problems.append(f"we refuse what is valid: {first}")
    # A file without a last line end is beyond the subset, and has values all the same.
    if isinstance(ours, list) and document is not None:
        problems += common.differing(ours, tree(document), counts)
    return problems, accepted, subset


def main():
    program, documents = common.options()
    listed, counts, of_suite = common.differences("yaml-test-suite"), collections.Counter(), collections.Counter()
    found, read, beyond = [], 0, 0
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(scratch)
        suite = sorted((common.CORPORA / "yaml-test-suite").glob("*.yaml"))
        own = [folder / f"document-{number}.yaml" for number in range(80)]
        for number, path in enumerate(own):
            path.write_text(written_by_pyyaml(number))
        for path, ours in zip([*suite, *own], common.shown(documents, [*suite, *own])):
            different, accepted, subset = compare(program, folder, path, ours, of_suite if path in suite else counts)
            found.append((path.name, different))
            if path in suite:
                read, beyond = read + accepted, beyond + subset
    problems = common.unexplained(found, listed) + common.too_few(of_suite, OF_SUITE) + common.too_few(counts, LEAST)
    if problems:
        print("\n".join(problems))
        sys.exit(f"{len(problems)} differences that nobody explains")
    print(f"{len(suite)} files of the suite: {read} read, {beyond} beyond the subset, {len(suite) - read - beyond} refused. Equal in them: {common.told(of_suite)}; "
          f"in {len(own)} files of PyYAML: {common.told(counts)}. {len(listed)} differences listed")


if __name__ == "__main__":
    main()
