#!/usr/bin/env python3
"""What `init` writes does what it says: in every golden case of init that writes, the policy passes `check` on the present files, every
check goes red in `selftest`, the CI file is YAML that runs the gate, and the hook is a shell script that may be executed."""
import argparse
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

import yaml


def run(command, folder):
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, env={"PATH": os.environ["PATH"]})


def try_case(binary, case, work, problems):
    arguments = (case / "args").read_text().split()
    written = run([binary, *arguments], work)
    if written.returncode != 0:
        problems.append(f"{case.name}: {written.stderr}")
        return
    policy = yaml.safe_load((work / ".metricgate.yaml").read_text())
    path = policy["inputs"]["eval"]["path"]
    baseline = path.replace("/candidate/", "/baseline/")
    sides = [path, "--baseline", baseline, "--allow-identical"]
    for command in ("check", "selftest"):
        done = run([binary, command, *sides, "--report", "text"], work)
        if done.returncode != 0:
            problems.append(f"{case.name}: {command} ends with {done.returncode}\n{done.stdout}{done.stderr}")
    for name in (".github/workflows/metricgate.yml", ".gitlab/metricgate.yml"):
        if (work / name).exists():
            text = (work / name).read_text()
            yaml.safe_load(text)
            if "metricgate check" not in text:
                problems.append(f"{case.name}: {name} does not run the gate")
            side = f"--baseline '{baseline}'" if baseline != path else "--baseline-rev auto"
            if side not in text:
                problems.append(f"{case.name}: {name} has no {side}")
    hook = work / ".githooks/pre-push"
    if not os.access(hook, os.X_OK) or run(["sh", "-n", str(hook)], work).returncode != 0:
        problems.append(f"{case.name}: the hook is no script that can be executed")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--root", required=True)
    parser.add_argument("--binary", required=True)
    options = parser.parse_known_args()[0]
    binary = str(pathlib.Path(options.binary).resolve())
    problems = []
    tried = 0
    for case in sorted((pathlib.Path(options.root) / "tests/cases/init").iterdir()):
        if not (case / "args").exists() or (case / "expected.exit").read_text() != "0\n":
            continue
        with tempfile.TemporaryDirectory() as folder:
            work = pathlib.Path(folder) / "work"
            shutil.copytree(case, work, ignore=lambda _, names: [name for name in names if name.startswith("expected")])
            try_case(binary, case, work, problems)
            tried += 1
    print("\n".join(problems) or f"{tried} repositories got a policy that passes and can turn red")
    sys.exit(1 if problems or tried < 4 else 0)


main()
