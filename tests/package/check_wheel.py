#!/usr/bin/env python3
"""The wheel that `pip install .` makes: built, installed into a new environment, its program run, and `log_metric` used as training
code would use it. What it writes is read by that program, and what it must refuse is refused with nothing written."""
import argparse
import os
import pathlib
import subprocess
import sys
import tempfile
import venv

LOGGING = r"""
import json, math, os, pathlib, subprocess, sys
import metricgate

def refused(kind, **arguments):
    before = pathlib.Path("metrics.json").read_bytes()
    try:
        metricgate.log_metric(**arguments)
    except kind as error:
        assert str(error), arguments
    else:
        sys.exit(f"{arguments} was taken, wanted {kind.__name__}")
    assert pathlib.Path("metrics.json").read_bytes() == before, arguments

metricgate.log_metric(name="accuracy", value=0.95, step=3)
metricgate.log_metric("val.loss", 1)
metricgate.log_metric("accuracy", 0.96, step=4)
assert json.load(open("metrics.json")) == {
    "schema": "metricgate.metrics/1", "metrics": {"accuracy": 0.96, "val.loss": 1}, "metadata": {"steps": {"accuracy": 4}}}
refused(ValueError, name="accuracy", value=0.97, step=3)      # backwards
refused(ValueError, name="", value=1.0)                       # unnamed
refused(ValueError, name="a..b", value=1.0)
refused(TypeError, name=None, value=1.0)
refused(TypeError, name="accuracy", value=None)               # missing
refused(TypeError, name="accuracy", value="0.9")
refused(TypeError, name="accuracy", value=True)
refused(ValueError, name="accuracy", value=math.nan)
refused(ValueError, name="accuracy", value=math.inf)
refused(TypeError, name="accuracy", value=1.0, step="4")
refused(ValueError, name="val", value=1.0)                    # val.loss is there
refused(ValueError, name="accuracy.top1", value=1.0)
pathlib.Path("other.json").write_text("{}")
try:
    metricgate.log_metric("accuracy", 0.9, path="other.json")
    sys.exit("a file of another kind was overwritten")
except ValueError:
    assert pathlib.Path("other.json").read_text() == "{}"
# Eight processes log at once, and nothing is lost.
code = "import metricgate, sys\nfor i in range(10): metricgate.log_metric(f'm{sys.argv[1]}_{i}', i, path='many.json')"
running = [subprocess.Popen([sys.executable, "-c", code, str(which)]) for which in range(8)]
assert all(process.wait() == 0 for process in running)
assert len(json.load(open("many.json"))["metrics"]) == 80
assert not [name for name in os.listdir() if name.startswith(".metricgate")]
"""

POLICY = "version: 1\ninputs:\n  recorded: {kind: metrics}\nchecks:\n  - {id: accuracy, metric: accuracy, min: 0.9, margin: {abs: 0.02}}\n"


def run(*command, expect=0, **options):
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, **options)
    if done.returncode != expect:
        sys.exit(f"{' '.join(map(str, command))}: exit {done.returncode}, wanted {expect}\n{done.stdout}{done.stderr}")
    return done.stdout


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--root", required=True, type=pathlib.Path)
    parser.add_argument("--compiler", required=True)
    options = parser.parse_args()
    settings = ["--config-settings", "cmake.define.METRICGATE_WARNINGS_AS_ERRORS=ON"] if os.environ.get("CI") else []
    # By default the wheel would be compiled by the name of the compiler that Python was built with, which ccache takes for another
    # compiler: everything that the release build has compiled would be compiled again.
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        venv.create(folder / "environment", with_pip=True)
        python = folder / "environment/bin/python"
        run(python, "-m", "pip", "wheel", "-q", "--no-deps", "-w", folder / "wheels", *settings, options.root,
            env={**os.environ, "CXX": options.compiler})
        wheels = list((folder / "wheels").glob("metricgate-*-py3-none-*.whl"))
        if len(wheels) != 1:
            sys.exit(f"pip wheel made {[wheel.name for wheel in wheels]}, wanted one wheel for any Python 3")
        run(python, "-m", "pip", "install", "-q", "--no-index", "--no-deps", wheels[0])
        work = folder / "work"
        work.mkdir()
        run(python, "-c", LOGGING, cwd=work)
        program = folder / "environment/bin/metricgate"
        (work / "policy.yaml").write_text(POLICY)
        (work / "baseline.json").write_text((work / "metrics.json").read_text().replace("0.96", "0.955"))
        run(program, "check", "metrics.json", "--baseline", "baseline.json", "-p", "policy.yaml", cwd=work)
        (work / "metrics.json").write_text((work / "metrics.json").read_text().replace("0.96", "0.9"))
        run(program, "check", "metrics.json", "--baseline", "baseline.json", "-p", "policy.yaml", cwd=work, expect=1)
        print(run(program, "--version").strip())
    print("1 passed, 0 failed")


main()
