"""Offline runs of Weights & Biases, and what was logged in them: make.py [FOLDER]"""
import json
import os
import pathlib
import shutil
import sys
import tempfile

os.environ.update(WANDB_MODE="offline", WANDB_SILENT="true")
import wandb

out = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parent)


def run(name, steps, acc):
    history = {}
    with tempfile.TemporaryDirectory() as folder:
        settings = wandb.Settings(x_disable_stats=True, x_disable_meta=True, disable_code=True, disable_git=True, console="off", host="host")
        with wandb.init(project="churn", mode="offline", dir=folder, id=name, name=f"run of {name}", settings=settings,
                        config={"lr": 0.1, "model": {"depth": 3}}) as one:
            for step in range(steps):
                values = {"loss": 1.0 / (step + 1), "val/acc": acc + 0.001 * step, "nested": {"a": step * 2, "b.c": step}}
                one.log(values)
                for key, value in {"loss": values["loss"], "val/acc": values["val/acc"], "nested.a": step * 2, "nested.b.c": step}.items():
                    history.setdefault(key, []).append([step, value])
            one.log({"bad": float("nan"), "big": float("inf"), "long": wandb.Histogram([1, 2, 3]), "text": "words"})
            one.summary["best_acc"] = acc + 0.01
        wandb.teardown()  # which writes what is left
        path = next(pathlib.Path(folder).glob("wandb/offline-run-*/run-*.wandb"))
        shutil.copy(path, out / f"{name}.wandb")
    return history | {"best_acc": acc + 0.01}


expected = {name: run(name, steps, acc) for name, steps, acc in (("baseline", 8, 0.9), ("candidate", 8, 0.92), ("long", 100, 0.5))}
(out / "expected.json").write_text(json.dumps(expected) + "\n")
