#!/usr/bin/env python3
"""Nothing is executed and nobody is called: a run starts no other program, and opens no socket but for the address of a tracker.

Every command on the arguments of the golden cases and on files that would like to be commands, watched by strace.
"""
import argparse
import concurrent.futures
import os
import pathlib
import re
import shlex
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
CALLS = "execve,execveat,fork,vfork,clone,clone3,socket,socketpair,connect,bind,listen,sendto,sendmsg"
# A thread is one of the program; anything else that clone makes is another process.
THREAD = re.compile(r"clone3?\(.*CLONE_THREAD")
ENDED = re.compile(r"\?\?\?\(\)\s+= \?$")  # a thread that was gone before strace could ask what it called
TRACKER = re.compile(r"\b(mlflow|prometheus|prometheus\+http|prometheus\+https|https?):")
SINKS = ["--report", "json=a.json", "--report", "html=a.html", "--report", "junit=a.xml"]
POLICY = """version: 1
inputs:
  run: {kind: metrics, path: metrics.json}
checks:
  - {id: first, metric: {name: "`touch executed`", direction: higher}, margin: {abs: 0.05}}
  - {id: second, metric: {name: "; touch executed", direction: higher}, margin: {abs: 0.05}}
"""
VALUES = '{"`touch executed`": %s, "; touch executed": 0.5, "!touch executed": 1}\n'


def watch(binary, arguments, folder, environment, stdin=b""):
    """The calls of one run but for its own start and its threads; and its exit code."""
    trace = folder.parent / f"{folder.name}.trace"
    done = subprocess.run(["strace", "-f", "--seccomp-bpf", "-qqq", "-e", f"trace={CALLS}", "-e", "signal=none", "-o", str(trace), binary, *arguments],
                          cwd=folder, env=environment, input=stdin, capture_output=True, timeout=120)
    if not trace.exists():
        sys.exit(f"strace does not work here: {done.stderr.decode()}")
    calls = [line.split(maxsplit=1)[1] for line in trace.read_text(errors="replace").splitlines()]
    started = [call for call in calls if call.startswith("execve(")]
    if not started or shlex.quote(binary).strip("'") not in started[0]:
        sys.exit(f"strace has not seen the program start: {calls[:3]}, {done.stderr.decode()}")
    return [call for call in calls if call != started[0] and not THREAD.search(call) and not ENDED.search(call) and "resumed>" not in call], done.returncode


def clean(home, more=()):
    # The leak sanitizer cannot look while somebody else watches.
    return {"ASAN_OPTIONS": "detect_leaks=0", "PATH": os.environ["PATH"], "HOME": str(home), "GIT_CONFIG_NOSYSTEM": "1", "LC_ALL": "C", **dict(more)}


def try_case(binary, case, cases):
    """A golden case as run_case.py prepares it."""
    with tempfile.TemporaryDirectory() as scratch:
        home = pathlib.Path(scratch)
        work = home / "work"
        shutil.copytree(case, work, ignore=lambda _, names: [name for name in names if name.startswith("expected")])
        for script in ("setup", "fault"):
            if (work / script).exists():
                subprocess.run(["bash", "-euo", "pipefail", script], cwd=work, env=clean(home), capture_output=True, check=True)
        start = work / (work / ".cwd").read_text().strip() if (work / ".cwd").exists() else work
        more = [line.partition("=")[::2] for line in (case / "environment").read_text().splitlines()] if (case / "environment").exists() else []
        arguments = shlex.split((case / "args").read_text(), comments=True)
        stdin = (case / "stdin").read_bytes() if (case / "stdin").exists() else b""
        calls, _ = watch(binary, arguments, start, clean(home, more), stdin)
        allowed = TRACKER.search(" ".join(arguments)) is not None
        return [f"{case.relative_to(cases)}: {call}" for call in calls if not (allowed and call.startswith(("socket", "connect", "send", "bind")))]


def try_commands(binary):
    """Every command, on a policy, names, a configuration and hooks that are commands."""
    with tempfile.TemporaryDirectory() as scratch:
        home = pathlib.Path(scratch)
        work = home / "work"
        work.mkdir()
        environment = clean(home, {"GIT_SSH_COMMAND": "touch executed", "GIT_PAGER": "touch executed", "EDITOR": "touch executed",
                                   "http_proxy": "http://127.0.0.1:9"})
        git = ["git", "-c", "user.name=t", "-c", "user.email=t@example.org"]
        (work / ".metricgate.yaml").write_text(POLICY)
        (work / "metrics.json").write_text(VALUES % "0.5")
        for words in (["init", "-qb", "main"], ["add", "-A"], ["commit", "-qm", "base"], ["config", "core.fsmonitor", "touch executed"],
                      ["config", "core.sshCommand", "touch executed"], ["config", "remote.origin.url", "https://example.invalid/x.git"],
                      ["config", "filter.x.smudge", "touch executed"], ["config", "diff.external", "touch executed"]):
            subprocess.run([*git, *words], cwd=work, env=clean(home), check=True, capture_output=True)
        (work / "metrics.json").write_text(VALUES % "0.51")
        (work / "numbers.csv").write_text("id,label,score\n" + "".join(f"{i},{i % 2},{0.9 if i % 2 else 0.1}\n" for i in range(200)))
        base = ["--baseline-rev", "HEAD"]
        commands = {"check": ["check", *base, *SINKS], "automatic": ["check", "--baseline-rev", "auto", "--policy-rev", "auto"],
                    "power": ["power", *base], "selftest": ["selftest", *base], "explain": ["explain", "first", *base],
                    "validate": ["validate", "--policy-rev", "HEAD"], "waivers": ["waivers"], "convert": ["convert", "git:HEAD:metrics.json"],
                    "doctor": ["doctor"], "init": ["init", "numbers.csv", "--force", "--ci", "github"], "list": ["list", "metrics"],
                    "help": ["--help"], "version": ["--version"]}
        for name, arguments in commands.items():
            calls, code = watch(binary, arguments, work, environment)
            yield from (f"{name}: {call}" for call in calls)
            # The first commit has no base, numbers alone have no power, and no CI runs the gate.
            if code != {"automatic": 2, "power": 2, "doctor": 1}.get(name, 0):
                yield f"{name}: exits {code}"
        if (work / "executed").exists():
            yield "something was executed"
        # A tracker's address does connect, so that the watch is known to see it.
        calls, _ = watch(binary, ["convert", "mlflow:runs/" + "0" * 32], work, {**environment, "MLFLOW_TRACKING_URI": "http://127.0.0.1:9"})
        if not any(call.startswith("connect(") for call in calls):
            yield f"a tracker's address was asked for, and no call was seen: {calls}"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--root", required=True)
    parser.add_argument("--binary", required=True)
    parser.add_argument("--whole", action="store_true", help="every golden case; else one in six, and all those of git, init and doctor")
    options = parser.parse_known_args()[0]
    if shutil.which("strace") is None:
        if os.environ.get("CI"):
            sys.exit("strace is missing: run scripts/setup --all")
        print("NOT TRIED: strace is missing, which scripts/setup --all installs")
        return
    binary = str(pathlib.Path(options.binary).resolve())
    cases = pathlib.Path(options.root).resolve() / "tests/cases"
    found = sorted(args.parent for args in cases.rglob("args"))
    if not options.whole:
        found = [case for number, case in enumerate(found) if number % 6 == 0 or case.parent.name in ("init", "doctor", "explain", "selftest")]
    problems = list(try_commands(binary))
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        for each in pool.map(lambda case: try_case(binary, case, cases), found):
            problems += each
    print("\n".join(problems) or f"{len(found)} golden cases and every command: no other program, no socket but a tracker's")
    sys.exit(1 if problems else 0)


main()
