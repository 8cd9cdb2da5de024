"""Writes runs with the installed MLflow into the store TRACKING_URI, and tells on standard output what MLflow's own API says of them.
Runs with MLflow 2.x and 3.x: mlflow_writer.py TRACKING_URI"""
import json
import os
import sys

os.environ.setdefault("MLFLOW_ALLOW_FILE_STORE", "true")

import mlflow  # noqa: E402
from mlflow import MlflowClient  # noqa: E402

NAN, INF = float("nan"), float("inf")
HISTORIES = {
    "val/acc": [(0.5, 1000, 0), (0.9, 1500, 5), (0.7, 1400, 2)],
    "ties": [(1.0, 100, 1), (3.0, 100, 1), (2.0, 100, 1), (2.5, 90, 1)],
    "sum": [(0.1 + 0.2, 7, 0)],
    "small": [(1e-17, 7, -3), (-1.5e-300, 8, 2**40)],
    "nan": [(0.5, 7, 0), (NAN, 8, 1)],
    "inf": [(INF, 7, 0), (-INF, 8, 1)],
}


def make_run(client, experiment, name, status="FINISHED", histories=HISTORIES, tags=None):
    run = client.create_run(experiment, run_name=name, tags=tags).info.run_id
    for key, points in histories.items():
        for value, timestamp, step in points:
            client.log_metric(run, key, value, timestamp=timestamp, step=step)
    if status != "RUNNING":
        client.set_terminated(run, status)
    return run


def logged_model_run(client, experiment, name, column):
    """A run whose metric was measured on a data set: from 3.0 on."""
    import mlflow.data
    import pandas

    mlflow.set_experiment(experiment_id=experiment)
    data = mlflow.data.from_pandas(pandas.DataFrame({column: [1.0, 2.0]}), name="evalset")
    with mlflow.start_run(run_name=name) as run:
        model = mlflow.initialize_logged_model(name="mymodel")
        for step, value in enumerate([0.75, NAN, 0.8]):
            mlflow.log_metric("acc", value, step=step, timestamp=1000 + step, model_id=model.model_id, dataset=data)
        mlflow.log_input(data, context="eval")
    mlflow.finalize_logged_model(model.model_id, "READY")
    return run.info.run_id, data.digest


def main():
    uri = sys.argv[1]
    mlflow.set_tracking_uri(uri)
    mlflow.set_registry_uri(uri)
    client = MlflowClient()
    experiment = client.create_experiment("team/exp 1")
    runs = {"good": make_run(client, experiment, "good", tags={"team": "x'y", "branch": "main"})}
    client.log_param(runs["good"], "lr", 0.1)
    client.log_param(runs["good"], "a/b", "\u00fc two words")
    one = {"val/acc": [(0.2, 1, 0)]}
    runs["failed"] = make_run(client, experiment, "failed", "FAILED", one)
    runs["running"] = make_run(client, experiment, "running", "RUNNING", one)
    runs["gone"] = make_run(client, experiment, "gone", histories=one)
    client.delete_run(runs["gone"])
    client.create_registered_model("model A")
    for run in ("good", "failed"):
        client.create_model_version("model A", f"runs:/{runs[run]}/m", run_id=runs[run])
    client.set_registered_model_alias("model A", "champion", "1")
    digests = {}
    if mlflow.__version__.startswith("3."):
        for name, column in (("measured", "x"), ("measured elsewhere", "y")):
            runs[name], digests[name] = logged_model_run(client, experiment, name, column)
    told = {"version": mlflow.__version__, "runs": {}}
    for name, run_id in runs.items():
        run = client.get_run(run_id)
        told["runs"][name] = {
            "id": run_id,
            "latest": run.data.metrics,
            "history": {key: [[p.step, p.timestamp, p.value] for p in client.get_metric_history(run_id, key)] for key in run.data.metrics},
            "params": run.data.params,
            "digest": digests.get(name),
        }
    print(json.dumps(told))


if __name__ == "__main__":
    main()
