#!/usr/bin/env python3
"""A run that comes to no answer - it waits for a git repository in vain, runs out of memory, does not understand its command line - takes
away the reports of an earlier one, which would speak for it. Only a signal that nobody can catch leaves them.

    check_old_reports.py --binary BINARY --shim SHIM [--whole]     (--whole: more places where memory ends)
"""
import argparse
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import time

import gate

WAITED = ("git: {} more than 30 seconds; look for a pipe among the files of .git and those that its config includes, or for a disk that does not "
          "answer\nmetricgate: could_not_judge (exit 2)\n")
GIT = ["git", "-c", "user.name=t", "-c", "user.email=t@example.org"]


class Scene:
    """A repository with a passing gate, whose reports of an earlier run say so."""

    def __init__(self, binary, shim, folder):
        self.binary, self.shim, self.folder = str(binary), shim, folder
        gate.gates(binary)[-1].fill(folder)
        self.old = {}
        done = self.run(["check", "--baseline-rev", "HEAD", "-p", "policy.yaml", *gate.REPORTS])
        self.old = {name: (folder / name).read_bytes() for name in ("report.json", "report.xml")}
        if done.returncode != 0 or b'"verdict": "pass"' not in self.old["report.json"]:
            raise SystemExit(f"the gate does not pass: {done}")
        self.git("branch", "topic")

    def git(self, *arguments):
        subprocess.run([*GIT, *arguments], cwd=self.folder, check=True, capture_output=True)

    def run(self, arguments, **environment):
        for name, content in self.old.items():
            (self.folder / name).write_bytes(content)
        env = {"PATH": os.environ["PATH"], "HOME": str(self.folder), "GIT_CONFIG_NOSYSTEM": "1", **environment}
        return subprocess.run([self.binary, *arguments], cwd=self.folder, env=env, capture_output=True, text=True, timeout=60)

    def left(self):
        return [name for name in self.old if (self.folder / name).exists()]


def waiting(scene):
    """Pipes in .git: each is told by what was waited for."""
    git = scene.folder / ".git"
    opening = f"opening the git repository of {scene.folder} took"
    base = ["check", "-p", "policy.yaml", "--baseline-rev"]
    cases = [
        (scene.folder / "included", [*base, "HEAD"], opening),
        (scene.folder / "included", ["check", "-p", "policy.yaml", "--baseline", "git:HEAD:predictions.csv"], opening),
        (scene.folder / "included", ["check", "--baseline", "baseline.csv", "-p", "policy.yaml", "--policy-rev", "HEAD"], opening),
        (scene.folder / "included", ["power", "-p", "policy.yaml", "--baseline-rev", "HEAD", "--report", "json=report.json"], opening),
        (git / "refs/heads/topic", [*base, "topic"], "looking up topic has been waiting for"),
        (git / "packed-refs", [*base, "nowhere"], "looking up nowhere has been waiting for"),
        (git / "objects/info/commit-graph", ["check", "-p", "policy.yaml", "--baseline-merge-base", "topic"],
         "looking for the merge base with topic has been waiting for"),
    ]
    scene.git("commit", "--allow-empty", "-qm", "more")
    for path, arguments, what in cases:
        kept = path.read_bytes() if path.exists() else None
        if path.name == "included":
            scene.git("config", "include.path", str(path))
        path.parent.mkdir(exist_ok=True)
        path.unlink(missing_ok=True)
        os.mkfifo(path)
        reports = [] if "--report" in arguments else gate.REPORTS
        done = scene.run([*arguments, *reports], LD_PRELOAD=scene.shim, FAULT_HASTE="50")
        path.unlink()
        if kept is not None:
            path.write_bytes(kept)
        if path.name == "included":
            scene.git("config", "--unset", "include.path")
        wanted = WAITED.format(what)
        if (done.returncode, done.stdout, done.stderr) != (2, "", wanted):
            yield f"{arguments}: exit {done.returncode}, {done.stderr!r}, wanted {wanted!r}"
        left = scene.left()
        if left != (["report.xml"] if arguments[0] == "power" else []):
            yield f"{arguments}: leaves {left}"
    if scene.run([*base, "HEAD", "--allow-identical", *gate.REPORTS]).returncode != 0:
        yield "without the pipes it does not pass"


def without_memory(scene, whole):
    """Every ending with 70 once the arguments are read."""
    arguments = ["check", "predictions.csv", "--baseline", "baseline.csv", "-p", "policy.yaml", *gate.REPORTS]
    counter = scene.folder / "calls"
    scene.run(arguments, LD_PRELOAD=scene.shim, FAULT_CALL="malloc", FAULT_COUNT=str(counter))
    calls = int(counter.read_text())
    endings = {}
    places = 200 if whole else 20
    for n in range(calls // 2, calls, max(1, calls // 2 // places)):
        for every in "01":
            done = scene.run(arguments, LD_PRELOAD=scene.shim, FAULT_CALL="malloc", FAULT_ERROR="12", FAULT_AT=str(n), FAULT_EVERY=every)
            endings[done.returncode] = endings.get(done.returncode, 0) + 1
            speaks = any(b'"verdict": "pass"' in (scene.folder / name).read_bytes() for name in scene.left())
            if done.returncode != 0 and speaks:
                yield f"allocation {n} of {calls} ({every}): exit {done.returncode}, and the earlier pass is left"
    if 70 not in endings:
        yield f"nothing ended with 70: {endings}"


def mistaken_command_lines(scene):
    for arguments in (["check", "predictions.csv", "--nonsense", *gate.REPORTS], [*gate.REPORTS, "check"],
                      ["check", "--threads=many", "--report=json=report.json", "--report=junit=report.xml"],
                      ["check", "--report", "json=report.json", "--report", "html=report.xml", "--baseline", ""]):
        done = scene.run(arguments)
        if done.returncode != 2 or scene.left():
            yield f"{arguments}: exit {done.returncode}, leaves {scene.left()}"
    done = scene.run(["check", "--nonsense", "report.xml", "--report", "json=report.json", "--report", "junit=report.xml"])
    if done.returncode != 2 or scene.left() != ["report.xml"]:
        yield f"a file that the command line names otherwise was taken for a report: {scene.left()}"


def links(scene):
    """A report that a symbolic link names goes empty, and the next one is written through the link."""
    (scene.folder / "link.json").symlink_to("report.json")
    for code, arguments in ((2, ["--nonsense"]), (0, [])):
        done = scene.run(["check", "predictions.csv", "--baseline", "baseline.csv", "-p", "policy.yaml", "--report", "json=link.json", *arguments])
        says = (scene.folder / "report.json").read_bytes()
        if done.returncode != code or (says == b"") != (code == 2) or not (scene.folder / "link.json").is_symlink():
            yield f"through a link, {arguments}: exit {done.returncode}, {says[:40]}"
        if "removed" in done.stderr:
            yield f"through a link, {arguments}: {done.stderr}"


def failed_conversions(scene):
    """What an earlier conversion wrote is no output of one that failed; other files are let be."""
    out, mine = scene.folder / "out.json", '{"accuracy": 0.5}\n'
    (scene.folder / "good.json").write_text('{"accuracy": 0.9}\n')
    (scene.folder / "bad.json").write_text("[")
    if scene.run(["convert", "good.json", "-o", "out.json"]).returncode != 0:
        yield "a good file is not converted"
    converted = out.read_text()
    for before, source, after in ((converted, "bad.json", None), (converted, "absent.json", None), (mine, "bad.json", mine), (converted, "out.json", converted)):
        out.write_text(before)
        done = scene.run(["convert", source, "-o", "out.json"])
        left = out.read_text() if out.exists() else None
        if done.returncode != 2 or left != after:
            yield f"convert {source} over {before[:20]!r}: exit {done.returncode}, leaves {left!r}"


def killed(scene):
    """What no run can prevent: documented, and no pass of its own."""
    for name, content in scene.old.items():
        (scene.folder / name).write_bytes(content)
    process = subprocess.Popen([scene.binary, "check", "-", "--baseline", "baseline.csv", "-p", "policy.yaml", *gate.REPORTS], cwd=scene.folder,
                               stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(0.2)
    process.send_signal(signal.SIGKILL)
    process.stdin.close()
    if process.wait() != -signal.SIGKILL or len(scene.left()) != 2:
        yield f"kill -9: {process.returncode}, {scene.left()}"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--binary", required=True)
    parser.add_argument("--shim", required=True)
    parser.add_argument("--whole", action="store_true")
    options = parser.parse_known_args()[0]
    binary, shim = pathlib.Path(options.binary).resolve(), str(pathlib.Path(options.shim).resolve())
    found = []
    for part in (waiting, lambda scene: without_memory(scene, options.whole), mistaken_command_lines, links, failed_conversions, killed):
        with tempfile.TemporaryDirectory() as scratch:
            found += part(Scene(binary, shim, pathlib.Path(scratch).resolve()))
    print("\n".join(found) or "no run without an answer left a report that speaks for it")
    sys.exit(1 if found else 0)


main()
