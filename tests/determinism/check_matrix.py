#!/usr/bin/env python3
"""Same inputs, same bytes: one digest over compilers, optimisation, threads, locales, time zones, addresses and row order.

    check_matrix.py --root ROOT --binary BINARY --in-locale BINARY [--compilers FOLDER]

Runs every golden case that reaches a verdict, with BINARY and with its twin that takes the locale of its environment before main
(`metricgate_in_locale`). With --compilers the twin is also built with g++ and clang++, each without optimisation and with
-O3 -march=native (a quarter of an hour on two cores). The answers of BINARY under 1 thread, LC_ALL=C and the rows as they stand are the
reference; each build answers three times:

    1 thread,  LC_ALL=C,            rows as they stand, UTC
    2 threads, LC_ALL=de_DE.UTF-8,  rows shuffled       (a comma between whole and fraction), 14 hours before UTC
    8 threads, LC_ALL=tr_TR.UTF-8,  rows shuffled       (I and i are no pair), 9 1/2 hours after UTC, addresses not random (setarch -R)

Every output must equal the reference byte for byte. Prints one digest over all of them.
"""
import argparse
import concurrent.futures
import hashlib
import os
import pathlib
import random
import shlex
import shutil
import subprocess
import sys
import tempfile

FLAVOURS = [(compiler, options) for compiler in ("g++", "clang++-14") for options in ("-O0", "-O3 -march=native")]
# LLVM's standard library, with its own checks, and with equal elements in another order in each run.
LIBCXX = ("-O0 -stdlib=libc++ -fexperimental-library -D_LIBCPP_HARDENING_MODE=_LIBCPP_HARDENING_MODE_DEBUG "
          "-D_LIBCPP_DEBUG_RANDOMIZE_UNSPECIFIED_STABILITY")
# What a build without Arrow answers otherwise.
ARROW = {"parquet", "parquet-phoenix", "arrow", "folder-of-parts"}
# Threads, locale, whether rows are shuffled, time zone (as POSIX writes it: no table is needed), what the program is started by.
WAYS = [("1", "C", False, "UTC0", []), ("2", "de_DE.UTF-8", True, "<+14>-14", []), ("8", "tr_TR.UTF-8", True, "<-0930>9:30", ["setarch", "-R"])]
COMMANDS = ("check", "power", "selftest", "explain")
TABLES = {".csv", ".tsv", ".jsonl"}
# Why the rows of a case keep their order: what the case shows is tied to the place of a row.
KEEPS_ORDER = {
    "by-position": "pairs its rows by position",
    "F10-by-position": "pairs its rows by position",
    "nannyml": "reads a log of chunks, with a header of three lines",
    "degenerate": "names the line at which a column is first broken",
    "dvclive": "reads a log, whose steps run forward",
    "openai_evals": "reads a log, which its first line describes",
    **dict.fromkeys(
        ("in-control", "rings", "C16-flat-history-falls", "no-value-rings", "every-rule", "max-age", "max-age-kept", "too-short", "not-finite", "flat", "retry-until-green",
         "new-data", "accepted-step", "candidate-file", "history-selftest", "history-power", "history-explain", "budget-spent", "budget-net",
         "anchor-other-data", "anchor-waived", "window", "renamed-metric", "stale-metric",
         "budget-of-predictions", "attempts-under-a-limit", "bad-value-under-good-attempts", "bad-value-of-a-short-history", "retry-on-few-examples", "table-time-back", "table-step-text",
         "table-bad-count", "table-key-twice", "table-key-empty", "empty-newest-within-the-hour", "anchor-key-of-two-commits", "head-is-not-the-newest",
         "candidate-of-an-old-commit", "candidate-of-the-last-commit", "candidate-not-of-head", "candidate-at-head", "empty-newest-row", "few-at-the-newest",
         "F04b-few-beside-an-anchor"), "reads a history, whose rows are in the order of time"),
}
# What the operating system says of a file that cannot be written is in the language of the locale, for a program that takes one.
SYSTEM_MESSAGES = {"full-device-after-fail", "unwritable-folder"}
LEAST_CASES = 60


def build(root, folder, name, compiler, options, *more):
    target = folder / name.replace(" ", "").replace("=", "")
    quiet = {"check": True, "stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
    configure = ["cmake", "-S", root, "-B", target, "-G", "Ninja", f"-DCMAKE_CXX_COMPILER={compiler}", "-DCMAKE_BUILD_TYPE=None",
                 f"-DCMAKE_CXX_FLAGS={options}", *more]
    try:
        subprocess.run(configure, **quiet)
        subprocess.run(["cmake", "--build", target, "--target", "metricgate_in_locale"], **quiet)
    except subprocess.CalledProcessError as error:
        sys.exit(f"{compiler} {options}: the build failed\n{error.stdout[-4000:]}")
    return target / "tests" / "metricgate_in_locale"


def make_locales(folder):
    """Locales below `folder`, without root and without touching the system's."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("de_DE", "tr_TR"):
        path = folder / f"{name}.UTF-8"
        if not path.exists():
            done = subprocess.run(["localedef", "-i", name, "-f", "UTF-8", path], capture_output=True, text=True)
            if not path.exists():
                sys.exit(f"localedef could not make {name}.UTF-8; the Debian package `locales` has its sources\n{done.stderr}")
    probe = "import locale; locale.setlocale(locale.LC_ALL, ''); print(locale.localeconv()['decimal_point'])"
    done = subprocess.run([sys.executable, "-c", probe], env={"LOCPATH": str(folder), "LC_ALL": "de_DE.UTF-8"}, capture_output=True, text=True)
    if done.stdout.strip() != ",":
        sys.exit(f"de_DE.UTF-8 does not write a decimal comma here, so that the test would show nothing\n{done.stderr}")


def cases(root):
    """Golden cases that end with a verdict and need nothing but their files: what stops early never gets to a number."""
    found = []
    for args in sorted([*root.glob("tests/cases/**/args"), *root.glob("tests/gates/**/args")]):
        case = args.parent
        special = any((case / name).exists() for name in ("setup", "stdin", "environment", ".cwd"))
        words = shlex.split(args.read_text(), comments=True)
        if not special and case.name not in SYSTEM_MESSAGES and words and words[0] in COMMANDS and (case / "expected.exit").read_text().strip() in ("0", "1", "3"):
            found.append((case, words))
    return found


def shuffle(path, seed):
    lines = path.read_bytes().splitlines(keepends=True)
    if any(b'"' in line for line in lines) and path.suffix != ".jsonl":
        return  # a quoted cell may hold a line break
    head = 0 if path.suffix == ".jsonl" else 1
    rows = lines[head:]
    random.Random(f"{seed} {path.name}").shuffle(rows)
    path.write_bytes(b"".join(lines[:head] + rows))


def answer(binary, case, words, way, locales):
    threads, locale, shuffled, zone, starter = way
    with tempfile.TemporaryDirectory() as scratch:
        work = pathlib.Path(scratch) / "work"
        shutil.copytree(case, work, ignore=lambda _, names: [n for n in names if n.startswith("expected") or n.endswith(".actual")])
        before = {path.name for path in work.iterdir()}
        if shuffled and case.name not in KEEPS_ORDER:
            for path in sorted(work.rglob("*")):
                if path.suffix in TABLES and path.is_file():
                    shuffle(path, threads)
        env = {"PATH": os.environ["PATH"], "HOME": scratch, "LOCPATH": str(locales), "LC_ALL": locale, "TZ": zone}
        done = subprocess.run([*starter, binary, *words, "--threads", threads], cwd=work, env=env, capture_output=True, timeout=600)
        digest = hashlib.sha256(f"{done.returncode}\n".encode() + done.stdout + b"\0" + done.stderr)
        for path in sorted(work.iterdir()):
            if path.name not in before and path.is_file():
                digest.update(path.name.encode() + b"\0" + path.read_bytes())
        return digest.hexdigest()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--root", required=True)
    parser.add_argument("--binary", required=True)
    parser.add_argument("--in-locale", required=True)
    parser.add_argument("--compilers", help="a folder to build in")
    parser.add_argument("--libcxx", help="where fmt, yaml-cpp and simdjson were installed that were compiled with it")
    options = parser.parse_known_args()[0]
    root = pathlib.Path(options.root).resolve()
    builds = {"as built": pathlib.Path(options.binary).resolve(), "in its locale": pathlib.Path(options.in_locale).resolve()}
    for compiler, flags in FLAVOURS if options.compilers else []:
        if shutil.which(compiler):
            builds[f"{compiler} {flags}"] = build(root, pathlib.Path(options.compilers).resolve(), f"{compiler} {flags}", compiler, flags)
        else:
            sys.exit(f"{compiler} is not installed; `scripts/setup --all` brings it")
    if options.libcxx:
        builds["libc++"] = build(root, pathlib.Path(options.compilers).resolve(), "libc++", "clang++-19", LIBCXX, "-DMETRICGATE_PARQUET=OFF",
                                 f"-DCMAKE_PREFIX_PATH={pathlib.Path(options.libcxx).resolve()}")
    with tempfile.TemporaryDirectory() as scratch:
        compare(root, builds, pathlib.Path(scratch))


def compare(root, builds, locales):
    make_locales(locales)
    for starter in (way[4] for way in WAYS if way[4]):
        tried = subprocess.run([*starter, "true"], capture_output=True, text=True)
        if tried.returncode != 0:
            sys.exit(f"{' '.join(starter)} does not work here, so that nothing would be shown: {tried.stderr}")
    listed = cases(root)
    total = hashlib.sha256()
    problems = []
    runs = 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        wanted = list(pool.map(lambda each: answer(builds["as built"], *each, WAYS[0], locales), listed))
        for digest in wanted:
            total.update(digest.encode())
        for name, binary in builds.items():
            for way in WAYS:
                got = pool.map(lambda each: answer(binary, *each, way, locales), listed)
                for (case, _), reference, digest in zip(listed, wanted, got):
                    if name == "libc++" and case.name in ARROW:
                        continue
                    runs += 1
                    if digest != reference:
                        problems.append(f"{case.relative_to(root)}: {name}, {way[0]} threads, {way[1]}, "
                                        f"{'shuffled' if way[2] else 'plain'} rows, TZ={way[3]}, {' '.join(way[4]) or 'plain'}: other bytes")
    print("\n".join(problems))
    print(f"{len(listed)} cases, {len(builds)} builds, {runs} runs, digest {total.hexdigest()}")
    sys.exit(1 if problems or len(listed) < LEAST_CASES else 0)


main()
