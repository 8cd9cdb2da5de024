#!/usr/bin/env python3
"""Markdown reports, parsed by cmark-gfm: nothing but the report's own nodes (tests/structure/check_markdown.py), every failing row or
a count of it, and the size that the host takes, which drops all of a larger one."""
import pathlib
import re
import sys

import samples

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "structure"))
import check_markdown  # noqa: E402

LIMITS = {"markdown": 900 * 1024, "markdown:comment": 60 * 1024}
VERDICTS = {"pass": "PASS", "fail": "FAIL", "undecided": "UNDECIDED", "could_not_judge": "COULD NOT JUDGE"}


def counts_in(text):
    """{status: count} of "1,000 pass, 20 inconclusive"."""
    return {status: int(count.replace(",", "")) for count, status in re.findall(r"([0-9,]*[0-9]) ([a-z_]+)", text)}


def problems_of(sample):
    text = sample.raw.decode()
    yield from check_markdown.problems_of(sample.path)
    limit = LIMITS[sample.path.name.split(".", 1)[1]]
    if len(sample.raw) > limit:
        yield f"{len(sample.raw)} bytes, more than {limit}"
    if not text.startswith(f"# metricgate: {VERDICTS[sample.report['verdict']]}"):
        yield "the first line is not the verdict"
    cut = re.search(r"\*\*Cut to [0-9]+ KiB:\*\* left out are rows \(([^)]*)\)", text)
    listed = re.search(r"<summary>(?:All|Worst) checks \(([0-9,]+)", text)
    shown = int(listed.group(1).replace(",", "")) if listed else 0
    if shown + sum(counts_in(cut.group(1)).values() if cut else []) != len(sample.rows):
        yield f"{shown} rows listed, {cut and cut.group(1)} left out, of {len(sample.rows)}"
    if cut and counts_in(cut.group(1)).get("regressed", 0) and "pass" not in counts_in(cut.group(1)):
        yield "failures are left out before passes"


samples.check(problems_of, *LIMITS)
