"""Small gates that run under faults, and what must be true of a run whatever went wrong.

A run may end as it would have without the fault, with the same bytes in its reports. Else it ends with 2 or 70 - or, where the gate
had found a failure already, with 1 - and says so in its last line; its reports are whole, and none of them shows a pass. It never ends
with 0 for another reason, and never by a signal."""
import dataclasses
import json
import os
import pathlib
import random
import subprocess
import tempfile

OLD = '{"schema": "metricgate.report/1", "verdict": "fail", "exit_code": 1, "of": "an earlier run"}\n'
POLICY = """version: 1
inputs:
  eval:
    path: predictions.csv
    columns: {id: id, label: label, score: score}
    threshold: 0.5
checks:
  - {id: accuracy, metric: accuracy, margin: {abs: 0.05}}
  - {id: auc, metric: roc_auc, margin: {abs: 0.05}}
  - {id: recall, metric: recall, margin: {abs: 0.2}, slices: {by: [language], min_examples: 10}}
  - {id: f1, metric: f1, margin: {abs: 0.05}}
"""
REPORTS = ["--report", "json=report.json", "--report", "junit=report.xml"]


def predictions(rows, noise):
    """Scores that are right but for `noise` of them; the same ids and labels whatever the noise."""
    lines = ["id,label,score,language"]
    draw = random.Random(7)
    for i in range(rows):
        label, wrong, jitter = i % 2, draw.random() < noise, draw.random() / 5
        lines.append(f"{i},{label},{abs((label != wrong) - 0.05 - jitter):.6f},{('de', 'en', 'fr')[i % 3]}")
    return "\n".join(lines) + "\n"


@dataclasses.dataclass
class Outcome:
    code: int
    out: str
    error: str
    reports: dict
    litter: list
    calls: int


class Gate:
    """One command on one set of files. `prepare(folder)` adds to the files."""

    def __init__(self, name, binary, arguments, candidate, prepare=None):
        self.name, self.binary, self.prepare = name, str(binary), prepare
        self.arguments = [*arguments, *REPORTS]
        self.files = {"policy.yaml": POLICY, "baseline.csv": predictions(240, 0.02), "predictions.csv": candidate, "report.json": OLD}
        self.wanted = None

    def fill(self, folder):
        for name, content in self.files.items():
            (folder / name).write_text(content)
        if self.prepare is not None:
            self.prepare(folder)

    def run_in(self, folder, environment=None, wrapper=(), **streams):
        env = {"PATH": os.environ["PATH"], "HOME": str(folder), "GIT_CONFIG_NOSYSTEM": "1", **(environment or {})}
        streams = streams or {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        return subprocess.run([*wrapper, self.binary, *self.arguments], cwd=folder, env=env, timeout=60, **streams)

    def run(self, environment=None, wrapper=()):
        """A run in a folder of its own, and what it left there."""
        with tempfile.TemporaryDirectory() as scratch:
            folder = pathlib.Path(scratch)
            self.fill(folder)
            done = self.run_in(folder, {"FAULT_COUNT": str(folder / ".calls"), **(environment or {})}, wrapper)
            counted = folder / ".calls"
            return Outcome(done.returncode, done.stdout.decode(errors="replace"), done.stderr.decode(errors="replace"), reports_in(folder),
                           litter_in(folder), int(counted.read_text() or 0) if counted.exists() else 0)

    def reference(self):
        if self.wanted is None:
            self.wanted = self.run()
            if self.wanted.code not in (0, 1) or len(self.wanted.reports) != 2 or self.wanted.reports["report.json"] == OLD:
                raise SystemExit(f"{self.name}: the gate does not even run without a fault: {self.wanted}")
        return self.wanted

    def problems(self, outcome, stderr_works=True):
        """What must not be, each as a sentence."""
        wanted = self.reference()
        if outcome.code < 0:
            return [f"died of signal {-outcome.code}: {outcome.error[-300:]}"]
        if outcome.code == wanted.code and (outcome.reports == wanted.reports or same_answer(outcome.reports, wanted.reports)):
            return []
        problems = []
        if outcome.code not in ({1, 2, 70} if wanted.code == 1 else {2, 70}):
            problems.append(f"exit {outcome.code}: {outcome.error[-300:]}")
        lines = outcome.error.splitlines()
        if stderr_works and (len(lines) < 2 or not lines[-1].endswith(f"(exit {outcome.code})")):
            problems.append(f"does not say what happened and how it ends: {outcome.error!r}")
        return [*problems, *report_problems(outcome.reports)]


def same_answer(reports, wanted):
    """The same rows and verdict. Around them a report may say what else could not be read, such as the work tree's own policy where the
    committed one judges."""
    try:
        ours, theirs = json.loads(reports["report.json"]), json.loads(wanted["report.json"])
    except (KeyError, ValueError):
        return False
    return "report.xml" in reports and reports["report.xml"].endswith("</testsuites>\n") and all(
        ours.get(key) == theirs[key] for key in ("verdict", "exit_code", "counts", "checks"))


def report_problems(reports):
    """Cut reports, and such as show a pass of a run that had none."""
    for name, text in reports.items():
        if text == OLD:
            continue
        if name.endswith(".json"):
            try:
                verdict = json.loads(text)["verdict"]
            except (ValueError, KeyError) as error:
                yield f"{name} is cut or broken: {error}"
                continue
            if verdict == "pass":
                yield f"{name} shows a pass"
        elif not text.endswith("</testsuites>\n"):
            yield f"{name} is cut"
        elif 'failures="0" errors="0"' in text:
            yield f"{name} shows a pass"


def reports_in(folder):
    return {name: (folder / name).read_text() for name in ("report.json", "report.xml") if (folder / name).exists()}


def litter_in(folder):
    return sorted(path.name for path in folder.iterdir() if path.name.endswith(".tmp"))


def commit_baseline(folder):
    """The folder as a repository whose only commit has the baseline in the candidate's place."""
    candidate = (folder / "predictions.csv").read_text()
    git = ["git", "-c", "init.defaultBranch=main", "-c", "user.name=t", "-c", "user.email=t@example.org"]
    day = {"GIT_AUTHOR_DATE": "2026-01-01T12:00:00Z", "GIT_COMMITTER_DATE": "2026-01-01T12:00:00Z"}
    quiet = {"cwd": folder, "check": True, "capture_output": True, "env": {"PATH": os.environ["PATH"], "HOME": str(folder), **day}}
    (folder / "predictions.csv").write_text((folder / "baseline.csv").read_text())
    subprocess.run([*git, "init", "-q"], **quiet)
    subprocess.run([*git, "add", "predictions.csv", "policy.yaml"], **quiet)
    subprocess.run([*git, "commit", "-qm", "base"], **quiet)
    (folder / "predictions.csv").write_text(candidate)


def gates(binary):
    good, bad = predictions(240, 0.03), predictions(240, 0.3)
    files = ["check", "predictions.csv", "--baseline", "baseline.csv", "-p", "policy.yaml"]
    committed = ["check", "--baseline-rev", "HEAD", "--policy-rev", "HEAD", "-p", "policy.yaml"]
    return [Gate("passing", binary, files, good), Gate("failing", binary, files, bad),
            Gate("threads", binary, [*files, "--threads", "4"], good),
            Gate("committed baseline", binary, committed, good, commit_baseline)]
