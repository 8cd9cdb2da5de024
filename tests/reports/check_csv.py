#!/usr/bin/env python3
"""CSV reports, read by Python's csv: the run and every row, numbers that equal the JSON report's, and no cell that a spreadsheet
would compute, however it splits the line."""
import csv
import io

import readers
import samples


def problems_of(sample):
    table = list(csv.DictReader(io.StringIO(sample.raw.decode(), newline=""), strict=True, restkey="more"))
    if len(table) != len(sample.weights) or any("more" in row or None in row.values() for row in table):
        yield f"{len(table)} lines for {len(sample.weights)} answers, or lines of unequal length"
        return
    run = table[0]
    blocking = {"failure", "error", "undecided"}
    if run["kind"] != "run" or run["status"] != sample.report["verdict"] or run["blocks"] != str(sample.report["verdict"] != "pass").lower():
        yield f"the run is told as {run}"
    for line, row, weight in zip(table[1:], sample.rows, sample.weights[1:]):
        if line["status"] != row["status"] or line["blocks"] != str(weight in blocking).lower() or line["level"] != row["level"]:
            yield f"{row['id']!r}: {weight} is told as {line['status']}, blocks {line['blocks']}"
        waived = row.get("waived") or {}
        told = [line[column].removeprefix("'") for column in ("instead_of", "waived_until", "waived_by", "waived_reason")]
        if told != [waived.get(key, "") for key in ("status", "expires", "owner", "reason")]:
            yield f"{row['id']!r}: the waiver {waived} is told as {told}"
        interval = row["interval"] or {}
        numbers = {"baseline": row["baseline"], "candidate": row["candidate"], "change": row["delta"], "lower": interval.get("lower"),
                   "upper": interval.get("upper"), "margin": row["margin"], "p": row["p_no_loss"], "n": row["n"]}
        for column, number in numbers.items():
            if (float(line[column]) if line[column] else None) != number:
                yield f"{row['id']!r}: {column} is {line[column]!r}, wanted {number}"
    for line in table:
        for column, cell in line.items():
            if readers.is_formula(cell):
                yield f"{column} holds a formula: {cell!r}"


samples.check(problems_of, "csv")
