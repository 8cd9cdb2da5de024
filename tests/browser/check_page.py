#!/usr/bin/env python3
"""HTML reports in a real Chromium: charts are drawn, nothing is complained of, nothing is asked for, and without scripts the
numbers are there all the same.

usage: check_page.py --binary METRICGATE --samples UNIT_REPORT [--node NODE] [--photographs FOLDER]

With --node the specifications of all charts are also held against Vega-Lite's schema, from web/node_modules.
"""

import argparse
import os
import pathlib
import shlex
import subprocess
import sys
import tempfile

from browser import Browser

ROOT = pathlib.Path(__file__).resolve().parents[2]
# Case -> the captions of the charts that its page must have, as far as they are named here, and how many charts in all.
CASES = {
    "real/breast-cancer-gaussian-nb": (["Each change with its interval, in margins", "ROC of class 1", "Precision and recall of class 1",
                                        "Calibration of class 1", "Scores of examples of class 1", "Scores of all but class 1"], 6),
    "real/diabetes-lasso": (["Predictions", "Errors"], 3),
    "samples/latency-without-pairs": (["latency_ms"], 2),
    "drift/every-kind": (["Columns against their limits, the most drifted first", "age", "plan"], 6),
    "slices/by-language": (["Slices of recall-by-language", "Slices of accuracy-by-language-and-device"], 8),
    "multiclass/class-scores": (["ROC of class owl against the rest", "Precision and recall of class owl against the rest"], 8),
    "output/hostile-names": ([], 1),
    "history/rings": (["accuracy: individuals chart"], 1),
    "history/window": (["accuracy: moving_average chart"], 1),
    "history/candidate-file": (["accuracy: ewma chart"], 1),
    "history/too-short": (["accuracy: cusum chart"], 1),
    "history-command/rings": (["Trend of accuracy", "Trend of latency_ms", "Verdicts"], 4),
    "history-command/hostile-names": ([], 6),
}
# What the page's own rules must stop; that it is noticed shows that silence elsewhere means something.
ATTACKS = {
    "a script": "<script>document.title = 'taken'</script>",
    "an event handler": "<img src='data:,' onerror=\"document.title = 'taken'\">",
    "a style": "<style>body { display: none }</style>",
    "an outside image": "<img src='https://metricgate.invalid/x.png'>",
}
DRAWN = "document.documentElement.dataset.charts === 'drawn'"
MARKS = """[...document.querySelectorAll('[data-chart]')].map((place) => ({
  caption: place.parentElement.querySelector('figcaption').textContent,
  drawn: place.dataset.drawn,
  marks: place.querySelectorAll('svg .mark-symbol path, svg .mark-rule line, svg .mark-line path, svg .mark-rect path').length,
  wide: place.querySelector('svg')?.getBoundingClientRect().width > place.clientWidth + 1,
}))"""
NUMBERS = """({rows: document.querySelectorAll('table tbody tr').length,
  text: document.querySelector('main').innerText.length,
  svg: document.querySelectorAll('svg').length,
  hint: document.querySelector('[data-chart]')?.textContent ?? ''})"""


class Problems(list):
    def unless(self, good, what):
        if not good:
            self.append(what)


def write_case(binary, case, folder):
    """The page of a golden case, with its own policy and data."""
    source = ROOT / "tests" / "cases" / case
    arguments = shlex.split((source / "args").read_text(), comments=True)
    while "--report" in arguments:
        at = arguments.index("--report")
        del arguments[at:at + 2]
    page = folder / (case.replace("/", "-") + ".html")
    subprocess.run([binary, *arguments, "--report", f"html={page}"], cwd=source, capture_output=True, check=False)
    return page


def write_samples(program, folder):
    """The pages of the sample results that the unit tests share; hostile names among them."""
    subprocess.run([program, "[.write-samples]"], env={**os.environ, "METRICGATE_SAMPLES": str(folder), "METRICGATE_SAMPLE_FORMAT": "html"}, check=True, capture_output=True)
    pages = []
    for path in sorted(folder.glob("*.html")):
        if path.with_suffix("").suffix == "" and "-" not in path.name:
            pages.append(path)
    return pages


def look(browser, page, width, scheme, problems, photographs):
    name = f"{page.name} at {width} px, {scheme}"
    browser.look_like(width, scheme=scheme)
    browser.open(page)
    problems.unless(browser.wait_for(DRAWN), f"{name}: the charts were not drawn in time")
    charts = browser.ask(MARKS)
    for chart in charts:
        problems.unless(chart["drawn"] == "yes" and chart["marks"] > 0, f"{name}: nothing was drawn: {chart}")
        problems.unless(not chart["wide"], f"{name}: wider than its place: {chart}")
    problems.extend(f"{name}: on the console: {message}" for message in browser.messages())
    problems.extend(f"{name}: asked for {address[:100]}" for address in browser.requests()
                    if address != page.as_uri() and not address.startswith("data:"))
    problems.unless(browser.ask("document.documentElement.scrollWidth") <= width, f"{name}: the page is wider than the screen")
    if photographs:
        browser.photograph(photographs / f"{page.stem}-{width}-{scheme}.png")
    return charts


def look_without_scripts(browser, page, rows, problems):
    browser.look_like(1280, scripts=False)
    browser.open(page)
    seen = browser.ask(NUMBERS)
    problems.unless(seen["rows"] == rows and seen["text"] > 200, f"{page.name} without scripts: tables are missing: {seen}")
    problems.unless(seen["svg"] == 0, f"{page.name} without scripts: something was drawn")
    problems.unless(not seen["hint"] or "tables" in seen["hint"], f"{page.name} without scripts: no word on the charts: {seen}")


def against_schema(node, pages):
    done = subprocess.run([node, str(ROOT / "web" / "check_specs.mjs"), *map(str, pages)], capture_output=True, text=True)
    return done.stderr.splitlines() if done.returncode != 0 else []


def attack(browser, page, folder, problems):
    text = page.read_text(encoding="utf-8")
    browser.look_like(1280)
    for what, html in ATTACKS.items():
        copy = folder / "attacked.html"
        copy.write_text(text.replace("<main>", "<main>" + html, 1), encoding="utf-8")
        browser.open(copy)
        browser.wait_for(DRAWN)
        problems.unless(any("Content Security Policy" in message for message in browser.messages()), f"{what} in the page was not stopped")
        problems.unless(browser.ask("document.title") != "taken" and browser.ask("document.body.offsetHeight") > 0, f"{what} in the page took effect")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--binary", required=True)
    parser.add_argument("--samples", required=True)
    parser.add_argument("--node")
    parser.add_argument("--photographs", type=pathlib.Path)
    options = parser.parse_args()
    binary = str(pathlib.Path(options.binary).resolve())
    problems = Problems()
    with tempfile.TemporaryDirectory() as scratch, Browser() as browser:
        folder = pathlib.Path(scratch)
        samples = write_samples(options.samples, folder)
        problems.unless(len(samples) >= 8, f"only {len(samples)} sample pages")
        for page in samples:
            look(browser, page, 1280, "light", problems, options.photographs)
            rows = browser.ask("document.querySelectorAll('table tbody tr').length")
            look_without_scripts(browser, page, rows, problems)
        for case, (captions, least) in CASES.items():
            page = write_case(binary, case, folder)
            charts = look(browser, page, 1280, "light", problems, options.photographs)
            rows = browser.ask("document.querySelectorAll('table tbody tr').length")
            found = [chart["caption"] for chart in charts]
            problems.unless(len(found) >= least and set(captions) <= set(found), f"{case}: has the charts {found}")
            light = browser.ask("getComputedStyle(document.body).backgroundColor")
            look(browser, page, 1280, "dark", problems, options.photographs)
            problems.unless(browser.ask("getComputedStyle(document.body).backgroundColor") != light, f"{case}: dark looks like light")
            look(browser, page, 390, "light", problems, options.photographs)
            look_without_scripts(browser, page, rows, problems)
        if options.node:
            problems.extend(against_schema(options.node, sorted(folder.glob("*.html"))))
        attack(browser, folder / "fail.html", folder, problems)
    print("\n".join(problems) or f"{len(samples) + len(CASES)} pages, nothing to complain of")
    sys.exit(1 if problems else 0)


main()
