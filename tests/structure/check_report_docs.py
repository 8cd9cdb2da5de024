#!/usr/bin/env python3
"""README.md and docs/REPORTS.md know every report format and no other, and what they give to paste is YAML that parses."""
import argparse
import pathlib
import re
import subprocess
import sys

import yaml

FENCE = re.compile(r"```(\w+)\n(.*?)```", re.S)
ASKED = re.compile(r"--report[ =]([a-z:]+)")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--root", required=True)
    parser.add_argument("--binary", required=True)
    options = parser.parse_known_args()[0]
    root = pathlib.Path(options.root)
    listed = subprocess.run([options.binary, "list", "reports"], check=True, capture_output=True, text=True).stdout
    formats = {line.split()[0] for line in listed.splitlines()}
    problems = []
    blocks = 0
    for name in ("README.md", "docs/REPORTS.md"):
        text = (root / name).read_text()
        problems += [f"{name}: does not name the format `{each}`" for each in sorted(formats) if f"`{each}`" not in text and f"--report {each}=" not in text]
        problems += [f"{name}: --report {each} is no format" for each in sorted(set(ASKED.findall(text)) - formats)]
        for language, block in FENCE.findall(text):
            if language != "yaml":
                continue
            blocks += 1
            try:
                yaml.safe_load(block)
            except yaml.YAMLError as error:
                problems.append(f"{name}: a block that is no YAML: {error}")
    print("\n".join(problems) or f"{len(formats)} formats, {blocks} YAML blocks")
    sys.exit(1 if problems or len(formats) < 5 or blocks < 5 else 0)


main()
