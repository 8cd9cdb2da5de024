#!/usr/bin/env python3
"""Checks that Markdown reports hold nothing but the report's own nodes.

usage: check_markdown.py FILE...

Names from inputs must stay names. Each file is parsed with cmark-gfm (tables, strikethrough,
autolinks, task lists) and may hold no link, image, raw HTML besides the folded sections,
and no second first-level heading; no text outside code may look like a mention, a reference,
mathematics or a control character; and no raw line may look like a workflow command.
"""

import re
import subprocess
import pathlib
import sys
import xml.etree.ElementTree

PARSER = ["cmark-gfm", "--to", "xml", "--validate-utf8"]
for extension in ("table", "strikethrough", "autolink", "tasklist"):
    PARSER += ["-e", extension]

ALLOWED_NODES = {
    "document", "heading", "paragraph", "text", "softbreak", "code", "strong", "list", "item",
    "table", "table_header", "table_row", "table_cell", "html_block",
}
ALLOWED_HTML = re.compile(
    r"\A(?:<details>\n<summary>[A-Za-z ]+(?: \([0-9,]+(?: of [0-9,]+)?\))?</summary>\n|</details>\n)\Z")
OBEYED_TEXT = re.compile(r"@\w|#\d|\$|://|\bwww\.|<!--|-->", re.IGNORECASE)
HIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
COMMAND = re.compile(r"^\s*::|##[a-z0-9]*\[", re.IGNORECASE)


def problems_of(path):
    with open(path, "rb") as file:
        raw = file.read()
    source = raw.decode("utf-8")
    for number, line in enumerate(source.split("\n"), 1):
        if COMMAND.search(line):
            yield f"line {number} looks like a workflow command: {line[:80]!r}"
        if HIDDEN.search(line):
            yield f"line {number} holds a hidden character: {line[:80]!r}"
    rendered = subprocess.run(PARSER, input=raw, capture_output=True, check=True).stdout
    headings = 0
    columns = 0
    for node in xml.etree.ElementTree.fromstring(rendered).iter():
        kind = node.tag.split("}")[-1]
        text = node.text or ""
        if kind not in ALLOWED_NODES:
            yield f"a {kind} node: {text[:80]!r} {node.attrib}"
        elif kind == "html_block" and not ALLOWED_HTML.match(text):
            yield f"raw HTML: {text[:80]!r}"
        elif kind == "text" and OBEYED_TEXT.search(text):
            yield f"text that a host would act on: {text[:80]!r}"
        elif kind == "heading":
            headings += 1
        elif kind == "table_header":
            columns = len(node)
        elif kind == "table_row" and len(node) != columns:
            yield f"a table row of {len(node)} cells under {columns} headings"
    if headings != 1 or not source.startswith("# metricgate: "):
        yield f"{headings} headings; the report has one, on its first line"
    opened, closed = source.count("<details>\n"), source.count("\n</details>")
    if opened == 0 or opened != closed:
        yield f"{opened} sections opened, {closed} closed"


def main(paths):
    """Without paths: every golden report of tests/cases and tests/gates."""
    if not paths or paths[0].startswith("--"):
        paths = golden_reports()
    failed = False
    for path in paths:
        for problem in problems_of(path):
            failed = True
            print(f"{path}: {problem}")
    print(f"{len(paths)} reports")
    sys.exit(1 if failed or not paths else 0)


def golden_reports():
    tests = pathlib.Path(__file__).resolve().parent.parent
    goldens = sorted([*(tests / "cases").rglob("expected.stdout"), *(tests / "gates").rglob("expected.stdout")])
    return [path for path in goldens if path.read_bytes().startswith(b"# metricgate: ")]


if __name__ == "__main__":
    main(sys.argv[1:])
