#!/usr/bin/env python3
"""The examples that act on a verdict: a deploy that a red gate stops, a canary, retraining only on `fail`, an alert to a chat."""
import re

from fake_github import GitHub
from scene import BINARY, GREEN, POLICY, RED, ROOT, UNDECIDED, Case, Repository, Runner, main, predictions, run

WORKFLOW = ".github/workflows/release-model.yml"
EXAMPLE = (ROOT / "ci-templates" / "github" / "act-on-verdict.yml").read_text()
GITLAB = (ROOT / "ci-templates" / "gitlab" / "metricgate.gitlab-ci.yml").read_text() + re.sub(
    r"(?m)^#.*\n", "", (ROOT / "ci-templates" / "gitlab" / "act-on-verdict.gitlab-ci.yml").read_text())


def script(body):
    return f"#!/bin/sh\nset -e\n{body}\n"


def canary_files(canary):
    """What the canary measures: its change against production, or None where it writes nothing."""
    return {"canary/production.csv": predictions(), **({"canary/canary.csv": predictions(*canary)} if canary else {})}


class Examples(Case):
    def setUp(self):
        super().setUp()
        self.github = GitHub(self.scratch)
        self.addCleanup(self.github.close)

    def release(self, name, model, canary=GREEN):
        """The results of the jobs, and what the scripts of the user were asked to do."""
        files = {WORKFLOW: EXAMPLE, "canary.yaml": POLICY, "scripts/deploy": script('echo deployed >>"$UPLOADS/done"'),
                 "scripts/canary": script("cp canary/*.csv ."), **canary_files(canary),
                 "scripts/roll-back": script('echo rolled back >>"$UPLOADS/done"')}
        repository = Repository(self.scratch / name, files)
        before = repository.git("rev-parse", "HEAD")
        repository.commit("model", {"predictions.csv": predictions(*model)})
        runner = Runner(self.scratch / f"runner-{name}")
        tools = runner.folder / "on-path"
        tools.mkdir()
        # act itself asks `gh auth` for a token, too.
        (tools / "gh").write_text(script(f'[ "$1" = auth ] || echo "gh $*" >>"{runner.uploads}/done"'))
        (tools / "gh").chmod(0o755)
        event = {"ref": "refs/heads/main", "before": before, "forced": False, "repository": {"default_branch": "main"}}
        log = runner.run(repository, "push", event, f"--secret=CHAT_WEBHOOK={self.github.address}/hook", workflow=WORKFLOW,
                         PATH=f"{tools}:{repository.environment['PATH']}", CURL_CA_BUNDLE=str(self.github.certificate))
        done = runner.uploads / "done"
        jobs = {job: log.outcome(job) for job in ("gate", "canary", "deploy", "retrain", "alert") if f"/{job}" in log.text and "🏁" in log.text}
        return {job: result for job, result in jobs.items() if result in ("green", "red")}, done.read_text().splitlines() if done.exists() else [], log

    def test_a_model_that_holds_is_deployed(self):
        jobs, done, log = self.release("green", GREEN)
        self.assertEqual((jobs, done), ({"gate": "green", "canary": "green", "deploy": "green"}, ["deployed"]), log.text)
        self.assertEqual(self.github.posts, [])

    def test_a_model_that_regressed_is_not_deployed_but_trained_again_and_the_chat_hears_of_it(self):
        jobs, done, log = self.release("red", RED)
        self.assertEqual((jobs["gate"], jobs.get("canary"), jobs.get("deploy")), ("red", None, None), log.text)
        self.assertEqual(done, ["gh workflow run retrain.yml --ref main"], log.text)
        self.assertIn("the gate says fail", self.github.posts[0][1]["text"])

    def test_an_undecided_model_is_neither_deployed_nor_trained_again(self):
        jobs, done, log = self.release("undecided", UNDECIDED)
        self.assertEqual((jobs["gate"], done), ("red", []), log.text)
        self.assertIn("the gate says undecided", self.github.posts[0][1]["text"])

    def test_a_canary_that_regressed_is_rolled_back(self):
        jobs, done, log = self.release("canary", GREEN, canary=RED)
        self.assertEqual((jobs["gate"], jobs["canary"], jobs.get("deploy"), done), ("green", "red", None, ["rolled back"]), log.text)
        self.assertEqual(len(self.github.posts), 1)

    def test_a_canary_that_nobody_measured_is_rolled_back(self):
        jobs, done, log = self.release("unmeasured", GREEN, canary=None)
        self.assertEqual((jobs["gate"], jobs["canary"], jobs.get("deploy"), done), ("green", "red", None, ["rolled back"]), log.text)

    def gitlab(self, name, model, canary=GREEN):
        """What the pipeline's scripts did on a push to main."""
        files = {".gitlab-ci.yml": GITLAB, "canary.yaml": POLICY, "scripts/deploy": script("echo deployed-it"), "scripts/roll-back": script("echo rolled-back"),
                 "scripts/canary": script("cp canary/*.csv ."), **canary_files(canary)}
        repository = Repository(self.scratch / name, files)
        tools = self.scratch / "on-path"
        tools.mkdir(exist_ok=True)
        if not (tools / "metricgate").exists():
            (tools / "metricgate").symlink_to(BINARY)
        repository.environment["PATH"] = f"{tools}:{repository.environment['PATH']}"
        repository.environment["CURL_CA_BUNDLE"] = str(self.github.certificate)
        before = repository.git("rev-parse", "HEAD")
        repository.git("remote", "add", "origin", "git@gitlab.example.org:team/model.git")
        repository.commit("model", {"predictions.csv": predictions(*model)})
        done = run(["gitlab-ci-local", "--force-shell-executor", "--no-color", "--variable=CI_PIPELINE_SOURCE=push", f"--variable=CI_COMMIT_BEFORE_SHA={before}",
                    f"--variable=CHAT_WEBHOOK={self.github.address}/hook", f"--variable=CI_API_V4_URL={self.github.address}/api/v4",
                    "--variable=RETRAIN_TOKEN=t"], repository.folder, repository.environment, check=False)
        return done.stdout

    def test_the_gitlab_examples_do_the_same(self):
        log = self.gitlab("gitlab-green", GREEN)
        self.assertIn("deployed-it", log)
        self.assertNotIn("rolled-back", log)
        self.assertEqual(self.github.posts, [])
        for name, canary in (("regressed", RED), ("unmeasured", None)):
            log = self.gitlab(f"gitlab-canary-{name}", GREEN, canary)
            self.assertIn("rolled-back", log)
            self.assertNotIn("deployed-it", log)
            self.assertEqual([path for path, _ in self.github.posts], ["/hook"], log)
            self.assertIn("the canary says " + ("fail" if canary else "could_not_judge"), self.github.posts.pop()[1]["text"])
        log = self.gitlab("gitlab-red", RED)
        self.assertNotIn("deployed-it", log)
        self.assertEqual(sorted(path.rsplit("/", 1)[1] for path, _ in self.github.posts), ["hook", "pipeline"], log)
        self.github.posts.clear()
        self.gitlab("gitlab-undecided", UNDECIDED)
        self.assertEqual([path for path, _ in self.github.posts], ["/hook"])
        self.assertIn("undecided", self.github.posts[0][1]["text"])


if __name__ == "__main__":
    main()
