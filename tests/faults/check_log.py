#!/usr/bin/env python3
"""The Nth allocation, opening, reading, writing, flush, renaming, closing or look at a file of `metricgate log` fails: what 0 says was recorded
is there, a call is there whole or not at all, and the next call works.

    check_log.py --binary BINARY --shim SHIM [--whole]     (--whole: every N; else some)
"""
import argparse
import concurrent.futures
import contextlib
import errno
import json
import os
import pathlib
import sqlite3
import subprocess
import sys
import tempfile

FAULTS = [("malloc", errno.ENOMEM), ("open", errno.EIO), ("read", errno.EIO), ("write", errno.ENOSPC), ("fsync", errno.EIO), ("rename", errno.EIO),
          ("truncate", errno.EIO), ("remove", errno.EIO), ("list", errno.EIO), ("close", errno.EIO), ("stat", errno.EIO), ("mmap", errno.EIO)]
# What a store is not written with. Of all others at least one call must be seen, or nothing is shown.
UNUSED = {"s.db": {"rename", "list"}, "s.jsonl": {"truncate", "remove", "mmap"}}
SOME = 12


def values_in(path):
    """(metric, value) of a store, which must be whole."""
    if not path.exists():
        return []
    if path.suffix == ".jsonl":
        return sorted((point["metric"], point["value"]) for point in map(json.loads, path.read_text().splitlines()))
    with contextlib.closing(sqlite3.connect(path)) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        if not database.execute("SELECT 1 FROM sqlite_master WHERE name = 'points'").fetchone():
            return []
        return sorted(database.execute("SELECT m.name, p.value FROM points p JOIN metrics m ON m.id = p.metric"))


class Logger:
    def __init__(self, binary, store):
        self.binary, self.store = str(binary), store

    def log(self, folder, value, environment=None):
        return subprocess.run([self.binary, "log", f"a={value}", f"b={value}", "--step", str(value), "--store", self.store], cwd=folder, timeout=120,
                              env={"PATH": os.environ["PATH"], **(environment or {})}, capture_output=True)

    def calls(self, environment, is_new):
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            if not is_new:
                self.log(folder, 1)
            self.log(folder, 2, {**environment, "FAULT_COUNT": str(folder / "calls")})
            counted = folder / "calls"
            return int(counted.read_text() or 0) if counted.exists() else 0

    def problem(self, environment, is_new):
        """What must not be, or nothing."""
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            held = [] if is_new else [1]
            if not is_new:
                self.log(folder, 1)
            done = self.log(folder, 2, environment)
            if done.returncode not in (0, 2, 70):
                return f"exit {done.returncode}: {done.stderr[-300:]}"
            path = folder / self.store
            both = [values_in(path), sorted((metric, float(value)) for metric in "ab" for value in [*held, 2])]
            before = sorted((metric, float(value)) for metric in "ab" for value in held)
            # What was stored before the program could say so is stored.
            if both[0] != both[1] and (done.returncode == 0 or both[0] != before):
                return f"exit {done.returncode}, the store holds {both[0]}: {done.stderr[-300:]}"
            after = self.log(folder, 3)
            if after.returncode != 0 or len(values_in(path)) != len(both[0]) + 2:
                return f"the next call: exit {after.returncode}: {after.stderr[-300:]}"
            return ""


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--binary", type=pathlib.Path, required=True)
    parser.add_argument("--shim", type=pathlib.Path, required=True)
    parser.add_argument("--whole", action="store_true")
    options = parser.parse_known_args()[0]
    runs, found = 0, []
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for store in ("s.db", "s.jsonl"):
            logger = Logger(options.binary.resolve(), store)
            for is_new in (True, False):
                for call, error in FAULTS:
                    environment = {"LD_PRELOAD": str(options.shim.resolve()), "FAULT_CALL": call, "FAULT_ERROR": str(error)}
                    calls = logger.calls(environment, is_new)
                    if (calls == 0) != (call in UNUSED[store] or (store, call, is_new) == ("s.jsonl", "read", True)):
                        found.append(f"{store}, {'new' if is_new else 'held'}: {calls} calls of {call} were seen")
                    # What a call does for itself it does at its end; before that the program starts.
                    step = 1 if options.whole else max(1, calls // SOME)
                    wanted = sorted({*range(calls, 0, -step)})
                    ask = lambda n, environment=environment, is_new=is_new: logger.problem({**environment, "FAULT_AT": str(n)}, is_new)
                    for n, problem in zip(wanted, pool.map(ask, wanted)):
                        runs += 1
                        if problem:
                            found.append(f"{store}, {'new' if is_new else 'held'}, {call} {n} of {calls}: {problem}")
    for problem in found[:40]:
        print(problem)
    print(f"{runs} runs with a fault, {len(found)} problems")
    sys.exit(1 if found or runs < 100 else 0)


main()
