#!/usr/bin/env python3
# tools: llm
"""Runs promptfoo with its echo provider and compares what metricgate reads of its results with promptfoo's own counts:
check_promptfoo.py --root ROOT --binary BINARY"""
import json
import os
import subprocess
import sys

from llm_common import Interop

TESTS = [("France", "Paris", "Paris"), ("Italy", "Milan", "Rome"), ("Spain", "Madrid", "Madrid"), ("Peru", "Cusco", "Lima"),
         ("Japan", "Tokyo", "Tokyo"), ("Kenya", "Nairobi", "Nairobi")]
PROVIDER = """
module.exports = class {
  id() { return 'words'; }
  async callApi(prompt) { return prompt.includes('Peru') ? {error: 'no answer'} : {output: prompt}; }
};
"""
POLICY = """
version: 1
defaults: {min_examples: 0}
inputs:
  eval: {kind: predictions, columns: {id: id}MORE}
checks:
  - {id: success, metric: {name: success, stat: mean, direction: higher}, margin: {abs: 0.9}}
  - {id: score, metric: {name: score, stat: mean, direction: higher}, margin: {abs: 0.9}}
  - {id: names, metric: {name: namedScores.names, stat: mean, direction: higher}, margin: {abs: 0.9}}
  - {id: failed, metric: {name: failed, stat: mean, direction: lower}, margin: {abs: 0.9}}
"""


def config(prompt, provider, tests, wanted=None):
    return {"prompts": [prompt], "providers": [provider], "tests": [
        {"vars": {"country": country, "city": city},
         "assert": [{"type": "contains", "value": wanted or capital, "metric": "names"},
                    {"type": "icontains", "value": "capital", "metric": "form", "weight": 2}]} for country, city, capital in tests]}


def evaluate(interop, name, content):
    path = interop.folder / f"{name}.yaml"
    path.write_text(json.dumps(content))
    out = interop.folder / f"{name}.json"
    tools = interop.root / "build" / "interop-tools" / "llm"
    node = tools / "bin" / "node"
    environment = {"PATH": os.environ["PATH"], "HOME": str(interop.folder), "PROMPTFOO_CONFIG_DIR": str(interop.folder / "state"),
                   "PROMPTFOO_DISABLE_TELEMETRY": "1", "PROMPTFOO_DISABLE_UPDATE": "1"}
    done = subprocess.run([node, tools / "node_modules/promptfoo/dist/src/main.js", "eval", "-c", path, "-o", out, "--no-cache",
                           "--no-progress-bar", "--no-table"], cwd=interop.folder, env=environment, capture_output=True, text=True)
    if not out.exists():
        sys.exit(f"promptfoo failed: {done.stdout}{done.stderr}")
    return json.loads(out.read_text())["results"], out


def compare(interop, rows, side, results, n):
    metrics = results["prompts"][0]["metrics"]
    interop.equal(f"{side} success", rows["success"][side], metrics["testPassCount"] / n)
    interop.equal(f"{side} score", rows["score"][side], metrics["score"] / n)
    interop.equal(f"{side} names", rows["names"][side], metrics["namedScores"]["names"] / n)


def main():
    interop = Interop("promptfoo")
    (interop.folder / "words.js").write_text(PROVIDER)
    before, before_path = evaluate(interop, "before", config("The capital of {{country}} is {{city}}", "echo", TESTS))
    after, after_path = evaluate(interop, "after", config("In {{country}}: {{city}}", "echo", list(reversed(TESTS))))
    rows, _ = interop.judge(after_path, before_path, POLICY.replace("MORE", ""))
    compare(interop, rows, "baseline", before, len(TESTS))
    compare(interop, rows, "candidate", after, len(TESTS))

    # A provider that fails on one test: no failure of the model, but no answer either.
    failing, failing_path = evaluate(interop, "failing", config("The capital of {{country}} is {{city}}", "file://words.js", TESTS))
    interop.equal("promptfoo counts an error", failing["stats"]["errors"], 1)
    rows, _ = interop.judge(failing_path, before_path, POLICY.replace("MORE", ""), code=[2, 1])
    interop.equal("an error row has no score", rows["success"]["status"], "error")
    interop.equal("and is counted", rows["failed"]["candidate"], 1 / len(TESTS))
    rows, _ = interop.judge(failing_path, before_path, POLICY.replace("MORE", ", on_missing_value: drop, min_overlap: 0.5"))
    compare(interop, rows, "candidate", failing, len(TESTS) - 1)

    # Other assertions: scores of another thing.
    _, other_path = evaluate(interop, "other", config("The capital of {{country}} is {{city}}", "echo", TESTS, wanted="a"))
    rows, _ = interop.judge(other_path, before_path, POLICY.replace("MORE", ""), code=[1])
    interop.equal("other assertions are incomparable", rows["success"]["status"], "incomparable")
    interop.finish()


main()
