#!/usr/bin/env python3
"""TAP reports, read by Perl's TAP::Parser: valid, a test point for the run and every row, none ok that is not, and YAML that reads."""
import readers
import samples
import yaml


def problems_of(sample):
    read = readers.tap(sample.path)
    points = read["points"]
    if read["errors"] or read["others"]:
        yield f"not TAP: {read['errors'][:3]} {read['others'][:3]}"
    if len(points) != len(sample.weights) or read["planned"] != len(points):
        yield f"{len(points)} test points for {len(sample.weights)} answers"
        return
    blocking = {"failure", "error", "undecided"}
    for point, weight in zip(points, sample.weights):
        wanted = {"ok": weight in ("pass", "skipped"), "counts": weight not in blocking, "skip": weight == "skipped",
                  "todo": weight in ("warning", "waived")}
        if any(bool(point[key]) != value for key, value in wanted.items()):
            yield f"{point['description']}: {weight} is told as {point}"
    if bool(read["passes"]) != (sample.report["verdict"] == "pass"):
        yield "the whole passes and the verdict does not, or the other way round"
    told = {}
    for number, raw in read["blocks"]:
        told[number] = yaml.safe_load(raw.split("---\n", 1)[1].rsplit("...", 1)[0]) if number <= 200 else None
    if set(told) != {i + 1 for i, weight in enumerate(sample.weights) if weight not in ("pass", "skipped")}:
        yield "not every row that is no pass has its YAML block"
    statuses = [sample.report["verdict"]] + [row["status"] for row in sample.rows]
    for number, block in told.items():
        if block and (block["status"] != statuses[number - 1] or not block["message"]):
            yield f"point {number} says {block}"


samples.check(problems_of, "tap")
