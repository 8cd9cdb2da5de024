#!/usr/bin/env python3
"""The CI files that `init` writes where the baseline is a file of the repository, in the real runners and linters: the only text of the
templates that init fills in. Without such a file init writes the templates as they are, which the other tests of this folder run."""
import re

from scene import BINARY, GREEN, PULL_REQUEST, ROOT, Case, Repository, Runner, clean_environment, main, predictions, run

CANDIDATE = "eval/candidate/scores, set 1.csv"
BASELINE = CANDIDATE.replace("candidate", "baseline")
WORKFLOW = ".github/workflows/metricgate.yml"


class Written(Case):
    def repository(self, name, ci, change):
        """A repository after `init`, with the change on a branch; main's candidate is as bad as can be, so that a run that took
        its baseline from the base commit would pass whatever comes."""
        repository = Repository(self.scratch / name, {BASELINE: predictions(), CANDIDATE: predictions(*GREEN)})
        (repository.folder / ".metricgate.yaml").unlink()
        (repository.folder / "predictions.csv").unlink()
        run([BINARY, "init", "--ci", ci], repository.folder, repository.environment)
        repository.commit("gate", {CANDIDATE: predictions(lost=270)})
        self.base = repository.git("rev-parse", "HEAD")
        if change:
            repository.pull_request({CANDIDATE: predictions(*change)})
        return repository

    def test_the_workflow_compares_with_the_baseline_file(self):
        runner = Runner(self.scratch / "runner")
        for name, change, result in (("green", GREEN, "green"), ("red", (150, 0), "red")):
            repository = self.repository(name, "github", change)
            self.assertIn(f"baseline: '{BASELINE}'", (repository.folder / WORKFLOW).read_text())
            log = runner.run(repository, "pull_request", PULL_REQUEST)
            self.assertEqual(log.outcome("metricgate"), result, log.text)
            self.assertIn(f"{BASELINE}: 300 examples paired", log.text)

    def test_the_pipeline_compares_with_the_baseline_file(self):
        for name, change, result in (("green", GREEN, "PASS"), ("red", (150, 0), "FAIL")):
            repository = self.repository(name, "gitlab", change)
            repository.git("remote", "add", "origin", "git@gitlab.example.org:team/model.git")
            tools = self.scratch / f"on-path-{name}"
            tools.mkdir()
            (tools / "metricgate").symlink_to(BINARY)
            environment = clean_environment(self.scratch)
            environment["PATH"] = f"{tools}:{environment['PATH']}"
            done = run(["gitlab-ci-local", "--force-shell-executor", "--no-color", "--variable=CI_PIPELINE_SOURCE=merge_request_event",
                        f"--variable=CI_MERGE_REQUEST_DIFF_BASE_SHA={self.base}", "metricgate"], repository.folder, environment, check=False)
            log = re.sub(r"\x1b\[[0-9;]*m", "", done.stdout)
            self.assertRegex(log, rf"(?m)^\s*{result}\s+metricgate")
            self.assertIn(f"{BASELINE}: 300 examples paired", log)

    def test_the_linters_and_schemas_find_nothing(self):
        workflow = self.repository("github", "github", None).folder / WORKFLOW
        pipeline = self.repository("gitlab", "gitlab", None).folder
        for command in (["actionlint", "-shellcheck", "shellcheck", workflow],
                        ["zizmor", "--offline", "--no-progress", "--persona=pedantic", "--config=.github/zizmor.yml", workflow],
                        ["action-validator", workflow],
                        ["check-jsonschema", "--builtin-schema=vendor.github-workflows", workflow],
                        ["check-jsonschema", "--builtin-schema=vendor.gitlab-ci", pipeline / ".gitlab-ci.yml"],
                        ["shellcheck", pipeline / ".githooks" / "pre-push"]):
            with self.subTest(command[0]):
                done = run(command, ROOT, clean_environment(self.scratch), check=False)
                self.assertEqual(done.returncode, 0, done.stdout)


if __name__ == "__main__":
    main()
