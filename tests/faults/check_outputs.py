#!/usr/bin/env python3
"""Where output cannot go: a full disk, /dev/full, closed streams, a reader that went away; and a run that is told to end.

    check_outputs.py --binary BINARY [--whole]     (--whole is for scripts/faults; here it changes nothing)
"""
import argparse
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import time

import gate


left_out = []  # what this machine does not allow to be tried


def shell(binary, folder, script):
    env = {"PATH": os.environ["PATH"], "HOME": str(folder), "GATE": str(binary)}
    return subprocess.run(["bash", "-c", script], cwd=folder, env=env, capture_output=True, text=True, timeout=60)


COMMANDS = {
    "check": "check predictions.csv --baseline baseline.csv -p policy.yaml",
    "power": "power predictions.csv --baseline baseline.csv -p policy.yaml",
    "selftest": "selftest predictions.csv --baseline baseline.csv -p policy.yaml",
    "explain": "explain accuracy predictions.csv --baseline baseline.csv -p policy.yaml",
    "validate": "validate -p policy.yaml",
    "waivers": "waivers -p policy.yaml",
    "doctor": "doctor predictions.csv --baseline baseline.csv -p policy.yaml",
    "init": "init predictions.csv --baseline baseline.csv --ci none --force",
    "convert": "convert numbers.json",
    "list": "list metrics",
    "help": "--help",
    "version": "--version",
}


def streams(binary, folder):
    """A command whose output is lost has not done its work."""
    (folder / "numbers.json").write_text('{"accuracy": 0.9}\n')
    for name, words in COMMANDS.items():
        well = 1 if name == "doctor" else 0  # it finds that no CI runs the gate
        plain = shell(binary, folder, f'"$GATE" {words} >/dev/null')
        if plain.returncode != well:
            yield f"{name}: ends with {plain.returncode} without any fault: {plain.stderr}"
        for fault in (">/dev/full", ">&-"):
            done = shell(binary, folder, f'"$GATE" {words} {fault}')
            # `validate` and `waivers` may have nothing to print there.
            silent = plain.returncode == well and not shell(binary, folder, f'"$GATE" {words} 2>/dev/null').stdout
            if not silent and (done.returncode != 2 or not done.stderr):
                yield f"{name} {fault}: exit {done.returncode}, {done.stderr!r}"
        # Without the last line on standard error a lost exit code would go unnoticed.
        for fault in ("2>/dev/full", "2>&-"):
            done = shell(binary, folder, f'"$GATE" {words} {fault}')
            speaks = bool(plain.stderr)
            if speaks and done.returncode != (well or 2):
                yield f"{name} {fault}: exit {done.returncode}, though what it says there is lost"
        if shell(binary, folder, f'"$GATE" {words} >&- 2>&- <&-').returncode not in (0, 2):
            yield f"{name}: without any stream it ends otherwise"
        piped = shell(binary, folder, f'"$GATE" {words} | (exec <&-; sleep 0.2); echo "${{PIPESTATUS[0]}}"')
        if piped.stdout.strip() not in ("2", "0") or (name == "check" and piped.stdout.strip() == "0"):
            yield f"{name}: its reader went away, and it ends with {piped.stdout.strip()}"


def small_disk(folder):
    """How a command is run with a file system of 64 KiB on `small`, which nobody else sees: as root, or as root of a user namespace; None where neither may mount one."""
    mount = "mount -t tmpfs -o size=64k none small"
    for words in ("unshare --mount", "unshare --user --map-root-user --mount"):
        if shell("", folder, f"{words} bash -c '{mount}'").returncode == 0:
            return lambda script: f"{words} bash -c '{mount} && echo \"<title>metricgate: an old one</title>\" >small/report.html && {script}'"
    return None


def reports_on_a_full_disk(binary, folder):
    """A file system of 64 KiB, which the HTML report does not fit on, and /dev/full."""
    (folder / "small").mkdir()
    runs = {"/dev/full": lambda script: script}
    if (within := small_disk(folder)) is not None:
        runs["small/report.html"] = within
    else:
        left_out.append("a disk that becomes full under a report: no file system may be mounted here, not by root and not in a user namespace (unshare --mount)")
    for target, within in runs.items():
        command = f'"$GATE" {COMMANDS["check"]} --report json=first.json --report html={target}'
        done = shell(binary, folder, within(f"{command}; code=$?; ls -A small >listed; exit $code"))
        if done.returncode != 2 or "cannot be written" not in done.stderr or not done.stderr.endswith("could_not_judge (exit 2)\n"):
            yield f"{target}: exit {done.returncode}, {done.stderr!r}"
        if '"verdict": "pass"' in (folder / "first.json").read_text():
            yield f"{target}: the other report shows a pass"
        if (folder / "listed").read_text().split() not in ([], ["report.html"]):
            yield f"left on the full disk: {(folder / 'listed').read_text().split()}"


def reports_of_lost_runs(binary, folder):
    """Where the last line is lost, or another report cannot be written, no report may tell of success."""
    for name in ("check", "power", "selftest", "explain"):
        for fault in ("--report json=kept.json >/dev/null 2>/dev/full", "--report json=kept.json --report markdown=nowhere/x",
                      "--report json=kept.json --report markdown >/dev/full"):
            done = shell(binary, folder, f'"$GATE" {COMMANDS[name]} {fault}')
            kept = folder / "kept.json"
            if done.returncode != 2:
                yield f"{name} {fault}: exit {done.returncode}"
            if kept.exists() and '"verdict": "could_not_judge"' not in kept.read_text():
                yield f"{name} {fault}: a report is left: {kept.read_text()[:200]}"
            kept.unlink(missing_ok=True)
    # What has gone down a pipe cannot be taken back, so that it is written when the files stand.
    for nowhere, printed in (("nowhere/x", "tap"), ("/dev/full", "tap"), ("/dev/full", "tap=/dev/stdout"), ("/dev/full", "tap=/dev/fd/1")):
        done = shell(binary, folder, f'"$GATE" {COMMANDS["check"]} --report {printed} --report json={nowhere} | cat; exit "${{PIPESTATUS[0]}}"')
        if done.returncode != 2 or "not ok 1 - verdict" not in done.stdout:
            yield f"a report was printed before that of {nowhere} could not be written: exit {done.returncode}, {done.stdout[:200]!r}"
    # The file that the shell gave to standard output would be replaced, and what was printed lost with it.
    for printed in ("tap", "tap=-", "tap=/dev/fd/1"):
        done = shell(binary, folder, f'"$GATE" {COMMANDS["check"]} --report {printed} --report json=./kept.json >kept.json')
        if done.returncode != 2 or "is the same file as /dev/stdout" not in done.stderr or (folder / "kept.json").read_text():
            yield f"{printed} and another report in one file: exit {done.returncode}, {done.stderr!r}"
    done = shell(binary, folder, f'"$GATE" {COMMANDS["check"]} --report tap --report json=/dev/null >/dev/null')
    if done.returncode != 0:
        yield f"two reports to a device: exit {done.returncode}, {done.stderr!r}"
    done = shell(binary, folder, f'ulimit -f 0; exec "$GATE" {COMMANDS["check"]} --report json=kept.json')
    if done.returncode != 2 or gate.litter_in(folder):
        yield f"a file that may not grow: exit {done.returncode}, {gate.litter_in(folder)}"


def asked_to_end(binary, folder):
    """SIGTERM, SIGHUP and SIGINT end a run, which is then no pass; what it had begun is gone after the next one."""
    (folder / "big.csv").write_text(gate.predictions(200_000, 0.02))
    (folder / "big-candidate.csv").write_text(gate.predictions(200_000, 0.03))
    words = [str(binary), "check", "big-candidate.csv", "--baseline", "big.csv", "-p", "policy.yaml", "--report", "json=ended.json"]
    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        process = subprocess.Popen(words, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(0.05)
        process.send_signal(number)
        code = process.wait(60)
        if code == 0 and not (folder / "ended.json").exists():
            yield f"{number.name}: exit 0 without a report"
        if code not in (0, -number):
            yield f"{number.name}: exit {code}"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--binary", required=True)
    parser.add_argument("--whole", action="store_true")
    binary = pathlib.Path(parser.parse_known_args()[0].binary).resolve()
    found = []
    for part in (streams, reports_on_a_full_disk, reports_of_lost_runs, asked_to_end):
        with tempfile.TemporaryDirectory() as scratch:
            folder = pathlib.Path(scratch)
            gate.gates(binary)[0].fill(folder)
            found += [f"{part.__name__}: {problem}" for problem in part(binary, folder)]
    # `scripts/test` repeats these lines at its end, for a passed test shows nothing.
    print("".join(f"NOT TESTED: {what}\n" for what in left_out), end="")
    print("\n".join(found) or "every lost output was noticed" + (", of those that were tried" if left_out else ""))
    sys.exit(1 if found else 0)


main()
