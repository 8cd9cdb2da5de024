#!/usr/bin/env python3
"""Every header compiles alone, and is read once.

A header that a source file includes first is compiled alone by the build itself, so that only the others are compiled here.
"""
import argparse
import concurrent.futures
import pathlib
import re
import subprocess
import sys

FIRST = re.compile(r'^#include ["<]([^">]+)[">]', re.MULTILINE)


def compile_alone(compiler, root, header):
    name = header.relative_to(root / "src")
    text = f'#include "{name}"\n'
    done = subprocess.run([compiler, "-std=c++20", "-fsyntax-only", "-Wall", "-Wextra", "-Werror", f"-I{root / 'src'}", "-x", "c++", "-"],
                          input=text, capture_output=True, text=True)
    return name, done.returncode, done.stderr


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--root", required=True)
    parser.add_argument("--compiler", default="c++")
    options = parser.parse_known_args()[0]
    root = pathlib.Path(options.root)
    headers = sorted((root / "src").rglob("*.h"))
    failed = 0
    for header in headers:
        if not re.search(r"^#pragma once$", header.read_text(), re.MULTILINE):
            failed += 1
            print(f"{header.relative_to(root)}: no `#pragma once`")
    firsts = (FIRST.search(source.read_text()) for source in (root / "src").rglob("*.cpp"))
    built_alone = {root / "src" / first.group(1) for first in firsts if first}
    others = [header for header in headers if header not in built_alone]
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        for name, code, errors in pool.map(lambda header: compile_alone(options.compiler, root, header), others):
            if code != 0:
                failed += 1
                print(f"{name} does not compile alone:\n{errors}")
    print(f"{len(headers)} headers, {len(others)} compiled here, {failed} failed")
    sys.exit(1 if failed or len(headers) < 30 else 0)


main()
