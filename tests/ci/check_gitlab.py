#!/usr/bin/env python3
"""The GitLab template and component, run by gitlab-ci-local with its shell executor. Its exit code is not the pipeline's where
allow_failure is used, so the lines PASS, WARN and FAIL are looked at."""
import re
import shutil

from scene import BINARY, GREEN, LOOSE_POLICY, RED, ROOT, UNDECIDED, Case, Repository, clean_environment, main, predictions, run

TEMPLATE = (ROOT / "ci-templates" / "gitlab" / "metricgate.gitlab-ci.yml").read_text()
COMPONENT = (ROOT / "templates" / "metricgate.yml").read_text()


class Pipeline(Case):
    def judge(self, name, files, change, on_path=True, variables=()):
        """The line of the job metricgate in a merge request's pipeline, and the log."""
        # Only the change differs from main, so the change's own branch is what a merge request pipeline checks out.
        repository = Repository(self.scratch / name, files)
        base = repository.git("rev-parse", "HEAD")
        repository.git("remote", "add", "origin", "git@gitlab.example.org:team/model.git")
        repository.git("checkout", "-q", "-b", "change")
        repository.commit("change", change)
        tools = self.scratch / "on-path"
        tools.mkdir(exist_ok=True)
        if not (tools / "metricgate").exists():
            (tools / "metricgate").symlink_to(BINARY)
        environment = clean_environment(self.scratch)
        if on_path:
            environment["PATH"] = f"{tools}:{environment['PATH']}"
        given = [f"--variable={text}" for text in
                 ("CI_PIPELINE_SOURCE=merge_request_event", f"CI_MERGE_REQUEST_DIFF_BASE_SHA={base}", *variables)]
        done = run(["gitlab-ci-local", "--force-shell-executor", "--no-color", *given, "metricgate"], repository.folder, environment, check=False)
        self.log = done.stdout
        self.repository = repository
        lines = re.findall(r"^\s*(PASS|WARN|FAIL)\s+metricgate", re.sub(r"\x1b\[[0-9;]*m", "", done.stdout), re.M)
        return lines[-1] if lines else f"no result in:\n{done.stdout}"

    def test_the_template_passes_and_fails_with_the_gate(self):
        files = {".gitlab-ci.yml": TEMPLATE}
        self.assertEqual(self.judge("green", files, {"predictions.csv": predictions(*GREEN)}), "PASS", self.log)
        self.assertEqual(self.judge("red", files, {"predictions.csv": predictions(*RED)}), "FAIL", self.log)
        artifacts = self.repository.folder / ".gitlab-ci-local" / "artifacts" / "metricgate"
        self.assertTrue((artifacts / "metricgate.md").read_text().startswith("# metricgate: FAIL"), "the report of a red job is kept")
        self.assertIn("<failure", (artifacts / "metricgate.xml").read_text(), "and so is the one that GitLab shows")
        self.assertEqual(self.judge("undecided", files, {"predictions.csv": predictions(*UNDECIDED)}), "FAIL", self.log)
        self.assertIn("exit 3", self.log)
        loosened = {"predictions.csv": predictions(*RED), ".metricgate.yaml": LOOSE_POLICY}
        self.assertEqual(self.judge("loosened", files, loosened), "FAIL", self.log)

    def test_undecided_only_warns_where_the_pipeline_says_so_and_a_fail_never_does(self):
        files = {".gitlab-ci.yml": TEMPLATE + "  allow_failure: {exit_codes: [3]}\n"}
        self.assertEqual(self.judge("undecided", files, {"predictions.csv": predictions(*UNDECIDED)}), "WARN", self.log)
        self.assertEqual(self.judge("red", files, {"predictions.csv": predictions(*RED)}), "FAIL", self.log)

    def test_without_metricgate_on_the_path_it_is_built_from_the_submodule(self):
        built = f"#!/bin/sh\nset -e\ncd \"$(dirname \"$0\")/..\"\nmkdir -p build/release\ncp '{BINARY}' build/release/metricgate\n"
        files = {".gitlab-ci.yml": TEMPLATE, "tools/metricgate/scripts/setup": "#!/bin/sh\n", "tools/metricgate/scripts/build": built}
        self.assertIsNone(shutil.which("metricgate"), "this test needs a PATH without metricgate")
        self.assertEqual(self.judge("red", files, {"predictions.csv": predictions(*RED)}, on_path=False), "FAIL", self.log)
        self.assertIn("metricgate: fail (exit 1)", self.log)

    def component(self, **inputs):
        given = "".join(f"      {name.replace('_', '-')}: {value}\n" for name, value in inputs.items())
        return {"templates/metricgate.yml": COMPONENT,
                ".gitlab-ci.yml": "include:\n  - local: templates/metricgate.yml\n" + (f"    inputs:\n{given}" if given else "")}

    def test_the_component_passes_and_fails_with_the_gate(self):
        self.assertEqual(self.judge("green", self.component(), {"predictions.csv": predictions(*GREEN)}), "PASS", self.log)
        self.assertEqual(self.judge("red", self.component(), {"predictions.csv": predictions(*RED)}), "FAIL", self.log)
        self.assertIn("metricgate: fail (exit 1)", self.log)
        self.assertEqual(self.judge("undecided", self.component(), {"predictions.csv": predictions(*UNDECIDED)}), "FAIL", self.log)
        self.assertIn("exit 3", self.log)

    def test_the_inputs_of_the_component_reach_the_gate(self):
        self.assertEqual(self.judge("warned", self.component(on_undecided="warn"), {"predictions.csv": predictions(*UNDECIDED)}), "WARN", self.log)
        self.assertEqual(self.judge("warned-red", self.component(on_undecided="warn"), {"predictions.csv": predictions(*RED)}), "FAIL", self.log)
        self.judge("strict", self.component(strict="true"), {"predictions.csv": predictions(*GREEN)})
        self.assertIn("metricgate: pass (exit 0)", self.log)
        self.assertEqual(self.judge("no-policy", self.component(policy="elsewhere.yaml"), {"predictions.csv": predictions(*GREEN)}), "FAIL", self.log)
        self.assertIn("exit 2", self.log)
        for text in ("'$(touch INJECTED)'", "'`touch INJECTED`'", "'x; touch INJECTED'"):
            self.assertEqual(self.judge(f"hostile-{hash(text)}", self.component(policy=text), {"predictions.csv": predictions(*GREEN)}), "FAIL", self.log)
        self.assertEqual([path for path in self.scratch.rglob("INJECTED")], [])

    def test_a_value_that_the_component_does_not_know_is_refused(self):
        result = self.judge("typo", self.component(on_undecided="wran"), {"predictions.csv": predictions(*GREEN)})
        self.assertNotIn(result, ("PASS", "WARN"))
        self.assertIn("wran", self.log)


if __name__ == "__main__":
    main()
