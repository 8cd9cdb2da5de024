#!/usr/bin/env python3
# tools: llm
"""Runs inspect_ai with its mock model and compares what metricgate reads of its logs, both kinds, with what inspect says:
check_inspect_ai.py --root ROOT --binary BINARY"""
from llm_common import Interop  # first: it goes on in the environment that has the tools

import math

import tiktoken


class Words:
    """The mock model counts tokens with a vocabulary that tiktoken would download; nothing here depends on the counts."""

    def encode(self, text, **_):
        return text.split()

    encode_ordinary = encode


tiktoken.get_encoding = tiktoken.encoding_for_model = lambda name: Words()

from inspect_ai import Epochs, Task, eval  # noqa: E402
from inspect_ai.dataset import MemoryDataset, Sample  # noqa: E402
from inspect_ai.log import read_eval_log  # noqa: E402
from inspect_ai.model import ModelOutput, get_model  # noqa: E402
from inspect_ai.scorer import (CORRECT, INCORRECT, NOANSWER, PARTIAL, Score, accuracy, match, mean, scorer,  # noqa: E402
                               stderr, value_to_float)
from inspect_ai.solver import generate  # noqa: E402


POLICY = """
version: 1
defaults: {min_examples: 0}
inputs:
  eval: {kind: predictions, columns: {id: id}MORE}
checks:
"""


@scorer(metrics=[accuracy(), stderr()])
def graded():
    async def score(state, target):
        return Score(value={"1": CORRECT, "2": PARTIAL, "3": NOANSWER}.get(state.output.completion[-1], INCORRECT))
    return score


@scorer(metrics=[mean(), stderr()])
def length():
    async def score(state, target):
        return Score(value=len(state.output.completion) / 10 + int(state.output.completion[-1]))
    return score


@scorer(metrics={"a": [mean()], "b": [mean(), stderr()]})
def parts():
    async def score(state, target):
        last = int(state.output.completion[-1])
        return Score(value={"a": last / 4, "b": last > 1})
    return score


@scorer(metrics=[mean(), stderr()])
def sometimes():
    async def score(state, target):
        return Score(value=float("nan") if target.text in ("3", "5") else 1.0)
    return score


def run(folder, name, form, seed, epochs=1, reducer="mean", changed=None, scorers=None):
    data = [Sample(id=f"q{i}", input=f"say {i}" if i != changed else "say something else", target=str(i % 5),
                   metadata={"kind": "odd" if i % 2 else "even"}) for i in range(30)]
    outputs = [ModelOutput.from_content("mockllm/model", f"answer {(k * 7 + k * k * seed) % 5}") for k in range(30 * epochs)]
    task = Task(dataset=MemoryDataset(data, name="capitals"), solver=generate(), epochs=Epochs(epochs, reducer), name="capitals",
                scorer=scorers or [match(location="end"), graded(), length(), parts()], version=2)
    log = eval(task, model=get_model("mockllm/model", custom_outputs=outputs), log_dir=str(folder / name), log_format=form,
               display="none", max_samples=1)[0]
    assert log.status == "success", log.error
    return read_eval_log(log.location), next((folder / name).iterdir())


def compare_results(interop, log, path):
    found = interop.convert(path)
    wanted = 0
    names = [score.name for score in log.results.scores]
    for score in log.results.scores:
        prefix = score.name if names.count(score.name) == 1 else f"{score.name}.{score.reducer}"
        for metric in score.metrics.values():
            if metric.name == "stderr":
                continue
            wanted += 1
            entry = found.get(f"{prefix}.{metric.name}", {})
            interop.equal(f"{path.suffix} {prefix}.{metric.name}", entry.get("value"), metric.value)
            if "stderr" in score.metrics:
                interop.equal(f"{path.suffix} {prefix} stderr", entry.get("stderr"), score.metrics["stderr"].value)
            interop.equal(f"{path.suffix} {prefix} n", entry.get("n"), score.scored_samples)
    interop.equal("number of metrics", len(found), wanted)


def check(name):
    return f"  - {{id: {name}, metric: {{name: {name}, stat: mean, direction: higher}}, margin: {{abs: 0.9}}}}\n"


def mean_of(log, scorer_name, key=None):
    to_float = value_to_float()
    values = [to_float(value if key is None else value[key])
              for value in (sample.scores[scorer_name].value for sample in log.samples)]
    values = [value for value in values if not math.isnan(value)]
    return sum(values) / len(values)


def main():
    interop = Interop("inspect_ai")
    folder = interop.folder
    logs = {}
    for form in ("json", "eval"):
        logs[form, 1] = run(folder, f"{form}1", form, 1)
        logs[form, 2] = run(folder, f"{form}2", form, 2)
        compare_results(interop, *logs[form, 1])
        compare_results(interop, *logs[form, 2])
    names = {"match": ("match", None), "graded": ("graded", None), "length": ("length", None), "parts.a": ("parts", "a"),
             "parts.b": ("parts", "b")}
    checks = "".join(check(name) for name in names)
    for before, after in ((("json", 1), ("json", 2)), (("eval", 1), ("eval", 2)), (("json", 1), ("eval", 2))):
        rows, _ = interop.judge(logs[after][1], logs[before][1], POLICY.replace("MORE", "") + checks)
        for name, (scorer_name, key) in names.items():
            interop.equal(f"{name} {before} {after} candidate", rows[name]["candidate"], mean_of(logs[after][0], scorer_name, key))
            interop.equal(f"{name} {before} {after} baseline", rows[name]["baseline"], mean_of(logs[before][0], scorer_name, key))

    # Epochs: the mean is the same, and one sample is one cluster.
    first, first_path = run(folder, "epochs1", "eval", 1, epochs=3)
    second, second_path = run(folder, "epochs2", "eval", 2, epochs=3, reducer=["mean", "max"])
    compare_results(interop, first, first_path)
    compare_results(interop, second, second_path)
    rows, _ = interop.judge(second_path, first_path, POLICY.replace("MORE", "") + check("graded"))
    interop.equal("epochs", rows["graded"]["candidate"], mean_of(second, "graded"))
    interop.check("epochs are clusters", "30 clusters" in str(rows["graded"]), rows["graded"])

    # Samples without a score are counted and dropped only when the policy says so.
    part, part_path = run(folder, "part1", "json", 1, scorers=[sometimes()])
    other, other_path = run(folder, "part2", "eval", 2, scorers=[sometimes()])
    compare_results(interop, part, part_path)
    _, done = interop.judge(other_path, part_path, POLICY.replace("MORE", "") + check("sometimes"), code=[2])
    rows, _ = interop.judge(other_path, part_path,
                            POLICY.replace("MORE", ", on_missing_value: drop, min_overlap: 0.5") + check("sometimes"), code=[0, 1, 3])
    interop.equal("scored samples", rows["sometimes"]["n"], part.results.scores[0].scored_samples)

    # One sample that asks something else.
    _, changed_path = run(folder, "changed", "eval", 2, changed=7)
    rows, _ = interop.judge(changed_path, logs["eval", 1][1], POLICY.replace("MORE", "") + check("match"), code=[1])
    interop.equal("another input is incomparable", rows["match"]["status"], "incomparable")

    # A failed evaluation.
    failed = eval(Task(dataset=[Sample(id="a", input="x", target="y")], solver=generate(), scorer=match()),
                  model=get_model("mockllm/model", custom_outputs=[]), log_dir=str(folder / "failed"), log_format="eval", display="none")
    if failed[0].status != "success":
        done = interop.run("convert", next((folder / "failed").iterdir()), "-o", "failed.json", code=[2])
        interop.check("a failed evaluation is refused", failed[0].status in done.stderr, done.stderr)
    interop.finish()


main()
