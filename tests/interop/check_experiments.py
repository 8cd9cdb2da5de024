#!/usr/bin/env python3
# tools: bench
"""Experiment files, made here by the real tools: scikit-learn, transformers, DVCLive and DVC. Every value is compared with what the tool's own API
says. PyCaret, Keras and Lightning need more than CI installs: the files that they wrote are in tests/data, and are compared as Python reads them."""
import csv
import json
import math

import bench_common

DVCLIVE = """
from dvclive import Live
with Live("dvclive", save_dvc_exp=False, dvcyaml="dvc.yaml", report=None) as live:
    for step in range(4):
        live.log_metric("train/loss", 1 / (step + 1))
        live.log_metric("accuracy", 0.5 + step / 10, timestamp=True)
        live.next_step()
    live.log_metric("final/auc", 0.9, plot=False)
"""


def scikit_learn(run):
    from sklearn.metrics import classification_report
    truth = ["cat", "cat", "dog", "dog", "v1.0", "v1.0", "v1.0", "dog"]
    found = ["cat", "dog", "dog", "dog", "v1.0", "cat", "v1.0", "dog"]
    for name, options in (("report.json", {}), ("subset.json", {"labels": ["cat", "dog"]})):
        report = classification_report(truth, found, output_dict=True, **options)
        path = run.write(name, json.dumps(report))
        wanted = {key: value for key, value in report.items() if not isinstance(value, dict)}
        wanted.update({f"{key}.{score}": value for key, row in report.items() if isinstance(row, dict) for score, value in row.items()})
        run.values(path, wanted)
    sizes = run.convert(run.folder / "report.json")
    run.equal("report.json: n of the accuracy", sizes["accuracy"].get("n"), len(truth))
    run.equal("report.json: n of a recall", sizes["v1.0.recall"].get("n"), truth.count("v1.0"))
    undefined = classification_report([0, 0, 1], [0, 0, 0], output_dict=True, zero_division=math.nan)
    path = run.write("undefined.json", json.dumps(undefined))
    run.status(path, "1.precision", "error")
    run.status(path, "accuracy", "inconclusive")  # of three examples


def transformers(run):
    from transformers.trainer_callback import TrainerState
    state = TrainerState()
    state.global_step = state.max_steps = 20
    state.best_metric = 0.8
    state.log_history = [{"loss": 0.9, "learning_rate": 1e-4, "epoch": 1.0, "step": 10}, {"eval_loss": 0.8, "eval_f1": 0.7, "epoch": 1.0, "step": 10},
                         {"loss": 0.75, "learning_rate": 5e-5, "epoch": 2.0, "step": 20}, {"eval_loss": 0.85, "eval_f1": 0.72, "epoch": 2.0, "step": 20},
                         {"train_runtime": 5.5, "train_loss": 0.85, "epoch": 2.0, "step": 20}]
    path = run.folder / "trainer_state.json"
    state.save_to_json(str(path))
    wanted = {"best_metric": TrainerState.load_from_json(str(path)).best_metric}
    for row in TrainerState.load_from_json(str(path)).log_history:
        for key, value in row.items():
            if key not in ("step", "epoch"):
                wanted.setdefault(key, []).append([row["step"], value])
    run.values(path, wanted)


def dvclive(run):
    from dvc.api import metrics_show
    run.write("project/train.py", DVCLIVE)
    project = run.folder / "project"
    for command in (["init", "-q"], ["-c", "user.name=t", "-c", "user.email=t@example.org", "commit", "-q", "--allow-empty", "-m", "start"]):
        run.tool("git", *command, folder=project)
    run.python("-m", "dvc", "init", "-q", folder=project)
    run.python("train.py", folder=project, DVC_NO_ANALYTICS="1")
    series = {}
    for name in ("train/loss", "accuracy"):
        with open(project / "dvclive" / "plots" / "metrics" / f"{name}.tsv", newline="") as file:
            series[name.replace("/", ".")] = [[int(row["step"]), float(row[name.split("/")[-1]])] for row in csv.DictReader(file, delimiter="\t")]
    summary = bench_common.flatten(json.loads((project / "dvclive" / "metrics.json").read_text()))
    run.values(project / "dvclive", {**summary, **series})
    shown = json.loads(run.python("-m", "dvc", "metrics", "show", "--json", folder=project).stdout)
    run.equal("dvc: its API and its command", metrics_show(repo=str(project)), shown["workspace"]["data"]["dvclive/metrics.json"]["data"]
              if "workspace" in shown else shown[""]["data"]["dvclive/metrics.json"]["data"])
    run.values(project, bench_common.flatten(metrics_show(repo=str(project))), "--format", "dvc")


def files(run):
    data = run.root / "tests" / "data" / "experiment_tools"
    with open(data / "pycaret.csv", newline="") as file:
        for row in csv.DictReader(file):
            wanted = {("TT" if key == "TT (Sec)" else key): float(value) for key, value in row.items() if key not in ("", "Model")}
            run.values(data / "pycaret.csv", wanted, "--run", row[""])
    for name, step, options in (("keras.csv", "epoch", ["--format", "keras_csv"]), ("lightning", "step", [])):
        wanted = {}
        with open(data / name / "metrics.csv" if name == "lightning" else data / name, newline="") as file:
            for row in csv.DictReader(file):
                for key, value in row.items():
                    if key not in ("epoch", "step") and value:
                        wanted.setdefault(key, []).append([int(row[step]), float(value)])
        run.values(data / name, wanted, *options)
    data = run.root / "tests" / "data" / "github_action_benchmark" / "catch2_benchmark_v3.data.js"
    text = data.read_text()
    wanted = {}
    for suite, entries in json.loads(text[text.index("{"):])["entries"].items():
        for step, entry in enumerate(entries, 1):
            for bench in entry["benches"]:
                wanted.setdefault(f"{suite}.{bench['name']}", []).append([step, bench["value"]])
    run.values(data, wanted)


run = bench_common.Interop()
for part in (scikit_learn, transformers, dvclive, files):
    part(run)
run.finish()
