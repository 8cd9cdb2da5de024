#!/usr/bin/env python3
# tools: trackers
"""Stores that MLflow 2.x and 3.x wrote, and a real tracking server of 3.x with basic authentication, against what MLflow's own API says."""
import argparse
import json
import math
import os
import pathlib
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile

from mlflow_common import PASSWORD, Server, check, finish

WRITER = pathlib.Path(__file__).resolve().parent / "mlflow_writer.py"
WRONG = "wr0ng-t0ken-5678"

POLICY = "version: 1\ninputs: {{run: {{kind: metrics}}}}\nchecks:\n  - {{id: acc, metric: {{name: {}, direction: higher}}, margin: {{abs: 0.01}}}}\n"


def same(a, b):
    """MLflow's API shows an infinity of an SQL store as the largest double."""
    if abs(b) == sys.float_info.max:
        b = math.copysign(math.inf, b)
    return a == b or (isinstance(a, float) and isinstance(b, float) and math.isnan(a) and math.isnan(b))


def order(point):
    """MLflow's: step, time, value; a NaN counts as 0."""
    step, timestamp, value = point
    return step, timestamp, 0.0 if math.isnan(value) else value, math.isnan(value)


def flattened(metrics):
    flat = {}
    for key, value in metrics.items():
        is_leaf = not isinstance(value, dict) or "series" in value or "value" in value
        flat.update({key: value} if is_leaf else {f"{key}.{name}": v for name, v in flattened(value).items()})
    return flat


class Program:
    def __init__(self, binary, folder):
        self.binary, self.folder = binary, folder

    def run(self, *arguments, **environment):
        clean = {name: value for name, value in os.environ.items() if not name.startswith(("MLFLOW_", "PROMETHEUS_"))}
        done = subprocess.run([self.binary, *map(str, arguments)], cwd=self.folder, capture_output=True, text=True, timeout=120,
                              env={**clean, **environment})
        done.all = done.stdout + done.stderr
        return done

    def convert(self, name, *arguments, **environment):
        out = self.folder / "out.json"
        out.unlink(missing_ok=True)
        done = self.run("convert", *arguments, "-o", out, **environment)
        check(f"{name}: convert", done.returncode == 0 and out.exists(), done.all)
        return json.loads(out.read_text()) if out.exists() else {"metrics": {}, "metadata": {}}


def compare(name, found, told):
    """Every value of a run, in MLflow's order, and its params."""
    metrics = flattened(found["metrics"])
    check(f"{name}: metrics", sorted(metrics) == sorted(told["history"]), f"{sorted(metrics)}, wanted {sorted(told['history'])}")
    for key, history in told["history"].items():
        points = metrics.get(key, {}).get("series", [])
        wanted = [[step, value] for step, _, value in sorted(history, key=order)]
        check(f"{name}: {key}", len(points) == len(wanted) and all(a[0] == b[0] and same(float(a[1]), b[1]) for a, b in zip(points, wanted)),
              f"{points[:5]}, wanted {wanted[:5]}")
        if points:
            check(f"{name}: {key} ends with the current value", same(float(points[-1][1]), told["latest"][key]),
                  f"{points[-1]}, wanted {told['latest'][key]}")
        if told["digest"]:
            check(f"{name}: digest of {key}", metrics.get(key, {}).get("conditions", {}).get("dataset_digest") == told["digest"], f"{metrics.get(key)}")
    for key, value in told["params"].items():
        check(f"{name}: param {key}", found["metadata"].get(f"params.{key}") == value, f"{found['metadata']}")


def write(uri, overlay=None):
    """Starts the writer; its answer is read later."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    if overlay:
        environment["PYTHONPATH"] = str(overlay)
    return subprocess.Popen([sys.executable, "-W", "ignore", str(WRITER), uri], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                            env=environment)


def told_by(process, path):
    out, err = process.communicate(timeout=300)
    if process.returncode != 0:
        sys.exit(f"mlflow_writer.py failed:\n{err[-3000:]}")
    told = json.loads(out.strip().splitlines()[-1])
    for run in told["runs"].values():
        if path.is_dir() and run["digest"]:
            # MLflow's file store takes the step of a line that names a data set for 0, though it wrote it.
            for points in run["history"].values():
                points[:] = [[timestamp - 1000, timestamp, value] for _, timestamp, value in points]
    return told


def check_stores(program, stores):
    for name, (path, told) in stores.items():
        for run in told["runs"]:
            wanted = told["runs"][run]
            finished = run in ("good", "measured", "measured elsewhere")
            if finished:
                compare(f"{name}, {run}", program.convert(f"{name}, {run}", path, "--run", wanted["id"]), wanted)
            else:
                refused = program.run("convert", path, "--run", wanted["id"])
                check(f"{name}, {run} is refused", refused.returncode == 2 and run.upper().replace("GONE", "deleted") in refused.stderr, refused.all)
        compare(f"{name}, by name", program.convert(name, path, "--run", "good"), told["runs"]["good"])


def check_addresses(program, name, uri, told, **credentials):
    environment = {"MLFLOW_TRACKING_URI": uri, **credentials}
    runs = told["runs"]
    latest = "measured elsewhere" if "measured elsewhere" in runs else "running"
    for address, run in {f"runs/{runs['good']['id']}": "good", "models/model A@champion": "good", "models/model A/1": "good",
                         "experiments/team/exp 1?filter=tags.team = \"x'y\" and tags.branch != 'dev'": "good"}.items():
        found = program.convert(f"{name}, {address}", f"mlflow:{address}", **environment)
        compare(f"{name}, {address}", found, runs[run])
    last = program.run("convert", "mlflow:experiments/team/exp 1", **environment)
    if latest == "running":
        # The last run that was started is the one that is meant, though it may not be judged.
        check(f"{name}: the last run", last.returncode == 2, last.all)
    else:
        check(f"{name}: the last run", json.loads(last.stdout or "{}").get("metadata", {}).get("run_id") == runs[latest]["id"], last.all)
        for run in ("measured", "measured elsewhere"):
            compare(f"{name}, {run}", program.convert(name, f"mlflow:runs/{runs[run]['id']}", **environment), runs[run])
    for address, reason in {"models/model A/2": "ended as FAILED", f"runs/{runs['gone']['id']}": "was deleted",
                            "runs/00000000000000000000000000000000": "run", "models/model A@nobody": "alias", "models/model A/9": "version 9",
                            "experiments/none": "experiment 'none'", "experiments/team/exp 1?filter=tags.team = 'none'": "satisfies"}.items():
        refused = program.run("convert", f"mlflow:{address}", **environment)
        check(f"{name}: {address} is refused", refused.returncode == 2 and reason in refused.stderr, refused.all)


def check_gate(program, folder, uri, told, **credentials):
    """A candidate and a baseline from the store, and one measured on other data."""
    (folder / "policy.yaml").write_text(POLICY.format("val/acc"))
    runs = told["runs"]
    good, last = f"mlflow:runs/{runs['good']['id']}", "mlflow:models/model A@champion"
    environment = {"MLFLOW_TRACKING_URI": uri, **credentials}
    done = program.run("check", "--candidate", good, "--baseline", last, "-p", "policy.yaml", "--allow-identical", "--report", "json=report.json",
                       **environment)
    row = json.loads((folder / "report.json").read_text())["checks"][0] if (folder / "report.json").exists() else {}
    check("gate: 0.9 against 0.9", (row.get("candidate"), row.get("baseline")) == (0.9, 0.9), f"{row} {done.all}")
    (folder / "report.json").unlink(missing_ok=True)
    (folder / "policy.yaml").write_text(POLICY.format("acc"))
    done = program.run("check", "--candidate", f"mlflow:runs/{runs['measured']['id']}", "--baseline", f"mlflow:runs/{runs['measured elsewhere']['id']}",
                       "-p", "policy.yaml", "--report", "json=report.json", **environment)
    row = json.loads((folder / "report.json").read_text())["checks"][0] if (folder / "report.json").exists() else {}
    check("gate: unequal digests are incomparable", row.get("status") == "incomparable" and done.returncode in (1, 2), f"{row} {done.all}")


def check_secrets(program, folder, server, told):
    address = f"mlflow:runs/{told['runs']['good']['id']}"
    host = server.url.removeprefix("http://")
    for name, environment in {"a wrong token": {"MLFLOW_TRACKING_URI": server.url, "MLFLOW_TRACKING_TOKEN": WRONG},
                              "a wrong password": {"MLFLOW_TRACKING_URI": server.url, "MLFLOW_TRACKING_USERNAME": "admin",
                                                   "MLFLOW_TRACKING_PASSWORD": WRONG},
                              "a wrong password in the address": {"MLFLOW_TRACKING_URI": f"http://admin:{WRONG}@{host}"},
                              "nothing": {"MLFLOW_TRACKING_URI": server.url}}.items():
        refused = program.run("convert", address, **environment)
        # MLflow's basic authentication may break (500) on a bearer token instead of refusing it.
        told = "(status 401)" in refused.stderr and "set MLFLOW_TRACKING_TOKEN" in refused.stderr
        check(f"{name} is refused", refused.returncode == 2 and (told or (name == "a wrong token" and "(status 500)" in refused.stderr)), refused.all)
        check(f"{name} is not shown", WRONG not in refused.all, refused.all)
    found = program.convert("a password in the address", address, MLFLOW_TRACKING_URI=f"http://admin:{PASSWORD}@{host}/")
    check("a password in the address is not written", PASSWORD not in json.dumps(found))


def check_pages(program, server, told, **credentials):
    """More values than the API gives in one page."""
    run = told["runs"]["good"]["id"]
    with sqlite3.connect(server.database) as database:
        rows = [(step / 7, step, run, step) for step in range(26000)]
        database.executemany("INSERT INTO metrics (key, value, timestamp, run_uuid, step, is_nan) VALUES ('long', ?, ?, ?, ?, 0)", rows)
        database.execute("INSERT INTO latest_metrics (key, value, timestamp, step, is_nan, run_uuid) VALUES ('long', ?, ?, ?, 0, ?)",
                         (25999 / 7, 25999, 25999, run))
    found = program.convert("pages", f"mlflow:runs/{run}", MLFLOW_TRACKING_URI=server.url, **credentials)
    points = flattened(found["metrics"]).get("long", {}).get("series", [])
    check("26,000 values come in two pages", [p[1] for p in points] == [step / 7 for step in range(26000)], f"{len(points)} points")


def check_wal(program, folder, database, told):
    """Rows that stand only in the WAL, while another program has the store open."""
    path = folder / "wal.db"
    shutil.copy(database, path)
    run = told["runs"]["good"]["id"]
    writer = sqlite3.connect(path)
    writer.execute("PRAGMA journal_mode=WAL")
    writer.execute("PRAGMA wal_autocheckpoint=0")
    writer.execute("INSERT INTO metrics (key, value, timestamp, run_uuid, step, is_nan) VALUES ('fresh', 0.25, 1, ?, 0, 0)", (run,))
    writer.commit()
    found = program.convert("WAL", f"mlflow:runs/{run}", MLFLOW_TRACKING_URI=f"sqlite:///{path}")
    check("rows of the WAL are seen", flattened(found["metrics"]).get("fresh", {}).get("series") == [[0, 0.25]], f"{sorted(found['metrics'])}")
    refused = program.run("convert", path, "--run", "good")
    check("a file in WAL mode is refused", refused.returncode == 2 and "WAL mode" in refused.stderr, refused.all)
    writer.close()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--root", type=pathlib.Path, required=True)
    parser.add_argument("--binary", type=pathlib.Path, required=True)
    options = parser.parse_args()
    overlay = options.root.resolve() / "build" / "interop-tools" / "mlflow2"
    with tempfile.TemporaryDirectory(prefix="metricgate-mlflow-") as name:
        folder = pathlib.Path(name)
        os.chdir(folder)
        program = Program(options.binary.resolve(), folder)
        server = Server(folder, PASSWORD)
        try:
            older = [(write(f"sqlite:///{folder}/2.db", overlay), folder / "2.db")]
            server.wait()
            os.environ.update(MLFLOW_TRACKING_USERNAME="admin", MLFLOW_TRACKING_PASSWORD=PASSWORD)
            newer = [(write(server.url), server.database)]
            older.append((write(f"file:{folder}/2-runs", overlay), folder / "2-runs"))
            newer.append((write(f"file:{folder}/3-runs"), folder / "3-runs"))
            stores = {}
            for process, path in older + newer:
                told = told_by(process, path)
                stores[f"MLflow {told['version']} {path.name}"] = (path, told)
            check("versions", {re.split(r"[ .]", key)[1] for key in stores} == {"2", "3"}, f"{sorted(stores)}")
            check_stores(program, stores)
            for key, (path, told) in stores.items():
                check_addresses(program, f"{key} by address", f"sqlite:///{path}" if path.suffix == ".db" else f"file:{path}", told)
            told = next(told for path, told in stores.values() if path == server.database)
            credentials = {"MLFLOW_TRACKING_USERNAME": "admin", "MLFLOW_TRACKING_PASSWORD": PASSWORD}
            check_addresses(program, "server", server.url, told, **credentials)
            check_gate(program, folder, server.url, told, **credentials)
            check_secrets(program, folder, server, told)
            check_pages(program, server, told, **credentials)
            check_wal(program, folder, server.database, told)
        finally:
            server.stop()
    finish(150)


if __name__ == "__main__":
    main()
