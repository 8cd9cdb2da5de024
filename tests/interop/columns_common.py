"""What the interop scripts of TensorBoard and of columnar tables share: running the program, comparing, counting."""
import argparse
import json
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

    def program(self, *arguments, code=None):
        done = subprocess.run([self.binary, *map(str, arguments)], capture_output=True, text=True, cwd=self.folder)
        if code is not None and done.returncode != code:
            sys.exit(f"{' '.join(map(str, arguments))}: exit code {done.returncode}, wanted {code}\n{done.stdout}{done.stderr}")
        return done

    def check(self, what, condition, detail=""):
        if condition:
            self.passed += 1
        else:
            self.failed += 1
            print(f"FAILED {what}: {detail}")

    def equal(self, what, found, wanted):
        self.check(what, found == wanted, f"found {found!r}, wanted {wanted!r}")

    def finish(self):
        shutil.rmtree(self.folder)
        print(f"{self.passed} passed, {self.failed} failed")
        sys.exit(1 if self.failed or self.passed == 0 else 0)


def series_of(node, prefix=""):
    """The series of a converted file: {name: [(step, value), ...]}."""
    found = {}
    for key, value in node.items():
        name = f"{prefix}.{key}" if prefix else key
        if isinstance(value, dict) and "series" in value:
            found[name] = [(step, number) for step, number, *_ in value["series"]]
        elif isinstance(value, dict):
            found.update(series_of(value, name))
    return found


def load(path):
    return json.loads(path.read_text())
