"""Statistics of small data sets, written by TensorFlow Data Validation, and what its own API reads of them: make.py [FOLDER]"""
import json
import pathlib
import sys
import tempfile

import numpy as np
import pandas as pd
import pyarrow as pa
import tensorflow_data_validation as tfdv
from tensorflow_data_validation.utils import slicing_util
from tensorflow_metadata.proto.v0 import statistics_pb2

out = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parent)
small = dict(num_top_values=4, num_rank_histogram_buckets=3, num_values_histogram_buckets=3, num_histogram_buckets=4,
             num_quantiles_histogram_buckets=4)


def people(seed, shift):
    rng = np.random.default_rng(seed)
    count = 400
    age = rng.normal(40 + shift, 10, count).round(3)
    age[[3, 9]] = np.nan
    return pd.DataFrame({
        "age": age,
        "visits": rng.poisson(1.2, count),
        "plan": rng.choice(["free", "pro", 'Team, "EU"'], count, p=[0.6, 0.3, 0.1]),
        "city": pd.Series(np.where(rng.random(count) < 0.05, None, rng.choice(["Köln", "Oslo"], count))),
        "empty": pd.Series([None] * count, dtype=object),
        "odd": np.where(rng.random(count) < 0.02, np.inf, rng.random(count)),
        "zero": np.zeros(count),
        "weight": rng.random(count),
    })


def by_csv(name, seed, shift):
    """The way of the tutorials: a TFRecord written by Beam."""
    with tempfile.TemporaryDirectory() as folder:
        csv = pathlib.Path(folder) / "people.csv"
        people(seed, shift).drop(columns=["odd"]).to_csv(csv, index=False)
        return tfdv.generate_statistics_from_csv(str(csv), output_path=str(out / name), stats_options=tfdv.StatsOptions(**small))


def in_memory(seed):
    """Lists of several values, NaN inside, bytes, structs, weights, and slices."""
    rng = np.random.default_rng(seed)
    count = 60
    batch = pa.RecordBatch.from_arrays([
        pa.array([[round(float(value), 4) for value in rng.normal(0, 1, rng.integers(0, 4))] or None for _ in range(count)]),
        pa.array([[float("nan")] if i % 9 == 0 else [i / 8] for i in range(count)]),
        pa.array([[["de"], ["en"]][i % 2] for i in range(count)]),
        pa.array([[bytes([i % 7, 255])] for i in range(count)]),
        pa.array([[0.5 + (i % 3)] for i in range(count)]),
    ], ["scores", "half", "lang", "raw", "w"])
    options = tfdv.StatsOptions(weight_feature="w", slicing_config=None, experimental_slice_functions=[slicing_util.get_feature_value_slicer({"lang": None})],
                                **small)
    import apache_beam as beam
    with tempfile.TemporaryDirectory() as folder:
        path = str(pathlib.Path(folder) / "sliced")
        with beam.Pipeline() as pipeline:
            _ = (pipeline | beam.Create([batch], reshuffle=False) | tfdv.GenerateStatistics(options) | tfdv.WriteStatisticsToTFRecord(path))
        (out / "sliced.tfrecord").write_bytes(pathlib.Path(path).read_bytes())
    return tfdv.load_statistics(str(out / "sliced.tfrecord"))


def told(stats):
    """What the API of TFDV says of each data set and feature."""
    view = tfdv.DatasetListView(stats)
    found = {}
    for dataset in view.proto().datasets:
        one = {"num_examples": dataset.num_examples, "weighted_num_examples": dataset.weighted_num_examples, "features": {}}
        data = view.get_slice(dataset.name) if dataset.name else view.get_default_slice()
        for path in data.list_features():
            feature = data.get_feature(path)
            common = feature.common_statistics()
            values = {"num_missing": common.num_missing, "num_non_missing": common.num_non_missing, "tot_num_values": common.tot_num_values}
            if feature.numeric_statistics() is not None and common.tot_num_values:
                number = feature.numeric_statistics()
                values |= {"mean": number.mean, "std_dev": number.std_dev, "min": number.min, "max": number.max,
                           "median": number.median, "num_zeros": number.num_zeros}
                for histogram in number.histograms:
                    if histogram.type == statistics_pb2.Histogram.QUANTILES:
                        count = len(histogram.buckets)
                        values |= {f"q_{100 * (i + 1) // count}": bucket.high_value for i, bucket in enumerate(histogram.buckets[:-1])}
                    else:
                        values |= {f"histogram.{i}": bucket.sample_count for i, bucket in enumerate(histogram.buckets)}
                values["num_nan"] = number.histograms[0].num_nan
            if feature.string_statistics() is not None and common.tot_num_values:
                text = feature.string_statistics()
                values |= {"unique": text.unique, "avg_length": text.avg_length}
                values |= {f"top_values.{top.value}": top.frequency for top in text.top_values}
            if feature.bytes_statistics() is not None and common.tot_num_values:
                values |= {"unique": feature.bytes_statistics().unique, "avg_num_bytes": feature.bytes_statistics().avg_num_bytes}
            one["features"][".".join(path.steps())] = {key: value if np.isfinite(value) else str(value) for key, value in values.items()}
        found[dataset.name] = one
    return found


def main():
    expected = {"baseline.tfrecord": told(by_csv("baseline.tfrecord", 1, 0.0)), "candidate.tfrecord": told(by_csv("candidate.tfrecord", 2, 2.0)),
                "sliced.tfrecord": told(in_memory(3))}
    frame = tfdv.generate_statistics_from_dataframe(people(1, 0.0), tfdv.StatsOptions(**small), n_jobs=1)
    tfdv.write_stats_text(frame, str(out / "frame.pbtxt"))
    (out / "frame.pb").write_bytes(frame.SerializeToString())  # what TFX writes as FeatureStats.pb
    expected["frame.pb"] = expected["frame.pbtxt"] = told(frame)
    (out / "expected.json").write_text(json.dumps(expected, indent=1, sort_keys=True, ensure_ascii=False) + "\n")


main()
