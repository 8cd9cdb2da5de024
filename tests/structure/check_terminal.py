#!/usr/bin/env python3
"""On a real terminal (a pty): text in colour, no line beyond 100 columns, progress on standard error that is taken back. Into a pipe: no
escape code and no progress, unless --color always asks for colour."""
import argparse
import os
import pathlib
import pty
import re
import select
import shutil
import subprocess
import sys
import tempfile

ESCAPE = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
COLOR = re.compile(r"\x1b\[3[123]m")


def read_all(descriptor, process):
    chunks = []
    while True:
        ready, _, _ = select.select([descriptor], [], [], 0.2)
        if ready:
            try:
                chunk = os.read(descriptor, 65536)
            except OSError:  # the other end is closed
                break
            if not chunk:
                break
            chunks.append(chunk)
        elif process.poll() is not None:
            break
    return b"".join(chunks).decode().replace("\r\n", "\n")


def on_terminal(command, folder, environment):
    """Both streams are terminals, one each: (exit code, standard output, standard error)."""
    out, out_end = pty.openpty()
    error, error_end = pty.openpty()
    process = subprocess.Popen(command, cwd=folder, env=environment, stdout=out_end, stderr=error_end, stdin=subprocess.DEVNULL)
    os.close(out_end)
    os.close(error_end)
    texts = read_all(out, process), read_all(error, process)
    process.wait()
    return process.returncode, *texts


def in_pipe(command, folder, environment):
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)
    return done.returncode, done.stdout, done.stderr


def after_erasing(text):
    """What a terminal still shows: a line counts from its last carriage return."""
    return "\n".join(line.split("\r")[-1].replace("\x1b[K", "") for line in text.split("\n"))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--root", required=True)
    parser.add_argument("--binary", required=True)
    options = parser.parse_known_args()[0]
    root = pathlib.Path(options.root)
    binary = str(pathlib.Path(options.binary).resolve())
    plain = {"PATH": os.environ["PATH"], "TERM": "xterm-256color"}
    problems = []

    def expect(holds, what, text=""):
        if not holds:
            problems.append(what + (":\n" + text if text else ""))

    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder)
        shutil.copytree(root / "examples/breast_cancer", work / "examples/breast_cancer")
        policy = ["-p", "examples/breast_cancer/policy.yaml"]
        check = [binary, "check", *policy]
        code, out, error = on_terminal(check, work, plain)
        expect(code == 1 and out.startswith("metricgate: \x1b[31mFAIL"), "a terminal gets text in colour", out[:300])
        expect("reading input eval" in error and "judging row 1 of 4" in error, "a terminal is told what is being done", error)
        expect(after_erasing(error) == "metricgate: fail (exit 1)\n", "and nothing of that stays", repr(after_erasing(error)))

        for name, value in {"NO_COLOR": "1", "TERM": "dumb"}.items():
            _, out, _ = on_terminal(check, work, {**plain, name: value})
            expect(out.startswith("metricgate: FAIL") and not ESCAPE.search(out), f"{name}={value} turns colour off", out[:200])
        expect(COLOR.search(on_terminal(check, work, {**plain, "NO_COLOR": ""})[1]), "an empty NO_COLOR means nothing")
        expect(not ESCAPE.search(on_terminal(check + ["--color", "never"], work, plain)[1]), "--color never")
        expect(COLOR.search(on_terminal(check + ["--color", "always"], work, {**plain, "NO_COLOR": "1"})[1]),
               "what the command line says wins over NO_COLOR")

        _, out, error = in_pipe(check + ["--report", "text"], work, plain)
        expect(not ESCAPE.search(out) and error == "metricgate: fail (exit 1)\n", "a pipe gets neither colour nor progress", out[:200] + error)
        _, out, _ = in_pipe(check, work, plain)
        expect(out.startswith("# metricgate: FAIL") and not ESCAPE.search(out), "a pipe gets Markdown", out[:200])
        _, out, _ = in_pipe(check + ["--report", "text", "--color", "always"], work, plain)
        expect(COLOR.search(out), "--color always, even into a pipe", out[:200])
        _, out, _ = in_pipe(check + ["--report", "json", "--color", "always"], work, plain)
        expect(not ESCAPE.search(out), "JSON has no colours")
        in_pipe(check + ["--report", "text=report.txt", "--color", "always"], work, plain)
        expect(not ESCAPE.search((work / "report.txt").read_text()), "a file has no colours")
        code, _, error = in_pipe(check + ["--color", "yes"], work, plain)
        expect(code == 2 and "--color yes: wanted auto, always or never" in error, "another word is refused", error)

        others = {"power": ["power", *policy], "selftest": ["selftest", *policy], "explain": ["explain", "accuracy", *policy]}
        for name, arguments in others.items():
            code, out, error = on_terminal([binary, *arguments], work, plain)
            expect(out.startswith("metricgate ") and after_erasing(error).count("\n") == 1, f"{name} on a terminal", out[:200] + repr(error))

        # Every golden case of drift and slices has its long cells; none may be cut or be wider than the terminal.
        for case in sorted([*(root / "tests/cases/drift").iterdir(), *(root / "tests/cases/slices").iterdir()]):
            arguments = (case / "args").read_text().split("#")[0].split()
            if arguments[0] != "check" or "--report" in arguments or not (case / "policy.yaml").exists():
                continue
            _, out, _ = on_terminal([binary, *arguments], case, plain)
            wide = [line for line in ESCAPE.sub("", out).split("\n") if len(line) > 100]
            expect(not wide, f"{case.name}: a line is wider than 100 columns", "\n".join(wide))
            expect("..." not in out.split("Next step")[0], f"{case.name}: something was cut", out)
    print("\n".join(problems) or "terminals and pipes get what they should")
    sys.exit(1 if problems else 0)


main()
