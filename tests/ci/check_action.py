#!/usr/bin/env python3
"""action.yml and the GitHub workflow template, run by act: the job's own result is the gate's answer."""
import concurrent.futures
import json

from scene import GREEN, LOOSE_POLICY, PULL_REQUEST, RED, ROOT, UNDECIDED, Case, Repository, Runner, main, predictions

WORKFLOW = ".github/workflows/metricgate.yml"
TEMPLATE = (ROOT / "ci-templates" / "github" / "metricgate.yml").read_text()
# What a user adds after the template's steps to act on the outputs.
OUTPUTS = """
      - if: always()
        shell: bash
        env:
          OUTPUTS: ${{ toJSON(steps.gate.outputs) }}
        run: |
          tr -d '\\n' <<<"$OUTPUTS" >"$UPLOADS/outputs"
          cp "$GITHUB_STEP_SUMMARY" "$UPLOADS/summary" || true
"""


class TheActionInARunner(Case):
    def setUp(self):
        super().setUp()
        self.runner = Runner(self.scratch / "runner")

    def repository(self, name, change):
        repository = Repository(self.scratch / name, {WORKFLOW: TEMPLATE + OUTPUTS})
        repository.pull_request(change)
        return repository

    def judge(self, name, change, event="pull_request", payload=None, prepare=None):
        repository = self.repository(name, change)
        if prepare:
            payload = prepare(repository)
        # One folder a scene, because scenes run side by side.
        uploads = self.runner.uploads / name
        uploads.mkdir()
        log = self.runner.run(repository, event, payload or PULL_REQUEST, f"--env=UPLOADS={uploads}")
        outputs = uploads / "outputs"
        return log, json.loads(outputs.read_text()) if outputs.exists() else {}

    def test_a_pull_request_is_green_red_or_undecided_and_a_change_of_policy_or_baseline_does_not_help(self):
        whole_baseline = predictions(*RED)
        scenes = {
            # name: (the change, the job's result, verdict, exit code)
            "green": ({"predictions.csv": predictions(*GREEN)}, "green", "pass", "0"),
            "red": ({"predictions.csv": predictions(*RED)}, "red", "fail", "1"),
            "undecided": ({"predictions.csv": predictions(*UNDECIDED)}, "red", "undecided", "3"),
            "edits-policy": ({"predictions.csv": predictions(*RED), ".metricgate.yaml": LOOSE_POLICY}, "red", "fail", "1"),
            "deletes-checks": ({"predictions.csv": predictions(*RED), ".metricgate.yaml": "version: 1\nchecks: []\n"}, "red", "fail", "1"),
            "edits-baseline": ({"predictions.csv": whole_baseline, "baseline.csv": whole_baseline}, "red", "fail", "1"),
            "edits-both": ({"predictions.csv": whole_baseline, "baseline.csv": whole_baseline, ".metricgate.yaml": LOOSE_POLICY
                            + "# path: baseline.csv\n"}, "red", "fail", "1"),
            "breaks-evidence": ({"predictions.csv": "id,label,prediction\n1,1,NaN"}, "red", "could_not_judge", "2"),
        }
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            runs = {name: pool.submit(self.judge, name, change) for name, (change, *_) in scenes.items()}
        for name, (_, result, verdict, code) in scenes.items():
            with self.subTest(name):
                log, outputs = runs[name].result()
                self.assertEqual(log.outcome("metricgate"), result, log.text)
                self.assertEqual(log.green, result == "green")
                self.assertEqual((outputs["verdict"], outputs["exit-code"]), (verdict, code), log.text)
        log, outputs = runs["red"].result()
        with self.subTest("the outputs of a red run"):
            counts = json.loads(outputs["counts"])
            self.assertEqual((counts["declared"], counts["regressed"], counts["pass"], counts["error"]), (1, 1, 0, 0))
            report = self.runner.uploads / "red" / "metricgate" / outputs["report-path"].split("/")[-1]
            self.assertTrue(report.read_text().startswith("# metricgate: FAIL"), "the report goes out although the run is red")
        with self.subTest("a regression is annotated at the line of its check"):
            self.assertRegex(log.text, r"::error file=\.metricgate\.yaml,line=7,.*accuracy")
        with self.subTest("the policy that the change brought is named and did not count"):
            self.assertIn("did not", runs["edits-policy"].result()[0].text)
            self.assertIn("0.05 -> 0.5", runs["edits-policy"].result()[0].text)
        with self.subTest("what could not be judged is an error of the run's page"):
            self.assertRegex(runs["breaks-evidence"].result()[0].text, r"::error|\[ERROR|❗")

    def test_merge_groups_and_pushes_are_judged_against_what_they_start_from(self):
        def merge_group(repository):
            base = repository.git("rev-parse", "main")
            return {"merge_group": {"base_sha": base, "head_sha": repository.git("rev-parse", "HEAD"), "base_ref": "refs/heads/main"}}

        def push(repository):
            before = repository.git("rev-parse", "main")
            repository.git("checkout", "-q", "-B", "main", "change")
            repository.commit("later", {"notes.txt": "the loss is one commit back"})
            return {"ref": "refs/heads/main", "before": before, "forced": False, "repository": {"default_branch": "main"}}

        for event, prepare in (("merge_group", merge_group), ("push", push)):
            with self.subTest(event):
                log, outputs = self.judge(event, {"predictions.csv": predictions(*RED)}, event, prepare=prepare)
                self.assertEqual((log.outcome("metricgate"), outputs["verdict"]), ("red", "fail"), log.text)


if __name__ == "__main__":
    main()
