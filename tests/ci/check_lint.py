#!/usr/bin/env python3
"""Every file that a CI reads passes the linters and schemas of its kind, with no finding."""
from scene import ROOT, Case, clean_environment, main, run

ACTIONS = ["action.yml", "action/comment/action.yml"]
TEMPLATES = sorted(str(path.relative_to(ROOT)) for path in (ROOT / "ci-templates" / "github").glob("*.yml"))
WORKFLOWS = sorted(str(path.relative_to(ROOT)) for path in (ROOT / ".github" / "workflows").glob("*.yml"))
GITLAB = ["ci-templates/gitlab/metricgate.gitlab-ci.yml", "ci-templates/gitlab/act-on-verdict.gitlab-ci.yml", "ci-templates/gitlab/monitor.gitlab-ci.yml",
          ".gitlab-ci.yml"]
SCRIPTS = ["action", "ci-templates", "scripts", ".ci"]


def scripts():
    for folder in SCRIPTS:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.is_file() and (path.suffix == ".sh" or path.read_bytes().startswith((b"#!/usr/bin/env bash", b"#!/bin/sh"))):
                yield path.relative_to(ROOT)


class Lint(Case):
    def clean(self, *command):
        done = run(command, ROOT, clean_environment(self.scratch), check=False)
        self.assertEqual(done.returncode, 0, done.stdout)
        return done.stdout

    def test_the_lists_are_not_empty(self):
        self.assertGreaterEqual(len(TEMPLATES), 2)
        self.assertGreaterEqual(len(WORKFLOWS), 1)
        self.assertGreaterEqual(len(list(scripts())), 15)

    def test_scripts_pass_shellcheck(self):
        self.clean("shellcheck", "--external-sources", "--source-path=SCRIPTDIR", *scripts())

    def test_workflows_pass_actionlint(self):
        self.clean("actionlint", "-shellcheck", "shellcheck", *WORKFLOWS, *TEMPLATES)

    def test_workflows_and_actions_pass_zizmor_at_its_strictest(self):
        self.clean("zizmor", "--offline", "--no-progress", "--persona=pedantic", "--config=.github/zizmor.yml", *ACTIONS, *WORKFLOWS, *TEMPLATES)

    def test_workflows_and_actions_pass_action_validator(self):
        for path in [*ACTIONS, *WORKFLOWS, *TEMPLATES]:
            with self.subTest(path):
                self.clean("action-validator", path)

    def test_files_follow_their_published_schemas(self):
        for schema, paths in (("github-actions", ACTIONS), ("github-workflows", [*WORKFLOWS, *TEMPLATES]), ("gitlab-ci", GITLAB),
                              ("azure-pipelines", ["ci-templates/azure-pipelines.yml"])):
            # Azure's schema has patterns that are no regular expressions in Unicode mode.
            options = ["--regex-variant=nonunicode", "--data-transform=azure-pipelines"] if schema == "azure-pipelines" else []
            with self.subTest(schema):
                self.clean("check-jsonschema", f"--builtin-schema=vendor.{schema}", *options, *paths)

    def test_the_hook_definition_is_what_pre_commit_takes(self):
        self.clean("pre-commit", "validate-manifest", ".pre-commit-hooks.yaml")

    def test_no_script_of_a_step_holds_an_expression(self):
        """What an expression puts into a script's text is run; into a variable, it is not."""
        import yaml
        for path in [*ACTIONS, *WORKFLOWS, *TEMPLATES]:
            parsed = yaml.safe_load((ROOT / path).read_text())
            jobs = parsed.get("jobs", {"": parsed.get("runs")})
            for job in jobs.values():
                for step in job.get("steps", []):
                    self.assertNotIn("${{", step.get("run", ""), path)
                    if path in ACTIONS and "run" in step:
                        self.assertEqual(step.get("shell"), "bash", f"{path}: only bash has pipefail")

    def test_what_a_fork_sends_is_judged_without_rights_and_secrets(self):
        """Whatever runs a pull request's code may read the repository and nothing more; what may write runs nothing of it."""
        import yaml
        for path in [*WORKFLOWS, *TEMPLATES]:
            with self.subTest(path):
                text = (ROOT / path).read_text()
                parsed = yaml.safe_load(text)
                events = parsed[True]  # YAML 1.1 reads `on` so
                self.assertNotIn("pull_request_target", events)
                if "pull_request" in events:
                    self.assertEqual([parsed["permissions"], *(job.get("permissions", {}) for job in parsed["jobs"].values())],
                                     [{"contents": "read"}, *({} for _ in parsed["jobs"])])
                    self.assertNotIn("secrets.", text)
                if "workflow_run" in events:
                    steps = [step for job in parsed["jobs"].values() for step in job["steps"]]
                    self.assertEqual(parsed["permissions"], {})
                    self.assertEqual([step for step in steps if "run" in step or "checkout" in step.get("uses", "")], [])


if __name__ == "__main__":
    main()
