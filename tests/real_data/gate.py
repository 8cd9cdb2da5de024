"""Runs metricgate on data made by a test and gives back its JSON report."""
import json
import pathlib
import subprocess
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
DATA = ROOT / "tests" / "data"


def check(binary, folder, policy, *arguments):
    """The report of one run in `folder` (a pathlib.Path), and its exit code. A run that wrote no report raises."""
    (folder / "policy.yaml").write_text(policy)
    report = folder / "report.json"
    report.unlink(missing_ok=True)
    done = subprocess.run([binary, "check", "-p", "policy.yaml", "--report", "json=report.json", *arguments],
                          cwd=folder, capture_output=True, text=True)
    if not report.exists():
        raise RuntimeError(f"no report: {done.stderr}")
    return json.loads(report.read_text()), done.returncode


def scratch():
    return tempfile.TemporaryDirectory()
