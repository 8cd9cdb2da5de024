#!/usr/bin/env python3
"""`--version --verbose` names every library that the program was built with, in the version that pkg-config says; without `--verbose` it is one line."""
import argparse
import re
import subprocess
import sys

# The names that pkg-config has for them; nothing where a library has no such file.
LIBRARIES = {"Arrow C++": None, "Boost": None, "CLI11": "CLI11", "SQLite": "sqlite3", "curl": "libcurl", "fast_float": None, "fmt": "fmt", "libgit2": "libgit2",
             "nlohmann_json": "nlohmann_json", "simdjson": "simdjson", "xxHash": "libxxhash", "yaml-cpp": "yaml-cpp", "zlib": "zlib", "zstd": "libzstd"}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--binary", required=True)
    binary = parser.parse_known_args()[0].binary
    short = subprocess.run([binary, "--version"], capture_output=True, text=True, check=True).stdout
    first, *lines = subprocess.run([binary, "--version", "--verbose"], capture_output=True, text=True, check=True).stdout.splitlines()
    problems = [] if short == first + "\n" else [f"--version says {short!r}, with --verbose {first!r}"]
    found = {}
    for line in lines:
        match = re.fullmatch(r"(.+?) (\d+(?:\.\d+)+)(?: \(compiled with ([\d.]+)\))?", line)
        if match:
            found[match[1]] = match[3] or match[2]  # pkg-config tells of the headers
        elif line == "without Arrow C++":
            found["Arrow C++"] = "none"
        else:
            problems.append(f"{line!r}: wanted a library and its version")
    if set(found) != set(LIBRARIES):
        problems.append(f"wanted {sorted(LIBRARIES)}, found {sorted(found)}")
    for name, package in LIBRARIES.items():
        known = subprocess.run(["pkg-config", "--modversion", package], capture_output=True, text=True) if package else None
        if known and known.returncode == 0 and name in found and known.stdout.strip() != found[name]:
            problems.append(f"{name}: {found[name]}, and pkg-config says {known.stdout.strip()}")
    alone = subprocess.run([binary, "--verbose"], capture_output=True, text=True)
    if alone.returncode != 2 or "--version" not in alone.stderr:
        problems.append(f"--verbose alone: exit {alone.returncode}, {alone.stderr!r}; wanted 2 and what it goes with")
    print("\n".join(problems))
    print(f"{len(found)} libraries, {len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
