#!/usr/bin/env python3
"""Every catalog entry has a unit test that names it and at least one golden case that uses it."""
import argparse
import pathlib
import re
import subprocess
import sys

# list name -> room of the unit tests
CATALOGS = {"metrics": "metrics", "methods": "comparison", "charts": "comparison", "rules": "comparison", "formats": "sources", "reports": "report"}


def entries(binary, what):
    text = subprocess.run([binary, "list", what], check=True, capture_output=True, text=True).stdout
    return [line.split()[0] for line in text.splitlines()]


def text_below(folder, suffixes):
    return {path: path.read_text(errors="replace") for path in folder.rglob("*") if path.is_file() and (not suffixes or path.suffix in suffixes)}


def used_in_case(what, name, cases):
    """A metric, a chart and a rule stand in a policy, a method in a JSON report, a format in a file's name, a report in the arguments."""
    for path, text in cases.items():
        if what == "metrics" and path.suffix == ".yaml" and (f"metric: {name}" in text or f"name: {name}" in text or f"stat: {name}" in text):
            return True
        if what == "metrics" and path.suffix == ".yaml" and name == "quantile" and "stat: p" in text:
            return True
        if what == "charts" and path.suffix == ".yaml" and f"chart: {{type: {name}" in text:
            return True
        if what == "rules" and path.suffix == ".yaml" and re.search(rf"\b{name}\b", text):
            return True
        if what == "methods" and path.suffix == ".json" and f'"method": "{name}"' in text:
            return True
        if what == "formats" and f"/formats/{name}/" in path.as_posix():
            return True
        if what == "formats" and (path.name.endswith("." + name) or f".{name}." in path.name):
            return True
        if what == "reports" and path.name == "args" and name in text:
            return True
    return False


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--root", required=True)
    parser.add_argument("--binary", required=True)
    options = parser.parse_known_args()[0]
    root = pathlib.Path(options.root)
    cases = {**text_below(root / "tests" / "cases", set()), **text_below(root / "tests" / "gates", set())}
    problems = []
    total = 0
    for what, room in CATALOGS.items():
        names = entries(options.binary, what)
        tests = "".join(text_below(root / "tests" / "unit" / room, {".cpp"}).values())
        for name in names:
            total += 1
            if name.endswith(":"):  # a tracker: addresses need a server, which tests/interop starts
                if not any(f'"{name}' in text for text in text_below(root / "tests" / "interop", {".py"}).values()):
                    problems.append(f"{what}: no script of tests/interop asks {name}")
                continue
            if f'"{name}"' not in tests:
                problems.append(f"{what}: no test in tests/unit/{room} names \"{name}\"")
            if not used_in_case(what, name, cases):
                problems.append(f"{what}: no golden case uses {name}")
    for problem in problems:
        print(problem)
    print(f"{total} catalog entries, {len(problems)} problems")
    sys.exit(1 if problems or total < 30 else 0)


main()
