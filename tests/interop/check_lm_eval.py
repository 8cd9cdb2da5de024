#!/usr/bin/env python3
# tools: llm
"""Runs lm-evaluation-harness on tasks of its own and compares what metricgate reads of its results and samples with what the
harness says: check_lm_eval.py --root ROOT --binary BINARY"""
from llm_common import Interop  # first: it goes on in the environment that has the tools

import json
import os
import random
import sys

os.environ.update(HF_DATASETS_OFFLINE="1", HF_HUB_OFFLINE="1", TOKENIZERS_PARALLELISM="false")

MULTIPLE_CHOICE = """
task: tiny_mc
dataset_path: json
dataset_kwargs: {data_files: {test: data.jsonl}}
test_split: test
output_type: multiple_choice
doc_to_text: "{{q}}"
doc_to_choice: choices
doc_to_target: gold
metric_list:
  - {metric: acc, aggregation: mean, higher_is_better: true}
  - {metric: acc_norm, aggregation: mean, higher_is_better: true}
metadata: {version: 1.0}
"""
GENERATION = """
task: tiny_gen
dataset_path: json
dataset_kwargs: {data_files: {test: data.jsonl}}
test_split: test
output_type: generate_until
doc_to_text: "{{q}}"
doc_to_target: "{{choices[gold]}}"
generation_kwargs: {until: ["\\n"]}
filter_list:
  - name: strict-match
    filter: [{function: regex, regex_pattern: "^(.*)$"}, {function: take_first}]
  - name: flexible-extract
    filter: [{function: regex, regex_pattern: "([a-z]+)$"}, {function: take_first}]
metric_list:
  - {metric: exact_match, aggregation: mean, higher_is_better: true}
metadata: {version: 3}
"""
PERPLEXITY = """
task: tiny_ppl
dataset_path: json
dataset_kwargs: {data_files: {test: data.jsonl}}
test_split: test
output_type: loglikelihood_rolling
doc_to_text: ""
doc_to_target: "{{q}}"
metric_list:
  - {metric: word_perplexity}
metadata: {version: 0}
"""
GROUP = """
group: tiny
task: [tiny_mc]
aggregate_metric_list:
  - {metric: acc, aggregation: mean, weight_by_size: true}
metadata: {version: 2}
"""
POLICY = """
version: 1
defaults: {min_examples: 0}
inputs:
  eval: {kind: predictions, columns: {id: id}}
checks:
"""


def make_data(folder, changed=None):
    lines = []
    for i in range(40):
        words = ["alpha", "beta"] if i % 3 else ["gamma", "d"]
        question = f"question {i}?" if i != changed else f"another question {i}?"
        lines.append(json.dumps({"q": question, "choices": words, "gold": i % 2, "topic": "odd" if i % 2 else "even"}))
    (folder / "data.jsonl").write_text("\n".join(lines) + "\n")


def evaluate(folder, out, seed, tasks, limit=None):
    import lm_eval
    from lm_eval.loggers import EvaluationTracker
    from lm_eval.models.dummy import DummyLM
    from lm_eval.tasks import TaskManager

    class Parrot(DummyLM):
        def generate_until(self, requests, disable_tqdm=False):
            return [random.choice(["alpha", "beta", "the d", "gamma"]) for _ in requests]

    tracker = EvaluationTracker(output_path=str(folder / out))
    tracker.general_config_tracker.log_experiment_args(
        model_source="dummy", model_args="pretrained=acme/parrot", system_instruction=None, chat_template=None,
        fewshot_as_multiturn=False)
    results = lm_eval.simple_evaluate(
        model=Parrot(), tasks=tasks, limit=limit, log_samples=True, random_seed=seed, bootstrap_iters=100,
        task_manager=TaskManager(include_path=str(folder), include_defaults=False))
    samples = results.pop("samples")
    tracker.save_results_aggregated(results=results, samples=samples)
    for task, logged in samples.items():
        tracker.save_results_samples(task_name=task, samples=logged)
    written = folder / out / "acme__parrot"
    return results, next(written.glob("results_*.json")), written


def compare_results(interop, results, path):
    found = interop.convert(path)
    wanted = 0
    for task, metrics in results["results"].items():
        for key, value in metrics.items():
            metric, _, part = key.partition(",")
            if not part or metric.endswith("_stderr"):
                continue
            name = f"{task}.{metric}" + ("" if part == "none" else f",{part}")
            wanted += 1
            interop.check(f"{name} is there", name in found, sorted(found))
            interop.equal(name, found[name]["value"], value)
            error = metrics.get(f"{metric}_stderr,{part}")
            if isinstance(error, float):
                interop.equal(f"{name} stderr", found[name].get("stderr"), error)
            else:
                interop.check(f"{name} has no stderr", "stderr" not in found[name], found[name])
    interop.equal("number of metrics", len(found), wanted)


def main():
    interop = Interop("lm_eval")
    folder = interop.folder
    os.chdir(folder)
    os.environ["HF_HOME"] = str(folder / "cache")
    make_data(folder)
    for name, text in {"mc": MULTIPLE_CHOICE, "gen": GENERATION, "ppl": PERPLEXITY, "group": GROUP}.items():
        (folder / f"{name}.yaml").write_text(text)
    tasks = ["tiny_gen", "tiny_ppl", "tiny"]
    before, before_path, before_folder = evaluate(folder, "before", 1, tasks)
    after, after_path, after_folder = evaluate(folder, "after", 2, tasks)
    compare_results(interop, before, before_path)
    compare_results(interop, after, after_path)

    # The same values again, from the samples of both sides.
    def samples(where, task):
        return next(where.glob(f"samples_{task}_*.jsonl"))

    for task, names in {"tiny_mc": ["acc", "acc_norm"], "tiny_gen": ["exact_match,strict-match", "exact_match,flexible-extract"]}.items():
        checks = "".join(f"  - {{id: m{i}, metric: {{name: \"{name}\", stat: mean, direction: higher}}, margin: {{abs: 0.9}}}}\n"
                         for i, name in enumerate(names))
        rows, _ = interop.judge(samples(after_folder, task), samples(before_folder, task), POLICY + checks)
        for i, name in enumerate(names):
            key = name if "," in name else name + ",none"
            interop.equal(f"{task} {name} candidate", rows[f"m{i}"]["candidate"], after["results"][task][key])
            interop.equal(f"{task} {name} baseline", rows[f"m{i}"]["baseline"], before["results"][task][key])
            interop.equal(f"{task} {name} n", rows[f"m{i}"]["n"], 40)

    check = '  - {id: acc, metric: {name: acc, stat: mean, direction: higher}, margin: {abs: 0.9}}\n'
    # One question that says something else: the sides were not asked the same.
    make_data(folder, changed=7)
    os.environ["HF_HOME"] = str(folder / "cache2")
    _, changed_path, changed_folder = evaluate(folder, "changed", 2, tasks)
    rows, _ = interop.judge(samples(changed_folder, "tiny_mc"), samples(before_folder, "tiny_mc"), POLICY + check, code=[1])
    interop.equal("another document is incomparable", rows["acc"]["status"], "incomparable")
    interop.check("and said so", "doc_hash" in rows["acc"]["reason"], rows["acc"]["reason"])

    # The harness appends: the same file twice.
    twice = folder / "samples_tiny_mc_twice.jsonl"
    text = samples(after_folder, "tiny_mc").read_text()
    twice.write_text(text + text)
    _, done = interop.judge(twice, samples(before_folder, "tiny_mc"), POLICY + check, code=[2])
    interop.check("two runs in a file", "two runs" in done.stderr, done.stderr)

    # --limit, and another number of examples.
    make_data(folder)
    _, limited_path, _ = evaluate(folder, "limited", 2, tasks, limit=10)
    recorded = """
version: 1
inputs: {eval: {kind: metrics}}
checks:
  - {id: acc, metric: {name: tiny_mc.acc, direction: higher}, margin: {abs: 0.9}}
"""
    rows, _ = interop.judge(after_path, before_path, recorded)
    interop.equal("recorded acc", rows["acc"]["candidate"], after["results"]["tiny_mc"]["acc,none"])
    rows, _ = interop.judge(limited_path, before_path, recorded, code=[1])
    interop.equal("a limited run is incomparable", rows["acc"]["status"], "incomparable")
    interop.finish()


main()
