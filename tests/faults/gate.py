"""Small gates that run under faults, and what must be true of a run whatever went wrong.

A run may end as it would have without the fault, with the same bytes in its reports. Else it ends with 2 or 70 - or, where the gate
had found a failure already, with 1 - and says so in its last line; its reports are whole, and none of them shows a pass. It never ends
with 0 for another reason, and never by a signal. Before it there are reports of an earlier run that passed, which must be gone when a run
failed; only one that ends with 70, or says that it could not look at the old report or remove it, may leave them. No temporary file stays."""
import dataclasses
import json
import os
import pathlib
import random
import subprocess
import tempfile

# As our reports begin, so that they are known as such.
OLD = {"report.json": '{\n  "schema": "metricgate.report/1",\n  "verdict": "pass",\n  "of": "an earlier run"\n}\n',
       "report.xml": '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n  <testsuite name="metricgate" tests="1" failures="0" errors="0">\n'
                     '    <testcase classname="metricgate" name="verdict"/>\n  </testsuite>\n</testsuites>\n'}
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


PATIENCE = 60  # seconds; a run takes a tenth of one
HUNG = -1000   # instead of an exit code
# OpenSSL 3, which libgit2 starts through libssh2, wants memory to say that it had none while it starts, starts itself for that, and waits for
# itself. It is linked into libparquet, too.
WAIT_FOR_THEMSELVES = ("libcrypto.", "libparquet.")


@dataclasses.dataclass
class Outcome:
    code: int
    out: str
    error: str
    reports: dict
    litter: list
    calls: int
    caller: str  # the library whose call failed

    def waits_for_a_library(self):
        return self.code == HUNG and self.caller.startswith(WAIT_FOR_THEMSELVES)


class Gate:
    """One command on one set of files. `prepare(folder)` adds to the files."""

    def __init__(self, name, binary, arguments, candidate, prepare=None):
        self.name, self.binary, self.prepare = name, str(binary), prepare
        self.arguments = [*arguments, *REPORTS]
        self.files = {"policy.yaml": POLICY, "baseline.csv": predictions(240, 0.02), "predictions.csv": candidate, **OLD}
        self.wanted = None

    def fill(self, folder):
        for name, content in self.files.items():
            (folder / name).write_text(content)
        if self.prepare is not None:
            self.prepare(folder)

    def run_in(self, folder, environment=None, wrapper=(), **streams):
        env = {"PATH": os.environ["PATH"], "HOME": str(folder), "GIT_CONFIG_NOSYSTEM": "1", **(environment or {})}
        streams = streams or {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        return subprocess.run([*wrapper, self.binary, *self.arguments], cwd=folder, env=env, timeout=PATIENCE, **streams)

    def run(self, environment=None, wrapper=()):
        """A run in a folder of its own, and what it left there."""
        with tempfile.TemporaryDirectory() as scratch:
            folder = pathlib.Path(scratch)
            self.fill(folder)
            counted, caller = folder / ".calls", folder / ".caller"
            try:
                done = self.run_in(folder, {"FAULT_COUNT": str(counted), "FAULT_CALLER": str(caller), **(environment or {})}, wrapper)
            except subprocess.TimeoutExpired:
                return Outcome(HUNG, "", "", {}, [], 0, name_in(caller))
            return Outcome(done.returncode, done.stdout.decode(errors="replace"), done.stderr.decode(errors="replace"), self.written_in(folder),
                           litter_in(folder), int(counted.read_text() or 0) if counted.exists() else 0,
                           name_in(caller))

    def written_in(self, folder):
        return reports_in(folder)

    def reference(self):
        if self.wanted is None:
            self.wanted = self.run()
            if self.wanted.code not in (0, 1) or len(self.wanted.reports) != 2 or self.wanted.reports == OLD:
                raise SystemExit(f"{self.name}: the gate does not even run without a fault: {self.wanted}")
        return self.wanted

    def problems(self, outcome, stderr_works=True):
        """What must not be, each as a sentence."""
        wanted = self.reference()
        if outcome.code == HUNG:
            return [] if outcome.waits_for_a_library() else [f"did not end within {PATIENCE} seconds, after {outcome.caller} had no memory"]
        if outcome.code < 0:
            return [f"died of signal {-outcome.code}: {outcome.error[-300:]}"]
        problems = [f"left {outcome.litter}"] if outcome.litter else []
        if outcome.code == wanted.code and outcome.out == wanted.out and (outcome.reports == wanted.reports or same_answer(outcome.reports, wanted.reports)):
            return problems
        if outcome.code not in ({1, 2, 70} if wanted.code == 1 else {2, 70}):
            problems.append(f"exit {outcome.code}: {outcome.error[-300:]}")
        lines = outcome.error.splitlines()
        if stderr_works and (len(lines) < 2 or not lines[-1].endswith(f"(exit {outcome.code})")):
            problems.append(f"does not say what happened and how it ends: {outcome.error!r}")
        return [*problems, *self.report_problems(outcome)]

    def report_problems(self, outcome):
        """Cut reports, and such as show a pass of a run that had none."""
        for name, text in outcome.reports.items():
            if text == OLD[name]:
                if outcome.code != 70 and f"{name}: " not in outcome.error:
                    yield f"{name} of the earlier run still shows a pass, and nothing is said of it: exit {outcome.code}, {outcome.error!r}"
            elif name.endswith(".json"):
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


class Command(Gate):
    """Another command than `check`. What it writes is whole: what was there before, what it writes without a fault, or nothing. `answers`: what
    is written tells how the run ended, so that a run that failed must not leave it, nor what an earlier one wrote there."""

    def __init__(self, name, binary, arguments, outputs, answers=False):
        super().__init__(name, binary, arguments, predictions(240, 0.03))
        self.arguments, self.outputs, self.answers = arguments, outputs, answers
        self.files = {name: text for name, text in self.files.items() if name not in OLD}
        self.files["history.csv"] = "commit,accuracy\n" + "".join(f"c{i},{0.9 + random.Random(i).gauss(0, 0.01):.4f}\n" for i in range(40))
        self.files["metrics.json"] = '{"accuracy": 0.91, "loss": {"train": 0.1}}\n'

    def written_in(self, folder):
        return {name: (folder / name).read_text() for name in self.outputs if (folder / name).exists()}

    def reference(self):
        if self.wanted is None:
            self.wanted = self.run()
            if self.wanted.code != 0 or len(self.wanted.reports) != len(self.outputs):
                raise SystemExit(f"{self.name}: does not even run without a fault: {self.wanted}")
            if self.answers:
                self.files |= self.wanted.reports
        return self.wanted

    def problems(self, outcome, stderr_works=True):
        wanted = self.reference()
        if outcome.code == HUNG:
            return [] if outcome.waits_for_a_library() else [f"did not end within {PATIENCE} seconds, after {outcome.caller} had no memory"]
        if outcome.code < 0:
            return [f"died of signal {-outcome.code}: {outcome.error[-300:]}"]
        problems = [f"left {outcome.litter}"] if outcome.litter else []
        if outcome.code == 0 and outcome.reports == wanted.reports and outcome.out == wanted.out:
            return problems
        if outcome.code not in (2, 70):
            problems.append(f"exit {outcome.code}: {outcome.error[-300:]}")
        if stderr_works and not (outcome.error.splitlines() or [""])[-1].endswith(f"(exit {outcome.code})"):
            problems.append(f"does not say how it ends: {outcome.error!r}")
        for name, text in outcome.reports.items():
            if text == wanted.reports[name] and self.answers and outcome.code != 70 and f"{name}: " not in outcome.error:
                problems.append(f"{name} tells of success: exit {outcome.code}, {outcome.error!r}")
            elif text != wanted.reports[name] and not (self.answers and '"could_not_' in text and text.endswith("}\n")):
                problems.append(f"{name} is cut or another: {text[-100:]!r}")
        return problems


def same_answer(reports, wanted):
    """The same rows and verdict. Around them a report may say what else could not be read, such as the work tree's own policy where the
    committed one judges."""
    try:
        ours, theirs = json.loads(reports["report.json"]), json.loads(wanted["report.json"])
    except (KeyError, ValueError):
        return False
    return "report.xml" in reports and reports["report.xml"].endswith("</testsuites>\n") and all(
        ours.get(key) == theirs[key] for key in ("verdict", "exit_code", "counts", "checks"))


def name_in(path):
    return pathlib.Path(path.read_text()).name if path.exists() else ""


def reports_in(folder):
    return {name: (folder / name).read_text() for name in OLD if (folder / name).exists()}


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


def mapped(binary):
    """A gate whose inputs are large enough to be mapped, which are read in pieces below 1 MiB."""
    gate = Gate("mapped", binary, ["check", "predictions.csv", "--baseline", "baseline.csv", "-p", "policy.yaml"], predictions(60_000, 0.03))
    gate.files["baseline.csv"] = predictions(60_000, 0.02)
    return gate


def commands(binary):
    files = ["predictions.csv", "--baseline", "baseline.csv"]
    return [Command("power", binary, ["power", *files, "-p", "policy.yaml", "--report", "json=power.json"], ["power.json"], True),
            Command("selftest", binary, ["selftest", *files, "-p", "policy.yaml", "--report", "json=selftest.json"], ["selftest.json"], True),
            Command("convert", binary, ["convert", "metrics.json", "-o", "converted.json"], ["converted.json"]),
            Command("explain", binary, ["explain", "accuracy", *files, "-p", "policy.yaml", "--report", "json=explain.json"], ["explain.json"]),
            Command("validate", binary, ["validate", "policy.yaml"], []),
            Command("waivers", binary, ["waivers", "policy.yaml", "--now", "2026-05-01"], []),
            Command("history", binary, ["history", "--from", "file", "--path", "history.csv", "--key", "commit", "--gate", "--report", "json=history.json"],
                    ["history.json"]),
            Command("calibrate", binary, ["calibrate", "--from", "file", "--path", "history.csv", "--key", "commit", "--report", "json=calibrated.json"],
                    ["calibrated.json"]),
            Command("init", binary, ["init", *files, "--ci", "github"], [".metricgate.yaml", ".github/workflows/metricgate.yml", ".githooks/pre-push"])]


def gates(binary):
    good, bad = predictions(240, 0.03), predictions(240, 0.3)
    files = ["check", "predictions.csv", "--baseline", "baseline.csv", "-p", "policy.yaml"]
    committed = ["check", "--baseline-rev", "HEAD", "--policy-rev", "HEAD", "-p", "policy.yaml"]
    return [Gate("passing", binary, files, good), Gate("failing", binary, files, bad),
            Gate("threads", binary, [*files, "--threads", "4"], good),
            Gate("committed baseline", binary, committed, good, commit_baseline)]
