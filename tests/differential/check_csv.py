#!/usr/bin/env python3
"""Reads csv-spectrum, and tables that Python's csv writes, with the program and with Python's csv: the same cells. Cells are shown by two checks of data quality,
which name the values that the other side lacks and count empty cells."""
import csv
import io
import json
import pathlib
import random
import re
import subprocess
import sys
import tempfile

import common

POLICY = """version: 1
inputs:
  rows: {kind: samples}
checks:
  - {id: seen, metric: unseen_categories, of: "*", max: 0}
  - {id: empty, metric: missing_rate, of: "*", max: 0}
"""
PIECES = ["a", "b7", '"', ",", "\n", ";", " ", "é", "'", "\t", "\u4e2d", "#"]


def visible(text):
    """As reports show it."""
    return "".join(f"\\x{ord(letter):02x}" if ord(letter) < 32 else "\\\\" if letter == "\\" else letter for letter in text)


def compare(program, folder, text):
    """Problems of one table."""
    rows = list(csv.reader(io.StringIO(text, newline="")))
    header, body = rows[0], rows[1:]
    (folder / "p.yaml").write_text(POLICY)
    (folder / "c.csv").write_bytes(text.encode())
    other = io.StringIO()
    csv.writer(other, lineterminator="\n").writerows([header, ["other side"] * len(header)])
    (folder / "b.csv").write_bytes(other.getvalue().encode())
    done = subprocess.run([program, "check", "c.csv", "--baseline", "b.csv", "-p", "p.yaml", "--report", "json"], cwd=folder, capture_output=True, timeout=60)
    if not done.stdout:
        return [f"refused: {done.stderr.decode().splitlines()[:1]}"], 0
    report = json.loads(done.stdout)["checks"]
    seen = [row for row in report if row["id"] == "seen"]
    empty = [row for row in report if row["id"] == "empty"]
    problems, count = [], 0
    for column, name in enumerate(header):
        wanted = sorted({row[column] for row in body} - {""})
        text_of = next((note["text"] for note in seen[column]["notes"] if note["code"] == "unseen_categories"), "")
        listed = re.sub(r", [0-9.]+ % of the candidate's values\.$", "", text_of)
        for value in wanted:
            if f"'{visible(value)}'" not in listed:
                problems.append(f"column '{name}' has {value!r} to Python, and we say {text_of!r}")
        if not problems and seen[column]["candidate"] != len(wanted):
            problems.append(f"column '{name}' has {len(wanted)} values to Python, {seen[column]['candidate']} to us")
        share = sum(row[column] == "" for row in body) / len(body)
        if abs((empty[column]["candidate"] or 0) - share) > 1e-12:
            problems.append(f"column '{name}': {share} of the cells are empty to Python, {empty[column]['candidate']} to us")
        count += len(body)
    return problems, count


def written_by_python(number):
    """A table of three columns and rows, of what makes CSV hard."""
    draw = random.Random(number)
    cell = lambda: "".join(draw.choice(PIECES) for _ in range(draw.randint(1, 5))).strip(" \t") or "z"  # noqa: E731
    out = io.StringIO()
    writer = csv.writer(out, lineterminator=draw.choice(["\n", "\r\n"]), quoting=draw.choice([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]))
    writer.writerow(["x", "y", "z"])
    for _ in range(3):
        writer.writerow([cell(), cell(), cell()])
    return out.getvalue()


def main():
    program = common.options()[0]
    listed, problems, tables, cells = common.differences("csv-spectrum"), [], 0, 0
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(scratch)
        texts = {path.name: path.read_bytes().decode() for path in sorted((common.CORPORA / "csv-spectrum").glob("*.csv"))}
        texts.update({f"{name} and a line end": text + "\n" for name, text in texts.items() if not text.endswith("\n")})
        texts.update({f"table {number}": written_by_python(number) for number in range(60)})
        for name, text in texts.items():
            different, count = compare(program, folder, text)
            tables, cells = tables + 1, cells + count
            if different and name not in listed:
                problems.append(f"{name}: {'; '.join(different)}")
            if not different and name in listed:
                problems.append(f"{name}: is listed and does not differ")
    if problems:
        print("\n".join(problems))
        sys.exit(f"{len(problems)} differences that nobody explains")
    print(f"{tables} tables, {cells} cells equal, {len(listed)} differences listed")


if __name__ == "__main__":
    main()
