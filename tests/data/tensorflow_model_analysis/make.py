"""Evaluations of small data sets, written by TensorFlow Model Analysis, and its own messages in them: make.py [FOLDER [NAME...]]"""
import json
import pathlib
import shutil
import sys
import tempfile

import numpy as np
import pandas as pd
import tensorflow_model_analysis as tfma
from google.protobuf import json_format, text_format
from tensorflow_model_analysis.proto import metrics_for_slice_pb2

out = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parent)


def predictions(seed, skill, count=240):
    rng = np.random.default_rng(seed)
    label = rng.integers(0, 2, count)
    return pd.DataFrame({
        "label": label.astype(float),
        "prediction": np.clip(0.5 + skill * (label - 0.5) + rng.normal(0, 0.25, count), 0, 1).round(4),
        "country": np.where(np.arange(count) % 3 == 0, "de", "fr"),
        "plan": rng.integers(1, 3, count),
        "weight": rng.random(count).round(3),
    })


def config(options="", weight=""):
    return text_format.Parse("""
      model_specs { prediction_key: "prediction" label_key: "label" %s }
      slicing_specs {}
      slicing_specs { feature_keys: "country" }
      slicing_specs { feature_keys: "plan" feature_values { key: "country" value: "de" } }
      metrics_specs {
        metrics { class_name: "ExampleCount" }
        metrics { class_name: "BinaryAccuracy" }
        metrics { class_name: "AUC" }
        metrics { class_name: "MeanLabel" }
        metrics { class_name: "MeanPrediction" }
        metrics { class_name: "Calibration" }
        metrics { class_name: "ConfusionMatrixAtThresholds" config: '"thresholds": [0.25, 0.5]' }
      }
      %s""" % (weight, options), tfma.EvalConfig())


def evaluate(name, frame, config):
    with tempfile.TemporaryDirectory() as folder:
        result = tfma.analyze_raw_data(frame, config, output_path=folder)
        kept = out / name
        shutil.rmtree(kept, ignore_errors=True)
        kept.mkdir()
        for path in sorted(pathlib.Path(folder).iterdir()):
            if path.name.startswith(("metrics", "validations", "eval_config")):
                shutil.copy(path, kept / path.name)


def told(path):
    """The records as TFMA's own messages, which are what `tfma.load_eval_result` makes its dictionaries of."""
    data = path.read_bytes()
    at, found = 0, []
    while at < len(data):
        length = int.from_bytes(data[at:at + 8], "little")
        message = metrics_for_slice_pb2.MetricsForSlice.FromString(data[at + 12:at + 12 + length])
        found.append(json_format.MessageToDict(message, preserving_proto_field_name=True))
        at += length + 16
    return found


def main(names):
    out.mkdir(exist_ok=True)
    sampled = 'options { compute_confidence_intervals { value: true } confidence_intervals { method: JACKKNIFE } }'
    evaluations = {
        "baseline": (predictions(1, 0.5), config()),
        "candidate": (predictions(2, 0.45), config()),
        "intervals": (predictions(3, 0.5, 400), config(sampled, 'example_weight_key: "weight"')),
    }
    for name in names or evaluations:
        evaluate(name, *evaluations[name])
    expected = {name: told(out / name / "metrics-00000-of-00001.tfrecord") for name in evaluations if (out / name).is_dir()}
    (out / "expected.json").write_text(json.dumps(expected, indent=1, default=str) + "\n")


main(sys.argv[2:])
