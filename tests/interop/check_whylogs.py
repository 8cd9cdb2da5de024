#!/usr/bin/env python3
# tools: llm
"""Profiles data with whylogs and compares what metricgate reads of the exported summary with the profile's own:
check_whylogs.py --root ROOT --binary BINARY"""
from llm_common import Interop  # first: it goes on in the environment that has the tools

import math

import numpy as np
import pandas as pd
import whylogs as why



def main():
    interop = Interop("whylogs")
    rng = np.random.default_rng(1)
    frame = pd.DataFrame({"age": rng.normal(40, 10, 300), "plan": rng.choice(["a", 'b "x", y'], 300), "visits": rng.integers(0, 9, 300)})
    frame.loc[3, "age"] = None
    view = why.log(frame).view()
    path = interop.folder / "profile.csv"
    view.to_pandas().to_csv(path)
    found = interop.convert(path)
    wanted = {}
    for name, profile in view.get_columns().items():
        for statistic, value in profile.to_summary_dict().items():
            if isinstance(value, (int, float, np.integer)) and not isinstance(value, bool) and not statistic.startswith("ints/"):
                if value is not None and not (isinstance(value, float) and math.isnan(value)):
                    wanted[f"{name}.{statistic}"] = value
    # A column of text has no numbers: whylogs writes a mean and a deviation of 0 for them, which are nobody's.
    nothing = {"plan.distribution/mean", "plan.distribution/stddev"}
    interop.equal("statistics of nothing are 0 in the profile", [float(wanted[name]) for name in sorted(nothing)], [0.0, 0.0])
    for name, value in wanted.items():
        interop.equal(name, found.get(name, {}).get("value"), None if name in nothing else float(value))
    interop.equal("number of statistics", len(found), len(wanted))
    summary = view.get_column("age").to_summary_dict()
    interop.equal("standard error of the mean", found["age.distribution/mean"]["stderr"],
                  summary["distribution/stddev"] / math.sqrt(summary["distribution/n"]))
    interop.finish()


main()
