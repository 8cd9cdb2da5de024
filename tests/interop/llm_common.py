"""What the interop scripts of evaluation tools for language models share: running the program, reading its answers, counting."""
import argparse
import json
import math
import os
import pathlib
import subprocess
import sys
import tempfile


def own_environment():
    """Goes on in the environment of scripts/interop-tools, whichever Python started the script."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--root", type=pathlib.Path, required=True)
    tools = parser.parse_known_args()[0].root.resolve() / "build" / "interop-tools" / "llm"
    python = tools / "bin" / "python"
    if not python.exists():
        sys.exit("the tools are not installed; run scripts/interop-tools")
    if pathlib.Path(sys.prefix).resolve() != tools.resolve():
        os.execv(python, [str(python), *sys.argv])


own_environment()


class Interop:
    def __init__(self, tool):
        parser = argparse.ArgumentParser()
        parser.add_argument("--root", type=pathlib.Path, required=True)
        parser.add_argument("--binary", type=pathlib.Path, required=True)
        arguments = parser.parse_args()
        self.root = arguments.root.resolve()
        self.binary = arguments.binary.resolve()
        self.tool = tool
        self.passed = 0
        self.failures = []
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix=f"metricgate-{tool}-"))

    def check(self, name, condition, detail=""):
        if condition:
            self.passed += 1
        else:
            self.failures.append(f"{name}: {detail}")

    def equal(self, name, found, wanted, relative=1e-12):
        same = found == wanted or (
            isinstance(found, (int, float)) and isinstance(wanted, (int, float))
            and math.isclose(found, wanted, rel_tol=relative, abs_tol=1e-15))
        self.check(name, same, f"found {found!r}, wanted {wanted!r}")

    def run(self, *arguments, code=None):
        done = subprocess.run([str(self.binary), *map(str, arguments)], capture_output=True, text=True, cwd=self.folder)
        if code is not None:
            self.check(f"exit of {arguments[0]}", done.returncode in code, f"{done.returncode}\n{done.stdout}\n{done.stderr}")
        return done

    def convert(self, path):
        """The metric file that `metricgate convert` makes of one of the tool's: values by name."""
        out = self.folder / "converted.json"
        out.unlink(missing_ok=True)
        done = self.run("convert", path, "-o", out, code=[0])
        if done.returncode != 0:
            sys.exit(f"{self.tool}: {done.stderr}")
        return flatten(json.loads(out.read_text())["metrics"])

    def judge(self, candidate, baseline, policy, code=(0, 1, 3)):
        """The rows of a check by id, and the exit code."""
        (self.folder / "policy.yaml").write_text(policy)
        report = self.folder / "judged.json"
        report.unlink(missing_ok=True)
        done = self.run("check", "--candidate", candidate, "--baseline", baseline, "-p", "policy.yaml", "--report", f"json={report}",
                        code=code)
        self.check("a report", report.exists() or done.returncode == 2, done.stderr)
        rows = {row["id"]: row for row in json.loads(report.read_text())["checks"]} if report.exists() else {}
        return rows, done

    def finish(self):
        for failure in self.failures:
            print(f"FAILED {self.tool}: {failure}")
        print(f"{self.tool}: {self.passed} passed, {len(self.failures)} failed")
        sys.exit(1 if self.failures else 0)


def flatten(node, prefix=""):
    """A described quantity, or a number, by its dotted name."""
    found = {}
    for key, value in node.items():
        name = f"{prefix}.{key}" if prefix else key
        if isinstance(value, dict) and not ("value" in value or "values" in value):
            found.update(flatten(value, name))
        else:
            found[name] = value if isinstance(value, dict) else {"value": value}
    return found
