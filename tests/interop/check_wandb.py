#!/usr/bin/env python3
# tools: wandb
"""Logs runs with W&B, offline, and compares what metricgate reads of their logs with W&B's own messages in them and with what was logged:
check_wandb.py --root ROOT --binary BINARY"""
import argparse
import json
import pathlib
import subprocess
import sys
import tempfile
import zlib

parser = argparse.ArgumentParser()
parser.add_argument("--root", type=pathlib.Path, required=True)
parser.add_argument("--binary", type=pathlib.Path, required=True)
options = parser.parse_args()
passed, failures = 0, []


def equal(name, found, wanted):
    global passed
    if found == wanted or found is wanted:
        passed += 1
    else:
        failures.append(f"{name}: found {found!r}, wanted {wanted!r}")


def records(data):
    """A second reader of the framing: blocks of 32 KiB, pieces with their CRC-32."""
    from wandb.proto import wandb_internal_pb2

    at, parts = 7, b""
    while at < len(data):
        if 32768 - at % 32768 < 7:
            at += 32768 - at % 32768
            continue
        size, kind = int.from_bytes(data[at + 4:at + 6], "little"), data[at + 6]
        piece = data[at + 7:at + 7 + size]
        assert zlib.crc32(bytes([kind]) + piece) == int.from_bytes(data[at:at + 4], "little")
        parts = piece if kind in (1, 2) else parts + piece
        at += 7 + size
        if kind in (1, 4):
            yield wandb_internal_pb2.Record.FromString(parts)


def history(data):
    """Every number that was logged, by name and step, as W&B's messages hold it."""
    found = {}
    for record in records(data):
        if record.WhichOneof("record_type") == "history":
            values = {item.key or ".".join(item.nested_key): json.loads(item.value_json) for item in record.history.item}
            for name, value in values.items():
                if not name.startswith("_") and isinstance(value, (int, float)):
                    found.setdefault(name, {})[values["_step"]] = value
    return found


def main():
    folder = pathlib.Path(tempfile.mkdtemp(prefix="metricgate-wandb-"))
    subprocess.run([sys.executable, str(options.root / "tests" / "data" / "wandb_offline" / "make.py"), str(folder)], check=True,
                   stdout=subprocess.DEVNULL)
    logged = json.loads((folder / "expected.json").read_text())
    for name, metrics in logged.items():
        log, out = folder / f"{name}.wandb", folder / f"{name}.json"
        done = subprocess.run([str(options.binary.resolve()), "convert", str(log), "-o", str(out)], capture_output=True, text=True)
        equal(f"{name}: exit", done.returncode, 0)
        found = json.loads(out.read_text())["metrics"]
        for metric, points in history(log.read_bytes()).items():
            series = dict(map(tuple, found[metric]["series"]))
            equal(f"{name}: {metric}: steps", sorted(series), sorted(points))
            for step, value in points.items():
                both_nan = value != value and series.get(step) != series.get(step)
                equal(f"{name}: {metric} at {step}", value if both_nan else series.get(step), value)
        for metric, points in metrics.items():
            if isinstance(points, list):
                equal(f"{name}: {metric} as logged", found[metric]["series"], points)
            else:
                equal(f"{name}: {metric} of the summary", found[metric], points)
    for failure in failures:
        print(f"FAILED wandb: {failure}")
    print(f"wandb: {passed} passed, {len(failures)} failed")
    return 1 if failures else 0


sys.exit(main())
