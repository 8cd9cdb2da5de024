#!/usr/bin/env python3
"""The project's own workflow and pipeline, run by act and gitlab-ci-local on a copy of the repository. The suite itself is taken
as done or failed: it is what runs this test."""
import re
import shutil

from scene import PULL_REQUEST, ROOT, Case, Repository, Runner, action_folder, clean_environment, main, run

WORKFLOW = ".github/workflows/ci.yml"
SAMPLE = ROOT / "examples" / "sample_model"
ON_THIS_MACHINE = ["--platform=ubuntu-24.04=-self-hosted", "--platform=ubuntu-24.04-arm=-self-hosted"]


def with_suite(text, command):
    """The workflow with another command for the suite; a container cannot be had here."""
    text, containers = re.subn(r"    container: debian:12.*\n", "", text)
    text, installs = re.subn(r"run: apt-get update.*\n", "run: 'true'\n", text)
    text, suites = re.subn(r"run: \.ci/run\n", f"run: '{command}'\n", text)
    assert (containers, installs, suites) == (1, 1, 1)
    return text


class OwnWorkflows(Case):
    def project(self, files, change):
        repository = Repository(self.scratch / "project", {})
        action_folder(self.scratch / "copy")
        shutil.copytree(self.scratch / "copy", repository.folder, dirs_exist_ok=True)
        shutil.copytree(SAMPLE, repository.folder / "examples" / "sample_model")
        shutil.rmtree(self.scratch / "copy")
        repository.commit("project", files)
        repository.pull_request(change)
        return repository

    def github(self, suite, change):
        repository = self.project({WORKFLOW: with_suite((ROOT / WORKFLOW).read_text(), suite)}, change)
        log = Runner(self.scratch / "runner").run(repository, "pull_request", PULL_REQUEST, *ON_THIS_MACHINE, workflow=WORKFLOW)
        return {job: log.outcome(f"{job}[^\\]/]*?") for job in ("suite", "sample", "required")}, log

    def test_the_required_job_is_green_when_all_others_are(self):
        outcomes, log = self.github("true", {"notes.txt": "nothing that counts"})
        self.assertEqual(outcomes, {"suite": "green", "sample": "green", "required": "green"}, log.text)
        self.assertIn("metricgate: pass (exit 0)", log.text)

    def test_the_required_job_is_red_when_the_suite_is(self):
        outcomes, log = self.github("false", {"notes.txt": "nothing that counts"})
        self.assertEqual((outcomes["suite"], outcomes["required"]), ("red", "red"), log.text)

    def test_the_required_job_is_red_when_the_sample_model_regresses(self):
        worse = re.sub(r"(?m)^(\d*[02468]),1,.*$", r"\1,1,0.1", (SAMPLE / "predictions.csv").read_text())
        outcomes, log = self.github("true", {"examples/sample_model/predictions.csv": worse})
        self.assertEqual((outcomes["sample"], outcomes["required"]), ("red", "red"), log.text)

    def test_the_gitlab_pipeline_runs_the_component_on_the_sample_model(self):
        text = (ROOT / ".gitlab-ci.yml").read_text()
        text, suites = re.subn(r"    - apt-get update.*\n    - \.ci/run\n", "    - 'true'\n", text)
        self.assertEqual(suites, 1)
        repository = self.project({".gitlab-ci.yml": text, "templates/metricgate.yml": (ROOT / "templates" / "metricgate.yml").read_text()},
                                  {"notes.txt": "nothing that counts"})
        repository.git("remote", "add", "origin", "git@gitlab.example.org:team/metricgate.git")
        base = repository.git("rev-parse", "main")
        done = run(["gitlab-ci-local", "--force-shell-executor", "--no-color", "--variable=CI_PIPELINE_SOURCE=merge_request_event",
                    f"--variable=CI_MERGE_REQUEST_DIFF_BASE_SHA={base}"], repository.folder, clean_environment(self.scratch), check=False)
        for job in ("suite", "sample", "required"):
            self.assertRegex(done.stdout, rf"(?m)^\s*PASS\s+{job}", done.stdout)
        self.assertIn("metricgate: pass (exit 0)", done.stdout)


if __name__ == "__main__":
    main()
