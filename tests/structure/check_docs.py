#!/usr/bin/env python3
"""docs/METRICS.md, docs/FORMATS.md, the table of formats in README.md and those of charts and their rules in docs/HISTORY.md and docs/POLICY.md say
what the catalogs say; scripts/docs writes them anew (here: --write)."""
import argparse
import pathlib
import re
import subprocess
import sys

HEAD = """# Metrics and methods

Written by `scripts/docs` from the program's catalogs: change those, not this file. `metricgate list metrics` and `metricgate list methods`
print the same; [POLICY.md](POLICY.md) says how a check names a metric and a method.

## Metrics

`columns` are the roles that an input of kind `predictions` binds. A metric that is undefined on the data (a class without examples, a
constant target) makes the check an error, unless the policy gives a value as `when_undefined`.
"""
METHODS = """
## Methods

The first method that applies to the metric and its evidence is taken, in this order, unless the check names one. `welch`, `mann_whitney`,
`z`, `newcombe`, `miettinen_nurminen`, `poisson` and `tolerance` are for recorded numbers and runs,
`delong_unpaired` and `mover` for sides that are different examples.
"""
FORMATS = """# Formats

Written by `scripts/docs` from the program's catalogs: change those, not this file. `metricgate list formats` prints the same.

The content says what a file is: a format is recognised by marks that no other has. `--format NAME` or `format: NAME` says it where there are
none; content that could be two formats is an error that names both. Tables of examples need `kind: predictions` or `samples`; all others hold
recorded metrics, need `kind: metrics`, and [`select`](POLICY.md#logs) says which run, metrics and values of them are judged. `metricgate convert`
writes recorded metrics of any format as metricgate's own file (`schemas/metrics.schema.json`). What ends in `:` is a tracker, named
by an address on the command line, as in `--baseline mlflow:models/churn@champion`; nothing is fetched without one.

More about: {pages}.
"""


def cell(text):
    """Asterisks and pipes would be Markdown."""
    return text.replace("\\", "\\\\").replace("|", "\\|").replace("*", "\\*").replace("<", "&lt;")


def table(binary, what):
    text = subprocess.run([binary, "list", what, "--long"], check=True, capture_output=True, text=True).stdout
    rows = [line.split("\t") for line in text.splitlines()]
    width = len(rows[0])
    if any(len(row) != width for row in rows):
        sys.exit(f"list {what} --long: rows of different length")
    lines = ["| " + " | ".join(rows[0]) + " |", "|" + "---|" * width]
    for name, *rest in rows[1:]:
        lines.append("| " + " | ".join([f"`{name}`", *map(cell, rest)]) + " |")
    return "\n" + "\n".join(lines) + "\n"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--root", required=True)
    parser.add_argument("--binary", required=True)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_known_args()[0]
    docs = pathlib.Path(options.root) / "docs"
    pages = [f"[{page.read_text(encoding='utf-8').splitlines()[0].lstrip('# ')}](formats/{page.name})" for page in sorted((docs / "formats").glob("*.md"))]

    def with_table(path, what):
        made = f"<!-- {what} -->{table(options.binary, what)}<!-- end -->"
        return re.sub(rf"<!-- {what} -->\n.*?<!-- end -->", lambda _: made, path.read_text(encoding="utf-8"), count=1, flags=re.S)

    texts = {
        "../README.md": with_table(docs.parent / "README.md", "formats"),
        "HISTORY.md": with_table(docs / "HISTORY.md", "charts"),
        "POLICY.md": with_table(docs / "POLICY.md", "rules"),
        "METRICS.md": HEAD + table(options.binary, "metrics") + METHODS + table(options.binary, "methods"),
        "FORMATS.md": FORMATS.replace("{pages}", ", ".join(pages)) + table(options.binary, "formats"),
    }
    for name, wanted in texts.items():
        path = docs / name
        if options.write:
            path.write_text(wanted, encoding="utf-8")
        found = path.read_text(encoding="utf-8") if path.exists() else ""
        if found != wanted:
            sys.exit(f"{path.name} is not what the catalogs say: run scripts/docs")
        print(f"{path.name}: {len(wanted.splitlines())} lines, as the catalogs say")


main()
