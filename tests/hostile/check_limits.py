#!/usr/bin/env python3
"""Files that are made to fill the memory, overflow the stack or never end are refused in their own words, in little time and memory, and a limit
is where the documentation says: what just fits is read."""
import argparse
import os
import pathlib
import socket
import subprocess
import sys
import tempfile

KIB, MIB = 1 << 10, 1 << 20
POLICY = b"version: 1\ninputs: {run: {kind: metrics}}\nchecks:\n  - {id: accuracy, metric: accuracy, min: 0.5}\n"
METRICS = b'{"accuracy": 0.9}'
problems, runs = [], 0


def bomb(width, levels):
    """Aliases that a walk would expand to width ** levels values."""
    lines = ["a0: &a0 [x]\n", *(f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * width)}]\n" for i in range(1, levels + 1))]
    return ["".join(lines).encode()]


ANCHOR, DEEP = ":1:5: an anchor (&name) is not supported", "lists and maps are nested deeper than"
LARGE, MANY = "is larger than the limit of", "the document has more than 2,000,000 values"
# Bytes, or bytes and how many times, one behind the other; what is said of them, or nothing; most MiB. What may take 64 MiB may take a second, the others five.
POLICIES = {
    "a bomb of 2^40 values": (bomb(2, 40), ANCHOR, 64),
    "a bomb of 9^9 values": (bomb(9, 9), ANCHOR, 64),
    "a bomb of 9^11 values": (bomb(9, 11), ANCHOR, 64),
    "a circle": ([b"a: 1\nb: &x [*x]\n"], ":2:4: an anchor (&name) is not supported", 64),
    "33 levels": ([b"checks: ", (b"[", 32), (b"]", 32), b"\n"], f":1:40: {DEEP} 32 levels", 64),
    "700 levels": ([b"checks: ", (b"[", 700), (b"]", 700), b"\n"], f":1:40: {DEEP} 32 levels", 64),
    # Closed and never closed: the parser looks ahead, up to the 1 MiB that a policy may have.
    "half a million levels": ([b"checks: ", (b"[", 500_000), (b"]", 500_000), b"\n"], f":1:40: {DEEP} 32 levels", 512),
    "a million levels": ([(b"[", 1_000_000), b"\n"], ":1:1: a list stands where a key should be, or a bracket or quote before it is never closed", 512),
    "levels by dashes": ([(b"- ", 400_000), b"\n"], f":1:65: {DEEP} 32 levels", 64),
    "a comment that just fits": ([POLICY, (b"#", MIB - len(POLICY) - 1), b"\n"], None, 64),
    "a comment of a byte too many": ([POLICY, (b"#", MIB - len(POLICY)), b"\n"], LARGE, 64),
    "a text of 50 MB": ([b"version: '", (b"x" * 1000, 50_000), b"'\n"], LARGE, 64),
    "50,000 keys": ([POLICY, *(b"k%d: 1\n" % i for i in range(50_000))], "unknown key 'k0'", 200),
}
METRIC_FILES = {
    "64 levels": ([(b'{"a":', 64), b"1", (b"}", 64)], None, 64),
    "65 levels": ([(b'{"a":', 65), b"1", (b"}", 65)], f":1:321: {DEEP} 64 levels", 64),
    "1000 levels": ([(b"[", 1000), (b"]", 1000)], f":1:65: {DEEP} 64 levels", 64),
    "a million levels": ([(b"[", 1_000_000), (b"]", 1_000_000)], f":1:65: {DEEP} 64 levels", 64),
    "15 MB of empty maps": ([b'{"a": [', (b"{},", 5_000_000), b"{}]}"], MANY, 512),
    "10 MB of numbers": ([b'{"a": [', (b"1,", 5_000_000), b"1]}"], MANY, 512),
    "blanks that just fit": ([METRICS, (b" ", 16 * MIB - len(METRICS))], None, 128),
    "a blank too many": ([METRICS, (b" ", 16 * MIB - len(METRICS) + 1)], LARGE, 128),
}
FOLDER, PIPE, SOCKET, DEVICE = "is a folder that no format recognises", "is a pipe (FIFO), not", "is a socket, not", "is a device, not"
# What is no file: how it is made, and what is said of it as evidence and as a policy.
NO_FILES = {
    "a.pipe": (lambda path: os.mkfifo(path), PIPE, PIPE),
    "a.d": (lambda path: path.mkdir(), FOLDER, "is a directory; name a file"),
    "a.socket": (lambda path: socket.socket(socket.AF_UNIX).bind(str(path)), SOCKET, SOCKET),
    "zeros": (lambda path: path.symlink_to("/dev/zero"), DEVICE, DEVICE),
    "tty": (lambda path: path.symlink_to("/dev/tty"), DEVICE, DEVICE),
    "6.gib": (lambda path: os.truncate(os.open(path, os.O_CREAT | os.O_WRONLY), 6 << 30), LARGE, LARGE),
}


def write(path, parts):
    """In a process of its own: the memory of this one is counted with that of a program that it starts, until the program runs."""
    child = os.fork()
    if child == 0:
        path.write_bytes(b"".join(part if isinstance(part, bytes) else part[0] * part[1] for part in parts))
        os._exit(0)
    if os.waitpid(child, 0)[1] != 0:
        sys.exit(f"{path} could not be written")


def run(binary, folder, arguments):
    """Exit code, seconds of processors, MiB, standard error. What hangs is an error of this test."""
    global runs
    runs += 1
    with open(folder / "stderr", "wb") as errors:
        process = subprocess.Popen(["timeout", "-s", "KILL", "30", binary, *arguments], cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=errors)
        _, status, usage = os.wait4(process.pid, 0)
    return os.waitstatus_to_exitcode(status), usage.ru_utime + usage.ru_stime, usage.ru_maxrss * KIB / MIB, (folder / "stderr").read_text(errors="replace")


def judge(what, done, wanted, most_mib, share):
    code, seconds, mib, error = done
    most_seconds = (1 if most_mib == 64 else 5) * share
    if code != (0 if wanted is None else 2) or wanted is not None and wanted not in error:
        problems.append(f"{what}: exit {code}, {error[:200]!r}, wanted {wanted!r}")
    if seconds > most_seconds or mib > most_mib * share:
        problems.append(f"{what}: {seconds:.2f} s and {mib:.0f} MiB, wanted at most {most_seconds} s and {most_mib * share} MiB")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--binary", required=True)
    binary = str(pathlib.Path(parser.parse_known_args()[0].binary).resolve())
    # The sanitizers take time and memory of their own.
    share = 10 if subprocess.run(["grep", "-q", "__asan_init", binary]).returncode == 0 else 1
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(scratch)
        (folder / "policy.yaml").write_bytes(POLICY)
        (folder / "metrics.json").write_bytes(METRICS)
        judge("nothing wrong", run(binary, folder, ["check", "metrics.json", "-p", "policy.yaml"]), None, 64, share)
        for files, name, command in ((POLICIES, "hostile.yaml", "validate"), (METRIC_FILES, "hostile.json", "convert")):
            for what, (parts, wanted, most_mib) in files.items():
                write(folder / name, parts)
                judge(what, run(binary, folder, [command, name]), wanted, most_mib, share)
        for name, (make, evidence, policy) in NO_FILES.items():
            make(folder / name)
            for arguments, wanted in ((["check", name, "-p", "policy.yaml"], evidence), (["check", "metrics.json", "--baseline", name, "-p", "policy.yaml"], evidence),
                                      (["check", "metrics.json", "-p", name], policy), (["validate", name], policy)):
                if wanted is not None:
                    judge(" ".join(arguments), run(binary, folder, arguments), f"{name}: {wanted}", 64, share)
    print("\n".join(problems) or f"{runs} runs: what fills memory, overflows or never ends is refused")
    sys.exit(1 if problems else 0)


main()
