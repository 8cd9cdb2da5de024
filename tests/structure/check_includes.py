#!/usr/bin/env python3
"""Rooms include only what ARCHITECTURE.md allows, third-party headers stay in the .cpp files of the rooms named there, and banned
calls occur nowhere; no statement draws twice from one random stream."""
import argparse
import pathlib
import re
import sys

ROOMS = {
    "support": set(),
    "stats": {"support"},
    "evidence": {"support"},
    "sources": {"evidence", "support"},
    "history": {"sources", "evidence", "stats", "support"},
    "metrics": {"evidence", "stats", "support"},
    "comparison": {"metrics", "evidence", "stats", "support"},
    "damage": {"metrics", "evidence", "stats", "support"},
    "policy": {"support"},
    "verdict": {"comparison", "metrics", "policy", "evidence", "stats", "support"},
    "report": {"verdict", "comparison", "metrics", "evidence", "stats", "support"},
    "cli": {"report", "verdict", "policy", "damage", "comparison", "metrics", "history", "sources", "evidence", "stats", "support"},
}
THIRD_PARTY = {
    "fmt/": {"support"},
    "yaml-cpp/": {"support"},
    "nlohmann/": {"support", "report", "sources", "history"},
    "xxhash.h": {"support"},
    "fast_float/": {"support"},
    "boost/": {"stats"},
    "simdjson.h": {"sources"},
    "git2": {"sources"},
    "arrow/": {"sources"},
    "parquet/": {"sources"},
    "zlib.h": {"sources"},
    "zstd.h": {"sources"},
    "sqlite3.h": {"sources", "history"},
    "curl/": {"sources"},
    "CLI/": {"cli"},
}
# Headers with third-party types that one part of a room shares: only .cpp files of the room, and each other, include them.
INNER = {"report/json_values.h", "report/json_check.h"}
# What must never be called, and what to use instead.
BANNED = {
    r"\bstd::sto[dfil]\b|\bstrto[dfl]\b|\batof\b|\batoi\b": "support::parse_number",
    r"\bsetlocale\b|std::locale::global": "nothing: the program has no locale",
    r"\bas<(double|int|float|bool)>": "the scalar's text and support::parse_number",
    r"\brand\(\)|std::random_device|std::mt19937|std::\w+_distribution<": "stats::Stream",
    r"std::chrono::(system|steady)_clock|\btime\(": "nothing: results hold no time",
    r"\bgethostname\b|\buname\(|\bgetlogin\b|\bgetpwuid\b": "nothing: results hold no machine and no user",
}


DRAW = re.compile(r"\b(\w+)\.(?:next|uniform|below)\(|\bbinomial\((\w+)")


def draws_of_one_statement(text):
    """Two draws from one stream in one statement come in the order that a compiler likes."""
    for statement in re.split(r"[;{}]", re.sub(r"//.*", "", text)) if '"stats/random.h"' in text else []:
        streams = [one or other for one, other in DRAW.findall(statement)]
        if len(set(streams)) < len(streams):
            yield " ".join(statement.split())


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--root", required=True)
    root = pathlib.Path(parser.parse_known_args()[0].root)
    problems = []
    found = {path.name for path in (root / "src").iterdir() if path.is_dir()}
    if found != set(ROOMS):
        problems.append(f"rooms are {sorted(found)}, the table names {sorted(ROOMS)}")
    files = 0
    for room, allowed in ROOMS.items():
        for path in sorted((root / "src" / room).glob("*")):
            if path.suffix not in (".h", ".cpp"):
                continue
            files += 1
            problems += [f"{path.relative_to(root)}: two draws in one statement: {statement}" for statement in draws_of_one_statement(path.read_text())]
            for number, line in enumerate(path.read_text().splitlines(), 1):
                where = f"{path.relative_to(root)}:{number}"
                match = re.match(r'\s*#\s*include\s+(["<])([^">]+)[">]', line)
                if match:
                    kind, target = match.groups()
                    if kind == '"':
                        other = target.split("/")[0]
                        if "/" not in target:
                            if not target.endswith(".inc"):
                                problems.append(f"{where}: include \"{target}\" by its room")
                        elif other != room and other not in allowed:
                            problems.append(f"{where}: {room} must not include {other}")
                        elif target in INNER and (other != room or (path.suffix == ".h" and f"{room}/{path.name}" not in INNER)):
                            problems.append(f"{where}: {target} is for the .cpp files of {other}")
                    else:
                        for prefix, rooms in THIRD_PARTY.items():
                            if target.startswith(prefix):
                                if room not in rooms:
                                    problems.append(f"{where}: {target} belongs to {sorted(rooms)}")
                                if path.suffix == ".h" and f"{room}/{path.name}" not in INNER:
                                    problems.append(f"{where}: third-party header {target} in a header of ours")
                code = line.split("//")[0]
                for pattern, instead in BANNED.items():
                    if re.search(pattern, code):
                        problems.append(f"{where}: banned; use {instead}")
    if files < 60:
        problems.append(f"only {files} files were looked at")
    for problem in problems:
        print(problem)
    print(f"{files} files, {len(problems)} problems")
    sys.exit(1 if problems else 0)


main()
