#!/usr/bin/env python3
# tools: trackers
"""`metricgate log` to and from a real MLflow tracking server, against what MLflow's own client says of it."""
import argparse
import os
import pathlib
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.request

COMMIT = "0123456789abcdef0123456789abcdef01234567"
passed, failed = 0, []


def check(name, good, detail=""):
    global passed
    if good:
        passed += 1
    else:
        failed.append(f"{name}: {detail}")


class Server:
    def __init__(self, folder):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{port}"
        self.database = folder / "server.db"
        self.log = open(folder / "server.log", "w+")
        self.process = subprocess.Popen(
            [pathlib.Path(sys.executable).parent / "mlflow", "server", "--backend-store-uri", f"sqlite:///{self.database}", "--default-artifact-root",
             str(folder / "artifacts"), "--host", "127.0.0.1", "--port", str(port), "--workers", "1"], stdout=self.log, stderr=self.log, cwd=folder,
            env={**os.environ, "MLFLOW_SERVER_ENABLE_JOB_EXECUTION": "false"}, start_new_session=True)

    def wait(self):
        for _ in range(480):
            try:
                urllib.request.urlopen(self.url + "/health", timeout=2).read()
                return
            except OSError:
                if self.process.poll() is not None:
                    break
                time.sleep(0.25)
        self.log.seek(0)
        sys.exit("mlflow server does not start:\n" + self.log.read()[-3000:])

    def stop(self):
        os.killpg(self.process.pid, 15)
        self.process.wait(timeout=30)


class Program:
    def __init__(self, binary, folder, url):
        self.binary, self.folder, self.url = binary, folder, url

    def log(self, *arguments, uri=None):
        done = subprocess.run([self.binary, "log", *map(str, arguments)], cwd=self.folder, capture_output=True, text=True, timeout=120,
                              env={"PATH": os.environ["PATH"], "MLFLOW_TRACKING_URI": uri or self.url})
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


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--root", type=pathlib.Path, required=True)
    parser.add_argument("--binary", type=pathlib.Path, required=True)
    options = parser.parse_args()
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
        finally:
            server.stop()
    for problem in failed:
        print(problem[:1500])
    print(f"{passed} passed, {len(failed)} failed")
    sys.exit(1 if failed or passed < 22 else 0)


if __name__ == "__main__":
    main()
