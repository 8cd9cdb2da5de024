#!/usr/bin/env python3
"""Every header compiles alone, and twice."""
import argparse
import concurrent.futures
import pathlib
import subprocess
import sys


def compile_alone(compiler, root, header):
    name = header.relative_to(root / "src")
    text = f'#include "{name}"\n#include "{name}"\n'
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
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        for name, code, errors in pool.map(lambda header: compile_alone(options.compiler, root, header), headers):
            if code != 0:
                failed += 1
                print(f"{name} does not compile alone:\n{errors}")
    print(f"{len(headers)} headers, {failed} failed")
    sys.exit(1 if failed or len(headers) < 30 else 0)


main()
