#!/usr/bin/env python3
"""What README.md and docs/REPORTS.md show is what the program does: blocks marked `policy:` equal the file, blocks marked `output:` equal the output of the
command. With --write the blocks are replaced."""
import argparse
import pathlib
import re
import subprocess
import sys

BLOCK = re.compile(r"<!-- (policy|output): (.+?) -->\n```(\w*)\n(.*?)```\n<!-- end -->", re.S)


def actual(kind, argument, binary, root):
    if kind == "policy":
        return (root / argument).read_text()
    done = subprocess.run([binary, *argument.split()], cwd=root, capture_output=True, text=True)
    return done.stdout


def renewed(text, binary, root):
    """The text with its blocks as they should be, their number, and those that differ."""
    stale = []

    def check(match):
        kind, argument, language, shown = match.groups()
        wanted = actual(kind, argument, binary, root)
        if wanted != shown:
            stale.append(f"{kind}: {argument}")
        return f"<!-- {kind}: {argument} -->\n```{language}\n{wanted}```\n<!-- end -->"

    updated, blocks = BLOCK.subn(check, text)
    return updated, blocks, stale


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--root", required=True)
    parser.add_argument("--binary", required=True)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_known_args()[0]
    root = pathlib.Path(options.root)
    binary = str(pathlib.Path(options.binary).resolve())
    stale = []
    shown = 0
    for document in (root / "README.md", root / "docs" / "REPORTS.md"):
        updated, blocks, differing = renewed(document.read_text(), binary, root)
        stale += [f"{document.name}: the block `{block}` differs from what there is; run with --write" for block in differing]
        shown += blocks
        if options.write:
            document.write_text(updated)
    print("\n".join(stale) or f"{shown} blocks are true")
    sys.exit(1 if not options.write and (stale or shown < 3) else 0)


main()
