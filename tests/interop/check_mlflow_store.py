#!/usr/bin/env python3
# tools: trackers
"""`metricgate log` to and from a real MLflow tracking server, and histories of it, against what MLflow's own client says of it."""
import argparse
import datetime
import json
import math
import os
import pathlib
import sqlite3
import subprocess
import tempfile

from mlflow_common import Server, check, finish

COMMIT = "0123456789abcdef0123456789abcdef01234567"
PLACE = "mlflow:experiments/nightly"
FIRST_NIGHT = 1767225600  # 2026-01-01
POLICY = """version: 1
inputs:
  nights: {{kind: history, from: mlflow, path: "{}"}}
checks:
  - {{id: accuracy, metric: accuracy, input: nights, chart: {{type: individuals}}}}
"""

class Program:
    def __init__(self, binary, folder, url):
        self.binary, self.folder, self.url = binary, folder, url

    def run(self, *arguments, uri=None):
        return subprocess.run([self.binary, *map(str, arguments)], cwd=self.folder, capture_output=True, text=True, timeout=120,
                              env={"PATH": os.environ["PATH"], "MLFLOW_TRACKING_URI": self.url if uri is None else uri})

    def log(self, *arguments, uri=None):
        done = self.run("log", *arguments, uri=uri)
        return done.returncode, done.stdout + done.stderr


def check_recording(program, client):
    code, said = program.log("accuracy=0.95", "val/loss=-1e-300", "--step", 3, "--time", "2026-03-01T12:00:00Z", "--commit", COMMIT, "--model-version", "v7",
                             "--data-digest", "xxh3:0123456789abcdef", "--data-source", "eval.csv", "--tag", "team=x'y", "--store", "mlflow:experiments/team/exp 1")
    check("recorded", code == 0 and "recorded 2 values in mlflow:experiments/team/exp 1" in said, said)
    experiment = client.get_experiment_by_name("team/exp 1")
    check("the experiment was made", experiment is not None)
    runs = client.search_runs([experiment.experiment_id])
    check("one run", len(runs) == 1 and runs[0].info.status == "FINISHED", runs)
    run = runs[0]
    check("values", run.data.metrics == {"accuracy": 0.95, "val/loss": -1e-300}, run.data.metrics)
    history = client.get_metric_history(run.info.run_id, "accuracy")
    check("step and time", [(p.step, p.timestamp) for p in history] == [(3, 1772366400000)], history)
    tags = {key: run.data.tags.get(key) for key in ("mlflow.source.git.commit", "model_version", "team", "data_source")}
    check("tags", tags == {"mlflow.source.git.commit": COMMIT, "model_version": "v7", "team": "x'y", "data_source": "eval.csv"}, tags)
    inputs = [(i.dataset.name, i.dataset.digest) for i in run.inputs.dataset_inputs]
    check("data set", inputs == [("eval.csv", "xxh3:0123456789abcdef")], inputs)
    return experiment.experiment_id


def check_runs(program, client, experiment):
    """A name finds its run again; steps of a run go forward; a name that MLflow does not take leaves nothing behind."""
    for step in (1, 2):
        code, said = program.log(f"loss=0.{9 - step}", "--step", step, "--run", "it's nightly", "--store", "mlflow:experiments/team/exp 1")
        check(f"step {step}", code == 0, said)
    named = [run for run in client.search_runs([experiment]) if run.info.run_name == "it's nightly"]
    check("one run of the name", len(named) == 1, named)
    history = client.get_metric_history(named[0].info.run_id, "loss")
    check("both steps", [(p.step, p.value) for p in history] == [(1, 0.8), (2, 0.7)], history)
    code, said = program.log("loss=0.5", "--step", 1, "--store", f"mlflow:runs/{named[0].info.run_id}")
    check("a step backwards", code == 2 and "goes backwards" in said, said)
    code, said = program.log("loss=0.5", "--step", 3, "--store", f"mlflow:runs/{named[0].info.run_id}")
    check("a run by its id", code == 0, said)
    before = len(client.search_runs([experiment]))
    code, said = program.log("good=1", "bad*name=0.5", "--store", "mlflow:experiments/team/exp 1")
    check("a name that MLflow refuses", code == 2 and "status 400" in said, said)
    check("leaves no run", len(client.search_runs([experiment])) == before, client.search_runs([experiment]))
    many = pathlib.Path(program.folder) / "many.csv"
    many.write_text("step,time,m\n" + "".join(f"{i},{1767225600 + i},{i / 7}\n" for i in range(2500)))
    code, said = program.log(many, "--store", "mlflow:experiments/many")
    check("more than a request holds", code == 0, said)
    run = client.search_runs([client.get_experiment_by_name("many").experiment_id])[0]
    history = client.get_metric_history(run.info.run_id, "m")
    check("all of them", sorted((p.step, p.value, p.timestamp) for p in history) == [(i, i / 7, 1000 * (1767225600 + i)) for i in range(2500)], len(history))


def points_of(path):
    with sqlite3.connect(path) as database:
        return database.execute("SELECT m.name, p.value, p.step, p.time, r.commit_id, r.run, c.data_digest FROM points p JOIN metrics m ON m.id = p.metric JOIN "
                                "runs r ON r.id = p.run JOIN circumstances c ON c.id = p.circumstances ORDER BY m.name, r.run, p.step, p.value").fetchall()


def check_import(program, client, experiment, database):
    """All runs of the experiment, from the server and from its database, as MLflow's client tells them; a second time adds nothing."""
    wanted = []
    for run in client.search_runs([experiment]):
        digest = run.inputs.dataset_inputs[0].dataset.digest if run.inputs.dataset_inputs else ""
        for name in run.data.metrics:
            for p in client.get_metric_history(run.info.run_id, name):
                wanted.append((name, p.value, p.step, p.timestamp // 1000, run.data.tags.get("mlflow.source.git.commit", ""), run.info.run_id, digest))
    wanted.sort(key=lambda row: (row[0], row[5], row[2], row[1]))
    for store, uri in (("server.sqlite", None), ("database.sqlite", f"sqlite:///{database}")):
        code, said = program.log("mlflow:experiments/team/exp 1", "--store", store, uri=uri)
        check(f"{store}: import", code == 0 and f"recorded {len(wanted)} values" in said, said)
        check(f"{store}: the same values", points_of(program.folder / store) == wanted, f"{points_of(program.folder / store)}, wanted {wanted}")
        code, said = program.log("mlflow:experiments/team/exp 1", "--store", store, uri=uri)
        check(f"{store}: nothing is new", code == 0 and f"recorded 0 values in {store}, {len(wanted)} were there already" in said, said)


def night(program, client, experiment, number, value, by_client):
    """A night's run: recorded by the program, or by MLflow's own client, which also leaves the way to the last value."""
    start, commit = FIRST_NIGHT + number * 86400, f"{number + 1:040x}"
    if not by_client:
        moment = datetime.datetime.fromtimestamp(start, datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
        code, said = program.log(f"accuracy={value!r}", "loss=0.5", "--step", 9, "--time", moment, "--commit", commit, "--data-digest", "xxh3:0123456789abcdef",
                                 "--store", PLACE)
        check(f"night {number} is recorded", code == 0, said)
        return
    from mlflow.entities import Dataset, DatasetInput

    run = client.create_run(experiment, start_time=1000 * start, tags={"mlflow.source.git.commit": commit}).info.run_id
    client.log_inputs(run, datasets=[DatasetInput(Dataset("eval", "xxh3:0123456789abcdef", "local", "{}"))])
    for step, each in ((1, 0.1), (9, value)):
        client.log_metric(run, "accuracy", each, timestamp=1000 * (start + step), step=step)
    client.set_terminated(run)


def check_history(program, client, database):
    """What both logged comes back as one history, in the order of the runs, is charted and judged."""
    values = [0.9 + (number * 7 % 5 - 2) / 1000 for number in range(24)]
    experiment = client.create_experiment("nightly")
    for number, value in enumerate(values):
        night(program, client, experiment, number, value, number % 2 == 1)
    failure = client.create_run(experiment, start_time=1000 * (FIRST_NIGHT + 30 * 86400)).info.run_id
    client.log_metric(failure, "accuracy", 0.2)
    client.set_terminated(failure, "FAILED")
    runs = client.search_runs([experiment], order_by=["attributes.start_time ASC"])
    wanted = [(run.data.metrics["accuracy"], run.info.start_time // 1000, 9, run.data.tags["mlflow.source.git.commit"]) for run in runs
              if run.info.status == "FINISHED"]
    check("the client knows all nights", [row[0] for row in wanted] == values, wanted)
    for uri in (None, f"sqlite:///{database}"):
        done = program.run("history", "accuracy", "--from", "mlflow", "--path", "experiments/nightly", "--report", "json", uri=uri)
        told = json.loads(done.stdout or "{}")
        metric = told.get("metrics", [{}])[0]
        found = [(m["value"], m["time"], m["step"], m["commit"]) for m in metric.get("measurements", [])]
        check("history: what the client says", done.returncode == 0 and found == wanted, f"{found}, wanted {wanted}, {done.stderr}")
        check("history: what the program recorded", (metric.get("state"), metric.get("changes")) == ("in_limits", []), metric)
        check("history: the failed run is left out", any("1 run that failed or still runs is left out" in note for note in told.get("notes", [])), told.get("notes"))
        check("history: data", {m["data_digest"] for m in metric.get("measurements", [])} == {"xxh3:0123456789abcdef"}, metric)
    # By its definition: the mean of the first 20, and their mean moving range over 1.128 with the widening of docs/HISTORY.md.
    first = values[:20]
    sigma = sum(abs(a - b) for a, b in zip(first, first[1:])) / 19 / 1.128
    limits = metric["limits"]
    check("history: center", math.isclose(limits["center"], sum(first) / 20, rel_tol=1e-12), limits)
    check("history: lower limit", math.isclose(limits["lower"], limits["center"] - 3 * 1.29 * sigma, rel_tol=1e-4), limits)
    (program.folder / "policy.yaml").write_text(POLICY.format("experiments/nightly"))
    for number, value, code, status in ((24, 0.9, 0, "pass"), (25, 0.85, 1, "violated")):
        night(program, client, experiment, number, value, number % 2 == 1)
        done = program.run("check", "-p", "policy.yaml", "--report", "json=report.json")
        rows = json.loads((program.folder / "report.json").read_text())["checks"]
        check(f"check of night {number}", done.returncode == code and [(row["status"], row["candidate"]) for row in rows] == [(status, value)],
              f"{done.returncode}, {rows}, {done.stderr}")
        gated = program.run("history", "accuracy", "--from", "mlflow", "--path", "experiments/nightly", "--gate", "--report", "json")
        check(f"history --gate of night {number}", gated.returncode == code, gated.stderr)


def check_addresses_of_policies(program):
    """A policy names an experiment; which server is asked, it cannot say."""
    for path, reason in {"http://127.0.0.1:9/experiments/nightly": "an address is given on the command line",
                         "mlflow:experiments/nightly": "an address is given on the command line",
                         "runs/0123456789abcdef0123456789abcdef": "names no experiment", "experiments/none": "status 404"}.items():
        (program.folder / "policy.yaml").write_text(POLICY.format(path))
        done = program.run("check", "-p", "policy.yaml")
        check(f"path: {path} is refused", done.returncode == 2 and reason in done.stderr, f"{done.returncode} {done.stdout} {done.stderr}")
    (program.folder / "policy.yaml").write_text(POLICY.format("experiments/nightly"))
    done = program.run("check", "-p", "policy.yaml", uri="")
    check("without a server nothing is asked", done.returncode == 2 and "MLFLOW_TRACKING_URI" in done.stderr, f"{done.returncode} {done.stderr}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--root", type=pathlib.Path, required=True)
    parser.add_argument("--binary", type=pathlib.Path, required=True)
    options = parser.parse_args()
    os.environ["MLFLOW_SUPPRESS_PRINTING_URL_TO_STDOUT"] = "true"
    from mlflow import MlflowClient

    with tempfile.TemporaryDirectory(prefix="metricgate-mlflow-store-") as name:
        folder = pathlib.Path(name)
        server = Server(folder)
        try:
            server.wait()
            client = MlflowClient(server.url)
            program = Program(options.binary.resolve(), folder, server.url)
            experiment = check_recording(program, client)
            check_runs(program, client, experiment)
            check_import(program, client, experiment, server.database)
            check_history(program, client, server.database)
            check_addresses_of_policies(program)
        finally:
            server.stop()
    finish(50)


if __name__ == "__main__":
    main()
