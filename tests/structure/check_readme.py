#!/usr/bin/env python3
"""What README.md shows is what the program does: blocks marked `policy:` equal the file, blocks marked `output:` equal the output of the
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


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--root", required=True)
    parser.add_argument("--binary", required=True)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_known_args()[0]
    root = pathlib.Path(options.root)
    binary = str(pathlib.Path(options.binary).resolve())
    readme = root / "README.md"
    text = readme.read_text()
    stale = []

    def check(match):
        kind, argument, language, shown = match.groups()
        wanted = actual(kind, argument, binary, root)
        if wanted != shown:
            stale.append(f"README.md: the block `{kind}: {argument}` differs from what there is; run with --write")
        return f"<!-- {kind}: {argument} -->\n```{language}\n{wanted}```\n<!-- end -->"

    updated, blocks = BLOCK.subn(check, text)
    if options.write:
        readme.write_text(updated)
        return
    print("\n".join(stale) or f"{blocks} blocks are true")
    sys.exit(1 if stale or blocks < 2 else 0)


main()
