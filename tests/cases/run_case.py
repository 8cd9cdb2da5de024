#!/usr/bin/env python3
"""Runs one golden case: run_case.py BINARY CASE_FOLDER [--approve]

A case folder holds
  args              the arguments, as a shell would split them (a line may end in a comment: # ...)
  setup             optional bash script, run in a scratch copy of the folder before the program
  fault             optional bash script, run there after it, which breaks one thing; without it the program must exit 0
  environment       optional NAME=VALUE lines for the program; it sees nothing else of the environment
  stdin             optional standard input
  expected.exit     the exit code
  expected.stdout   standard output, byte for byte
  expected.stderr   standard error, byte for byte
  expected/         optional files that the program writes, byte for byte; *.json is checked against the schema that it names,
                    of *.html the parts that stand in web/ are left out
and whatever inputs the case needs, which may be links to those of another case. The actual output of a failing case is left beside the golden as *.actual.
"""
import difflib
import json
import os
import pathlib
import re
import shlex
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent


def prepare(script, work, env):
    done = subprocess.run(["bash", "-euo", "pipefail", script], cwd=work, env=env, capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"{work}: {script} failed\n{done.stdout}{done.stderr}")


def run(binary, case, scratch, faulty=True):
    env = {"PATH": os.environ["PATH"], "HOME": str(scratch), "GIT_CONFIG_NOSYSTEM": "1", "LC_ALL": "C"}
    env["LSAN_OPTIONS"] = f"suppressions={HERE / 'lsan.supp'}:print_suppressions=0"
    # Sanitizers read their options from here, and what counts coverage its file; nothing else of the caller's environment matters.
    for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS", "LLVM_PROFILE_FILE"):
        if name in os.environ:
            env[name] = os.environ[name]
    work = scratch / "work"
    # A link stands for a file of another case; the program sees the file.
    shutil.copytree(case, work,
                    ignore=lambda folder, names: [n for n in names if n.startswith("expected") or n.endswith(".actual")])
    if (case / "setup").exists():
        prepare("setup", work, env)
    if (case / "fault").exists() and faulty:
        prepare("fault", work, env)
    start = work
    if (work / ".cwd").exists():
        start = work / (work / ".cwd").read_text().strip()
    if (case / "environment").exists():
        for line in (case / "environment").read_text().splitlines():
            name, _, value = line.partition("=")
            env[name] = value
    arguments = shlex.split((work / "args").read_text(), comments=True)
    stdin = (case / "stdin").read_bytes() if (case / "stdin").exists() else b""
    done = subprocess.run([binary, *arguments], cwd=start, env=env, input=stdin, capture_output=True, timeout=120)
    return done, start


def actual_files(case, done, work):
    actual = {"expected.exit": f"{done.returncode}\n".encode(), "expected.stdout": done.stdout, "expected.stderr": done.stderr}
    if (case / "expected").is_dir():
        for golden in sorted((case / "expected").iterdir()):
            if golden.name.endswith(".actual"):
                continue
            path = work / golden.name
            actual["expected/" + golden.name] = path.read_bytes() if path.exists() else b"(not written)\n"
    return actual


def without_web(name, content):
    """An HTML report without its style, script and their hashes: tests/browser looks at those."""
    if not name.endswith(".html"):
        return content
    content = re.sub(rb"'sha256-[A-Za-z0-9+/=]+'", b"'sha256-(left out)'", content)
    return re.sub(rb"<(style|script)>.*?</\1>", rb"<\1>(left out)</\1>", content, flags=re.DOTALL)


def check_json(name, content, problems):
    if not name.endswith(".json"):
        return
    import jsonschema

    try:
        report = json.loads(content)
        kind = str(report.get("schema")).removeprefix("metricgate.").partition("/")[0]
        schema = ROOT / "schemas" / f"{kind}.schema.json"
        if not schema.is_file():
            problems.append(f"{name}: names the schema {report.get('schema')!r}, which there is not")
            return
        jsonschema.validate(report, json.loads(schema.read_text()), cls=jsonschema.Draft202012Validator)
    except (jsonschema.ValidationError, ValueError) as error:
        problems.append(f"{name}: {error}")


def check_without_fault(binary, case, problems):
    """A fault proves something only if nothing else is wrong."""
    with tempfile.TemporaryDirectory() as scratch:
        done, _ = run(binary, case, pathlib.Path(scratch), faulty=False)
        if done.returncode != 0:
            problems.append(f"without its fault it exits {done.returncode}, wanted 0\n{done.stdout.decode()}{done.stderr.decode()}")


def main():
    binary = str(pathlib.Path(sys.argv[1]).resolve())
    case = pathlib.Path(sys.argv[2]).resolve()
    approve = "--approve" in sys.argv
    problems = []
    if (case / "fault").exists():
        check_without_fault(binary, case, problems)
    with tempfile.TemporaryDirectory() as scratch:
        done, work = run(binary, case, pathlib.Path(scratch))
        for name, content in actual_files(case, done, work).items():
            content = without_web(name, content)
            check_json(name, content, problems)
            golden = case / name
            if approve:
                golden.write_bytes(content)
                continue
            wanted = golden.read_bytes() if golden.exists() else b"(no golden)\n"
            leftover = golden.with_name(golden.name + ".actual")
            if wanted == content:
                leftover.unlink(missing_ok=True)
                continue
            leftover.write_bytes(content)
            diff = difflib.unified_diff(wanted.decode(errors="replace").splitlines(), content.decode(errors="replace").splitlines(),
                                        f"{case.name}/{name}", f"{case.name}/{name}.actual", lineterm="")
            problems.append("\n".join(diff) or f"{name}: bytes differ (line ends?)")
    if problems:
        print("\n".join(problems))
        sys.exit(f"{case.name}: differs; scripts/approve {case.relative_to(HERE)} accepts it")


main()
