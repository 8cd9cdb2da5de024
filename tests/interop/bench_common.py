"""What the interop scripts of benchmark and training tools share: running tools and the program, comparing, counting."""
import argparse
import json
import math
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile


class Interop:
    def __init__(self):
        parser = argparse.ArgumentParser()
        parser.add_argument("--root", type=pathlib.Path, required=True)
        parser.add_argument("--binary", type=pathlib.Path, required=True)
        arguments = parser.parse_args()
        self.root = arguments.root.resolve()
        self.binary = arguments.binary.resolve()
        self.passed = 0
        self.failed = 0
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="metricgate-interop-"))

    def tool(self, *command, code=0, folder=None, **environment):
        """Runs a tool; what it prints is shown when its exit code is another one."""
        done = subprocess.run([str(word) for word in command], capture_output=True, text=True, cwd=folder or self.folder,
                              env={**os.environ, **environment}, timeout=120)
        if done.returncode != code:
            sys.exit(f"{command}: exit code {done.returncode}\n{done.stdout}\n{done.stderr}")
        return done

    def python(self, *arguments, **how):
        return self.tool(sys.executable, *arguments, **how)

    def write(self, name, text):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return path

    def check(self, what, condition, detail=""):
        if condition:
            self.passed += 1
        else:
            self.failed += 1
            print(f"FAILED {what}: {detail}")

    def equal(self, what, found, wanted):
        self.check(what, same(found, wanted), f"found {found!r}, wanted {wanted!r}")

    def convert(self, path, *options):
        """The metric file that the program makes of a tool's: metrics by name."""
        out = self.folder / "converted.json"
        out.unlink(missing_ok=True)
        done = subprocess.run([self.binary, "convert", path, "-o", out, *options], capture_output=True, text=True, cwd=self.folder)
        if done.returncode != 0:
            sys.exit(f"convert {path}: exit code {done.returncode}\n{done.stderr}")
        return flatten(json.loads(out.read_text())["metrics"])

    def values(self, path, wanted, *options):
        """Every metric of `wanted` (name -> number, list of samples, or list of (step, value)) is what the program reads, and no other is there."""
        found = self.convert(path, *options)
        name = pathlib.Path(path).name
        self.equal(f"{name}: the names", sorted(found), sorted(wanted))
        for metric, value in wanted.items():
            if metric in found:
                self.equal(f"{name}: {metric}", plain(found[metric]), value)

    def status(self, path, metric, wanted, *options):
        """The status of a check of one metric against a limit that every number keeps, or `refused` for the whole file."""
        policy = {"version": 1, "inputs": {"m": {"kind": "metrics"}},
                  "checks": [{"id": "c", "metric": {"name": metric, "direction": "higher"}, "min": -1e300}]}
        self.write("policy.yaml", json.dumps(policy) + "\n")
        report = self.folder / "report.json"
        report.unlink(missing_ok=True)
        done = subprocess.run([self.binary, "check", path, "-p", "policy.yaml", "--report", f"json={report}", *options],
                              capture_output=True, text=True, cwd=self.folder)
        found = [row["status"] for row in json.loads(report.read_text())["checks"]] if report.exists() else ["refused" if done.returncode == 2 else done]
        self.check(f"{pathlib.Path(path).name}: {metric}", found == [wanted], f"{found}, wanted {wanted}\n{done.stderr}")

    def finish(self):
        shutil.rmtree(self.folder)
        print(f"{self.passed} passed, {self.failed} failed")
        sys.exit(1 if self.failed or self.passed == 0 else 0)


def same(found, wanted):
    if isinstance(wanted, (list, tuple)) and isinstance(found, (list, tuple)):
        return len(found) == len(wanted) and all(same(a, b) for a, b in zip(found, wanted))
    if isinstance(wanted, float) and isinstance(found, (int, float)):
        return found == wanted or (math.isnan(found) and math.isnan(wanted))
    return found == wanted


def plain(metric):
    """A number, a list of samples, or a list of steps with their values."""
    if not isinstance(metric, dict):
        return metric
    for key in ("value", "values"):
        if key in metric:
            return metric[key]
    return [point[:2] for point in metric["series"]]


def flatten(node, prefix=""):
    found = {}
    for key, value in node.items():
        name = f"{prefix}.{key}" if prefix else key
        if isinstance(value, dict) and not {"value", "values", "series"} & set(value):
            found.update(flatten(value, name))
        else:
            found[name] = value
    return found
