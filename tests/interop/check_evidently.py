#!/usr/bin/env python3
# tools: llm
"""Makes reports with Evidently and compares what metricgate reads of them with what its own API says:
check_evidently.py --root ROOT --binary BINARY"""
from llm_common import Interop  # first: it goes on in the environment that has the tools

import warnings

warnings.filterwarnings("ignore")
import numpy as np
import pandas as pd
from evidently import BinaryClassification, DataDefinition, Dataset, Report
from evidently.metrics import MeanValue, MissingValueCount, RowCount
from evidently.presets import ClassificationPreset, DataDriftPreset



def data(seed, shift):
    rng = np.random.default_rng(seed)
    frame = pd.DataFrame({"age": rng.normal(40 + shift, 10, 300), "plan": rng.choice(["a", "b"], 300), "target": rng.integers(0, 2, 300)})
    frame["prediction"] = (frame.target + (rng.random(300) < 0.2)) % 2
    frame.loc[3, "age"] = None
    definition = DataDefinition(classification=[BinaryClassification(target="target", prediction_labels="prediction")],
                                numerical_columns=["age"], categorical_columns=["plan"])
    return Dataset.from_pandas(frame, definition)


def leaves(name, value):
    if isinstance(value, dict):
        return {key: leaf for inner, item in value.items() for key, leaf in leaves(f"{name}.{inner}", item).items()}
    return {name: value}


def main():
    interop = Interop("evidently")
    report = Report([DataDriftPreset(), ClassificationPreset(), MissingValueCount(column="age"), MeanValue(column="age"), RowCount()],
                    include_tests=True)
    snapshot = report.run(data(1, 3.0), data(2, 0.0))
    path = interop.folder / "report.json"
    snapshot.save_json(str(path))
    found = interop.convert(path)
    wanted = {}
    for metric in snapshot.dict()["metrics"]:
        wanted.update(leaves(metric["metric_name"], metric["value"]))
    for name, value in wanted.items():
        interop.check(f"{name} is there", name in found, sorted(found))
        interop.equal(name, found.get(name, {}).get("value"), float(value))
    failed = sum(str(test["status"]).split(".")[-1] in ("FAIL", "ERROR") for test in snapshot.dict()["tests"])
    interop.equal("failed tests", found["tests.failed"]["value"], failed)
    interop.equal("number of metrics", len(found), len(wanted) + 1)
    policy = """
version: 1
inputs: {drift: {kind: metrics}}
checks:
  - {id: accuracy, metric: {name: "Accuracy(classification_name=default)", direction: higher}, margin: {abs: 0.5}}
  - {id: tests, metric: {name: tests.failed, direction: lower}, max: 0}
"""
    other = interop.folder / "other.json"
    Report([DataDriftPreset(), ClassificationPreset()], include_tests=True).run(data(3, 0.0), data(2, 0.0)).save_json(str(other))
    rows, _ = interop.judge(path, other, policy)
    interop.equal("judged accuracy", rows["accuracy"]["candidate"], wanted["Accuracy(classification_name=default)"])
    interop.finish()


main()
