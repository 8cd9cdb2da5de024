#!/usr/bin/env python3
"""Runs killed at random moments, many runs at once on one report, and little memory.

    check_kills.py --binary BINARY [--whole]     (--whole: 200 kills, each size of memory; else a tenth)
"""
import argparse
import os
import pathlib
import random
import subprocess
import sys
import tempfile
import time

import gate


def kills(binary, whole):
    """kill -9 leaves the report of before or the whole new one, and what else it leaves the next run removes."""
    draw = random.Random(1)
    each = gate.gates(binary)[0]
    wanted = each.reference().reports
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(scratch)
        each.fill(folder)
        started = time.monotonic()
        each.run_in(folder)
        takes = time.monotonic() - started
        seen = {"old": 0, "new": 0, "none": 0, "left": 0}
        for _ in range(200 if whole else 20):
            for name, text in gate.OLD.items():
                (folder / name).write_text(text)
            process = subprocess.Popen([each.binary, *each.arguments], cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            time.sleep(draw.random() * takes)
            process.kill()
            if process.wait() not in (0, -9):
                yield f"exit {process.returncode} when killed"
            for name, text in gate.reports_in(folder).items():
                if text not in (gate.OLD[name], wanted[name]):
                    yield f"a kill left a cut {name}: {text[-60:]!r}"
                seen["old" if text == gate.OLD[name] else "new"] += 1
            seen["left"] += len(gate.litter_in(folder))
        each.run_in(folder)
        if gate.litter_in(folder) or gate.reports_in(folder) != wanted:
            yield f"the run after the kills left {gate.litter_in(folder)}"
        print("kills:", seen)


def at_once(binary, whole):
    """Runs that write one report at the same time: it is always one whole report, and each of them ends well."""
    passing, failing = gate.gates(binary)[:2]
    texts = {passing.reference().reports["report.json"], failing.reference().reports["report.json"]}
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(scratch)
        passing.fill(folder)
        (folder / "bad.csv").write_text(failing.files["predictions.csv"])
        def start(bad):
            words = [word if not bad or word != "predictions.csv" else "bad.csv" for word in passing.arguments]
            return subprocess.Popen([passing.binary, *words], cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        runs = [(i % 2, start(i % 2)) for i in range(64)]
        looks = 0
        while any(process.poll() is None for _, process in runs):
            text = (folder / "report.json").read_text()
            looks += 1
            if text != gate.OLD["report.json"] and not text.endswith("}\n"):
                yield f"a cut report was to be seen: {text[-60:]!r}"
        for bad, process in runs:
            if process.returncode != bad:
                yield f"exit {process.returncode}, wanted {bad}: {process.stderr.read()!r}"
            process.stderr.close()
        text = (folder / "report.json").read_text().replace("bad.csv", "predictions.csv")
        if text not in texts or gate.litter_in(folder):
            yield f"afterwards there is {text[:200]!r} and {gate.litter_in(folder)}"
        print("at once: 64 runs,", looks, "looks at the report")


def memory(binary, whole):
    """Address space from next to nothing to enough: no signal, no wrong answer."""
    step = 8 if whole else 64
    for each in gate.gates(binary):
        codes = {}
        for size in range(32, 641, step):
            outcome = each.run(wrapper=["bash", "-c", f'ulimit -v {size * 1024}; exec "$@"', "bash"])
            # Below some size the loader finds no place for the libraries, and says so with 127; the gate has not begun then.
            if outcome.code == 127 and "error while loading shared libraries" in outcome.error:
                codes["loader"] = codes.get("loader", 0) + 1
                continue
            codes[outcome.code] = codes.get(outcome.code, 0) + 1
            yield from (f"{each.name}, {size} MiB: {problem}" for problem in each.problems(outcome))
        print(f"memory, {each.name}: {codes}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--binary", required=True)
    parser.add_argument("--whole", action="store_true")
    options = parser.parse_known_args()[0]
    binary = pathlib.Path(options.binary).resolve()
    found = [f"{part.__name__}: {problem}" for part in (kills, at_once, memory) for problem in part(binary, options.whole)]
    print("\n".join(found[:40]) or "no report was cut, no run died of itself")
    sys.exit(1 if found else 0)


main()
