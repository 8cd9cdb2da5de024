#!/usr/bin/env python3
"""What `init` writes does what it says: in every golden case of init that writes, the policy passes `check` on the present files, every
check goes red in `selftest`, the CI file and the hook are the tested ones of ci-templates/, and a real `git push` runs the hook: it lets
the files at hand through and stops a ruined candidate."""
import argparse
import csv
import io
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

import yaml

CI_FILES = {
    ".github/workflows/metricgate.yml": "github/metricgate.yml",
    ".gitlab/metricgate.yml": "gitlab/metricgate.gitlab-ci.yml",
    ".gitlab-ci.yml": "gitlab/metricgate.gitlab-ci.yml",
}
HOOK = ".githooks/pre-push"


def run(command, folder, **environment):
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, env={"PATH": os.environ["PATH"], **environment})


class Scene:
    """A golden case as a repository whose main branch has been pushed, and what `init` then wrote there."""

    def __init__(self, binary, case, scratch):
        self.work = scratch / "work"
        shutil.copytree(case, self.work, ignore=lambda _, names: [name for name in names if name.startswith("expected") or name == "args"])
        (scratch / "bin").mkdir()
        (scratch / "bin" / "metricgate").symlink_to(binary)
        self.environment = {
            "PATH": f"{scratch / 'bin'}:{os.environ['PATH']}", "HOME": str(scratch), "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_AUTHOR_NAME": "t", "GIT_AUTHOR_EMAIL": "t@example.org", "GIT_COMMITTER_NAME": "t", "GIT_COMMITTER_EMAIL": "t@example.org",
        }
        self.git("init", "-q", "--bare", scratch / "origin.git")
        self.git("init", "-q", "-b", "main")
        self.git("remote", "add", "origin", scratch / "origin.git")
        self.git("add", "--all")
        self.git("commit", "-q", "-m", "before")
        self.git("push", "-q", "origin", "main")
        self.before = {str(path.relative_to(self.work)) for path in self.work.rglob("*")}
        self.written = run([binary, *(case / "args").read_text().split()], self.work)

    def git(self, *arguments, check=True):
        done = run(["git", *map(str, arguments)], self.work, **self.environment)
        if check and done.returncode != 0:
            raise AssertionError(f"git {arguments}: {done.stdout}{done.stderr}")
        return done

    def push(self, branch):
        """Whether the branch with all that lies in the work tree reached the remote, and what was said."""
        self.git("checkout", "-q", "-b", branch)
        self.git("add", "--all")
        self.git("commit", "-q", "-m", branch)
        done = self.git("push", "origin", branch, check=False)
        arrived = f"refs/heads/{branch}\n" in self.git("ls-remote", "--heads", "origin").stdout
        return arrived and done.returncode == 0, done.stdout + done.stderr


def ruined(path, columns):
    """The candidate's file with answers that no margin allows."""
    text = path.read_text()
    if not columns:
        return re.sub(r"[\d.]+", lambda number: str(float(number[0]) * 0.4), text)
    rows = list(csv.DictReader(io.StringIO(text)))
    classes = sorted({row[columns["label"]] for row in rows})
    for row in rows:
        if "score" in columns:
            row[columns["score"]] = 1 - float(row[columns["score"]])
        elif not re.fullmatch(r"[-\d.]+", row[columns["prediction"]]):
            row[columns["prediction"]] = classes[classes.index(row[columns["label"]]) - 1]  # another class, the last before the first
        else:
            row[columns["prediction"]] = 1000 - float(row[columns["prediction"]])
    out = io.StringIO()
    writer = csv.DictWriter(out, rows[0].keys(), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def try_policy(binary, scene, sides):
    for command in ("check", "selftest"):
        done = run([binary, command, *sides, "--allow-identical", "--report", "text"], scene.work)
        if done.returncode != 0:
            yield f"{command} ends with {done.returncode}\n{done.stdout}{done.stderr}"


def try_templates(root, scene, baseline):
    templates = {HOOK: "hooks/pre-push", **{path: name for path, name in CI_FILES.items() if path not in scene.before}}
    for path, name in templates.items():
        if not (scene.work / path).exists():
            continue
        wanted = (root / "ci-templates" / name).read_text()
        if baseline:
            placeholder, filled_in = ("baseline-revision: auto", f"baseline: '{baseline}'") if name.startswith("github/") else (
                "--baseline-rev auto", f"--baseline '{baseline}'")
            if wanted.count(placeholder) != 1:
                yield f"ci-templates/{name} says {placeholder!r} {wanted.count(placeholder)} times, wanted once"
            wanted = wanted.replace(placeholder, filled_in)
        if not wanted or (scene.work / path).read_text() != wanted:
            yield f"{path} is not ci-templates/{name} with the baseline filled in"


def try_hook(scene, policy, path):
    if not os.access(scene.work / HOOK, os.X_OK):
        yield "the hook may not be executed"
    scene.git("config", "core.hooksPath", ".githooks")
    arrived, said = scene.push("gate")
    if not arrived or "metricgate: pass (exit 0)" not in said:
        yield f"what init wrote cannot be pushed, or the hook did not judge it\n{said}"
    candidate = scene.work / path
    candidate.write_text(ruined(candidate, policy["inputs"]["eval"].get("columns")))
    arrived, said = scene.push("ruined")
    if arrived or "metricgate: fail (exit 1)" not in said:
        yield f"a ruined candidate was pushed, or stopped for another reason\n{said}"


def try_case(binary, root, scene):
    if scene.written.returncode != 0:
        yield scene.written.stderr
        return
    policy = yaml.safe_load((scene.work / ".metricgate.yaml").read_text())
    path = policy["inputs"]["eval"]["path"]
    other = path.replace("/candidate/", "/baseline/")
    yield from try_policy(binary, scene, [path, "--baseline", other])
    yield from try_templates(root, scene, other if other != path else "")
    yield from try_hook(scene, policy, path)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--root", required=True)
    parser.add_argument("--binary", required=True)
    options = parser.parse_known_args()[0]
    binary = str(pathlib.Path(options.binary).resolve())
    root = pathlib.Path(options.root)
    problems = []
    seen = set()
    tried = 0
    for case in sorted((root / "tests/cases/init").iterdir()):
        if not (case / "args").exists() or (case / "expected.exit").read_text() != "0\n":
            continue
        with tempfile.TemporaryDirectory() as folder:
            scene = Scene(binary, case, pathlib.Path(folder))
            problems += [f"{case.name}: {problem}" for problem in try_case(binary, root, scene)]
            seen |= {path for path in CI_FILES if path not in scene.before and (scene.work / path).exists()}
            tried += 1
    problems += [f"no case writes {path}" for path in CI_FILES if path not in seen]
    print("\n".join(problems) or f"{tried} repositories got a policy that passes and can turn red, and a hook that stops a ruined candidate")
    sys.exit(1 if problems or tried < 4 else 0)


main()
