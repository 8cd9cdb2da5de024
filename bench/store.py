#!/usr/bin/env python3
"""A store of 1,000,000 points, measured in one sitting: bench/store.py [--binary PATH] [--points N] [--rounds N]

1. Wall time of `metricgate log a=0.5` on it, against `metricgate --version`, which only starts the program, and against an INSERT of one
   point by Python's sqlite3 in the same database (open, BEGIN IMMEDIATE, INSERT, COMMIT, close).
2. Wall time of reading the whole history of one metric (10,000 points of 100 metrics) and its last 50 points by unit_history's benchmark
   `[.store]`, against the plain query of the same rows by Python's sqlite3.
Medians; the ratios are the result, seconds are orientation. The program is the one that is installed, without the Arrow C++ of a wheel. TMPDIR says where
the store lies: on a disk most of a call is waiting for it, three times; in memory (/dev/shm) the program's own time is left.
"""
import argparse
import contextlib
import os
import pathlib
import sqlite3
import statistics
import subprocess
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
METRICS = 100


def fill(path, points):
    """Points as a year of CI writes them: 100 metrics a run, each run a commit."""
    with contextlib.closing(sqlite3.connect(path)) as database:
        database.executemany("INSERT INTO metrics (id, name, unit) VALUES (?, ?, '')", [(i, f"metric-{i:03}") for i in range(2, METRICS + 1)])
        runs = points // METRICS
        database.executemany("INSERT INTO runs (id, commit_id, run, attempt) VALUES (?, ?, '', '')", [(i, f"{i:040x}") for i in range(2, runs + 2)])
        database.executemany("INSERT INTO points (metric, time, id, value, standard_error, n, step, run, circumstances) VALUES (?, ?, 1, ?, 0.01, 1000, ?, ?, 1)",
                             ((metric, 1700000000 + 600 * run, 0.9 + metric * 1e-4 + run % 7 * 1e-3, run, run) for metric in range(1, METRICS + 1)
                              for run in range(2, runs + 2)))
        database.commit()


def program():
    built = ROOT / "build/release"
    alone = built / "without_arrow/metricgate"
    return alone if alone.exists() else built / "metricgate"


def seconds(task, rounds):
    taken = []
    for _ in range(rounds):
        start = time.perf_counter()
        task()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binary", type=pathlib.Path, default=program())
    parser.add_argument("--reader", type=pathlib.Path, default=ROOT / "build/release/tests/unit_history")
    parser.add_argument("--points", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=21)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="metricgate-bench-") as folder:
        path = pathlib.Path(folder) / "metricgate.db"

        def log(*arguments):
            subprocess.run([options.binary, *arguments], cwd=folder, check=True, capture_output=True)

        log("log", "metric-001=0.5", "--step", "1")
        fill(path, options.points)
        print(f"{options.points:,} points, {path.stat().st_size / 1e6:.0f} MB")

        def insert():
            with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as database:
                database.execute("PRAGMA synchronous=FULL")
                database.execute("BEGIN IMMEDIATE")
                at = int(time.time() * 1e6)
                database.execute("INSERT INTO points (metric, time, id, value, run, circumstances) VALUES (2, ?, 1, 0.5, 1, 1)", (at,))
                database.execute("COMMIT")

        start = seconds(lambda: log("--version"), options.rounds)
        logged = seconds(lambda: log("log", "metric-001=0.5"), options.rounds)
        inserted = seconds(insert, options.rounds)
        print(f"log: {logged * 1e3:.1f} ms, of which the start of the program {start * 1e3:.1f} ms; an INSERT by sqlite3 {inserted * 1e3:.1f} ms; "
              f"ratio without the start {(logged - start) / inserted:.2f}")
        for window, limit in (("", -1), ("50", 50)):
            def query():
                with contextlib.closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
                    found = database.execute("SELECT p.time, p.value, p.standard_error, p.n, p.step, r.commit_id, c.metadata FROM points p JOIN runs r ON "
                                             "r.id = p.run JOIN circumstances c ON c.id = p.circumstances WHERE metric = 50 ORDER BY p.time DESC, p.id DESC "
                                             "LIMIT ?", (limit,)).fetchall()
                    assert len(found) == (limit if limit > 0 else options.points // METRICS)

            environment = {**os.environ, "METRICGATE_STORE": str(path), "METRICGATE_METRIC": "metric-050", "METRICGATE_WINDOW": window}
            done = subprocess.run([options.reader, "[.store]"], env=environment, check=True, capture_output=True, text=True)
            read = statistics.median(float(line.split()[1]) for line in done.stdout.splitlines() if line.startswith("read "))
            plain = seconds(query, options.rounds)
            print(f"{'the last 50 points' if window else 'the history'} of one metric: {read * 1e3:.2f} ms; a plain query by sqlite3 {plain * 1e3:.2f} ms; "
                  f"ratio {read / plain:.2f}")


main()
