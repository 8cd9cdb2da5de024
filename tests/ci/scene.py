"""Repositories, pull requests and the runners' surroundings, as the tests of this folder need them."""
import argparse
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
TOOLS = ROOT / "build" / "ci-tools" / "bin"

parser = argparse.ArgumentParser(add_help=False)
parser.add_argument("--binary", default=ROOT / "build" / "release" / "metricgate")
options, unittest_arguments = parser.parse_known_args()
BINARY = pathlib.Path(options.binary).resolve()

POLICY = """version: 1
inputs:
  eval:
    path: predictions.csv
    columns: {id: id, label: label, prediction: prediction}
checks:
  - {id: accuracy, metric: accuracy, margin: {abs: 0.05}}
"""
LOOSE_POLICY = POLICY.replace("0.05", "0.5")

# How many of 300 examples the candidate gets wrong that the baseline had right, and the other way round.
GREEN, RED, UNDECIDED = (2, 2), (60, 0), (14, 4)


def predictions(lost=0, gained=0):
    """300 examples, of which the baseline gets 30 wrong."""
    lines = ["id,label,prediction"]
    for i in range(300):
        right = i >= 30
        if i < gained or 30 <= i < 30 + lost:
            right = not right
        lines.append(f"{i},{i % 2},{i % 2 if right else 1 - i % 2}")
    return "\n".join(lines) + "\n"


def clean_environment(home, **more):
    """What a runner starts with: nothing of the CI that this test itself may run in."""
    return {
        "PATH": f"{TOOLS}:{os.environ['PATH']}", "HOME": str(home), "LANG": "C.UTF-8", "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_AUTHOR_NAME": "t", "GIT_AUTHOR_EMAIL": "t@example.org", "GIT_COMMITTER_NAME": "t", "GIT_COMMITTER_EMAIL": "t@example.org",
        **more,
    }


def run(command, folder, environment, check=True, **more):
    done = subprocess.run([str(part) for part in command], cwd=folder, env=environment, text=True, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, timeout=300, **more)
    if check and done.returncode != 0:
        raise AssertionError(f"{command} ended with {done.returncode}:\n{done.stdout}")
    return done


class Repository:
    """A repository whose main branch has a model's predictions, the policy that guards them, and the files given."""

    def __init__(self, folder, files):
        self.folder = pathlib.Path(folder)
        self.folder.mkdir(parents=True)
        self.environment = clean_environment(self.folder.parent)
        self.git("init", "-q", "-b", "main")
        self.commit("base", {"predictions.csv": predictions(), ".metricgate.yaml": POLICY, **files})

    def git(self, *arguments):
        return run(["git", *arguments], self.folder, self.environment).stdout.strip()

    def commit(self, message, files):
        for name, text in files.items():
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
            if text.startswith("#!"):
                path.chmod(0o755)
        self.git("add", "--all")
        self.git("commit", "-q", "--allow-empty", "-m", message)
        return self.git("rev-parse", "HEAD")

    def pull_request(self, files):
        """Leaves the work tree as a CI checks it out: the merge commit of a branch into main."""
        self.git("checkout", "-q", "-b", "change", "main")
        self.commit("change", files)
        self.git("checkout", "-q", "--detach", "main")
        self.git("merge", "-q", "--no-ff", "-m", "merge", "change")


def action_folder(folder):
    """The action as a user's runner has it: its files, with a `scripts/build` that hands out the tested program, because compiling
    it once more would show nothing new."""
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True)
    for name in ("action.yml", "VERSION", "CMakeLists.txt", "CMakePresets.json"):
        shutil.copy(ROOT / name, folder)
    for name in ("action", "ci-templates", "cmake", "gates", "schemas"):
        shutil.copytree(ROOT / name, folder / name)
    for name in ("src/main.cpp", "web/page.css", "web/page.bundle.js"):
        (folder / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, folder / name)
    (folder / "scripts").mkdir()
    for name, body in (("setup", ""), ("build", f"mkdir -p build/release; cp '{BINARY}' build/release/metricgate")):
        path = folder / "scripts" / name
        path.write_text(f'#!/usr/bin/env bash\nset -eu\ncd "$(dirname "$0")/.."\n{body}\n')
        path.chmod(0o755)
    return folder


# What GitHub's own actions do, as far as a gate needs it: act cannot fetch them here. Checkout needs none, act skips it.
STAND_INS = {
    "actions/cache/restore": "true",
    "actions/cache/save": "true",
    "actions/upload-artifact": 'mkdir -p "$UPLOADS/$NAME"; cp -r $FILES "$UPLOADS/$NAME/"',
    "actions/download-artifact": 'mkdir -p "$TARGET"; cp -r "$UPLOADS/$NAME/." "$TARGET/"',
}


def stand_in(folder, name, body):
    path = pathlib.Path(folder) / name.replace("actions/", "", 1)
    path.mkdir(parents=True)
    (path / "action.yml").write_text(json.dumps({
        "name": name, "description": "stand-in",
        "inputs": {key: {"description": key} for key in ("path", "key", "name", "if-no-files-found", "run-id", "github-token", "retention-days")},
        "runs": {"using": "composite", "steps": [{
            "shell": "bash", "run": body,
            "env": {"NAME": "${{ inputs.name }}", "FILES": "${{ inputs.path }}", "TARGET": "${{ inputs.path }}"}}]},
    }))
    return path


class Runner:
    """act in host mode: the real interpreter of workflows and composite actions, on this machine."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.folder.mkdir(parents=True)
        self.uploads = self.folder / "uploads"
        self.uploads.mkdir()
        self.action = action_folder(self.folder / "action")
        for name, body in STAND_INS.items():
            stand_in(self.folder / "stand-ins", name, body)

    def local_actions(self, text):
        """act's word for: this action is in that folder."""
        for used in sorted(set(re.findall(r'uses"?: "?([\w.-]+/[\w.-]+)(?:/[\w./-]+)?@([\w.]+)', text))):
            name, revision = used
            if name == "OWNER/metricgate":
                yield f"--local-repository={name}@{revision}={self.action}"
            elif name != "actions/checkout":
                yield f"--local-repository={name}@{revision}={self.folder / 'stand-ins' / name.split('/')[1]}"

    def run(self, repository, event_name, event, *options, workflow=".github/workflows/metricgate.yml", **environment):
        """The run's log and whether the run was green."""
        event_file = self.folder / f"event-{repository.folder.name}.json"
        event_file.write_text(json.dumps(event))
        text = (repository.folder / workflow).read_text() + (self.action / "action.yml").read_text()
        home = self.folder / f"home-{repository.folder.name}"
        home.mkdir(exist_ok=True)
        done = run(["act", event_name, "--eventpath", event_file, "--platform", "ubuntu-latest=-self-hosted", "--no-cache-server", "--pull=false",
                    "--workflows", workflow, f"--env=UPLOADS={self.uploads}", *self.local_actions(text), *options],
                   repository.folder, clean_environment(home, **environment), check=False)
        return Log(done.stdout, done.returncode == 0)


class Log:
    def __init__(self, text, green):
        self.text = re.sub(r"\x1b\[[0-9;]*m", "", text)
        self.green = green

    def outcome(self, job):
        """The job's own result, from its closing line."""
        ends = re.findall(rf"/{job}\s*\] 🏁  Job (\w+)", self.text)
        return {"succeeded": "green", "failed": "red"}.get(ends[-1] if ends else "", f"no result in:\n{self.text}")


PULL_REQUEST = {"pull_request": {"number": 7, "head": {"ref": "change"}, "base": {"ref": "main"}}}


class Case(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="metricgate-ci-")
        self.addCleanup(folder.cleanup)
        self.scratch = pathlib.Path(folder.name)


def main():
    if not (ROOT / "build" / "ci-tools" / "done").exists():
        sys.exit("the tools of these tests are not installed: run scripts/ci-tools")
    unittest.main(module="__main__", argv=[sys.argv[0], *unittest_arguments], verbosity=2)
