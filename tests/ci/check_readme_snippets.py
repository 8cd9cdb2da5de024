#!/usr/bin/env python3
"""What README.md says to paste is executed as it stands there: a block whose first line is `# path` is that file."""
import re
import shutil

from scene import BINARY, GREEN, PULL_REQUEST, RED, ROOT, Case, Repository, Runner, main, predictions, run

README = (ROOT / "README.md").read_text()
COLORS = re.compile(r"\x1b\[[0-9;]*m")


def block(first_line):
    found = re.findall(rf"```\w+\n({re.escape(first_line)}\n.*?)```", README, re.S)
    assert len(found) == 1, f"{len(found)} blocks of README.md start with {first_line!r}"
    return found[0]


class Readme(Case):
    def on_path(self, repository):
        tools = self.scratch / "on-path"
        tools.mkdir(exist_ok=True)
        if not (tools / "metricgate").exists():
            (tools / "metricgate").symlink_to(BINARY)
        repository.environment["PATH"] = f"{tools}:{repository.environment['PATH']}"

    def test_the_github_workflow(self):
        path = ".github/workflows/metricgate.yml"
        runner = Runner(self.scratch / "runner")
        for name, change, result in (("green", GREEN, "green"), ("red", RED, "red")):
            repository = Repository(self.scratch / name, {path: block(f"# {path}")})
            repository.pull_request({"predictions.csv": predictions(*change)})
            log = runner.run(repository, "pull_request", PULL_REQUEST)
            self.assertEqual(log.outcome("metricgate"), result, log.text)

    def test_the_gitlab_pipeline(self):
        # The runner fetches components by git over ssh; this ssh answers from a repository here.
        component = Repository(self.scratch / "component", {"templates/metricgate.yml": (ROOT / "templates" / "metricgate.yml").read_text()})
        component.git("tag", "v1")
        ssh = self.scratch / "ssh"
        ssh.write_text(f"#!/bin/sh\nexec git upload-archive '{component.folder}'\n")
        ssh.chmod(0o755)
        for name, change, result in (("green", GREEN, "PASS"), ("red", RED, "FAIL")):
            repository = Repository(self.scratch / name, {".gitlab-ci.yml": block("# .gitlab-ci.yml")})
            self.on_path(repository)
            repository.environment["GIT_SSH_COMMAND"] = str(ssh)
            repository.git("remote", "add", "origin", "git@gitlab.example.org:team/model.git")
            base = repository.git("rev-parse", "HEAD")
            repository.git("checkout", "-q", "-b", "change")
            repository.commit("change", {"predictions.csv": predictions(*change)})
            done = run(["gitlab-ci-local", "--force-shell-executor", "--no-color", "--variable=CI_PIPELINE_SOURCE=merge_request_event",
                        f"--variable=CI_MERGE_REQUEST_DIFF_BASE_SHA={base}"], repository.folder, repository.environment, check=False)
            self.assertRegex(COLORS.sub("", done.stdout), rf"(?m)^\s*{result}\s+metricgate")

    def pushed(self, name, change, files, install):
        """Whether a branch with this change reaches the remote."""
        repository = Repository(self.scratch / name, files)
        self.on_path(repository)
        repository.git("init", "-q", "--bare", self.scratch / f"{name}.git")
        repository.git("remote", "add", "origin", self.scratch / f"{name}.git")
        repository.git("push", "-q", "origin", "main")
        install(repository)
        repository.git("checkout", "-q", "-b", "change")
        repository.commit("change", {"predictions.csv": predictions(*change)})
        done = run(["git", "push", "origin", "change"], repository.folder, repository.environment, check=False)
        return done.returncode == 0, done.stdout

    def test_the_pre_push_hook(self):
        def install(repository):
            hooks = repository.folder / "tools" / "metricgate" / "ci-templates" / "hooks"
            hooks.mkdir(parents=True)
            shutil.copy(ROOT / "ci-templates" / "hooks" / "pre-push", hooks)
            run(["bash", "-euc", block("# in the repository, once")], repository.folder, repository.environment)

        for name, change, arrives in (("green", GREEN, True), ("red", RED, False)):
            found, log = self.pushed(name, change, {}, install)
            self.assertEqual(found, arrives, log)

    def test_the_pre_commit_configuration(self):
        hooks = Repository(self.scratch / "hooks", {".pre-commit-hooks.yaml": (ROOT / ".pre-commit-hooks.yaml").read_text(),
                                                    "ci-templates/hooks/pre-push": (ROOT / "ci-templates" / "hooks" / "pre-push").read_text()})
        hooks.git("tag", "v1")

        def install(repository):
            # The address of the README leads to the folder here.
            run(["git", "config", "--global", f"url.{hooks.folder}.insteadOf", "https://github.com/OWNER/metricgate"], repository.folder, repository.environment)
            run(["pre-commit", "install", "--hook-type", "pre-push"], repository.folder, repository.environment)

        for name, change, arrives in (("green", GREEN, True), ("red", RED, False)):
            found, log = self.pushed(name, change, {".pre-commit-config.yaml": block("# .pre-commit-config.yaml")}, install)
            self.assertEqual(found, arrives, log)
            self.assertIn("metricgate: ", log)


if __name__ == "__main__":
    main()
