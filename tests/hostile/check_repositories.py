#!/usr/bin/env python3
"""Repositories that somebody damaged, cut off or laid a trap in, made by the real git: each is refused in its own words and never passes,
and passes once the trap is taken out.

As root everything happens twice, as root and as nobody, and each of the two also meets what belongs to the other. Whoever is not root
tries it as himself only.
"""
import argparse
import itertools
import os
import pathlib
import re
import resource  # os.wait4 wants it, and another user may not be able to import anything
import shutil
import subprocess
import sys
import tempfile
import traceback
import zlib

NOBODY = 65534
POLICY = """version: 1
inputs:
  run: {kind: metrics, path: metrics.json}
checks:
  - {id: accuracy, metric: accuracy, margin: {abs: 0.05}}
"""
FOLDER_POLICY = POLICY.replace("metrics.json", "runs, select: {step: last}")
# Every way from a command line into a repository: name, arguments, closing word. `main` and `runs` stand for what a fixture names instead.
WAYS = {
    "revision": ["check", "--baseline-rev", "main"],
    "file": ["check", "--baseline", "git:main:metrics.json"],
    "folder": ["check", "runs", "--baseline", "git:main:runs", "-p", "../folder.yaml"],
    "candidate": ["check", "git:main:metrics.json", "--baseline", "../base.json"],
    "policy": ["check", "--baseline", "../base.json", "--policy-rev", "main"],
    "auto": ["check", "--baseline-rev", "auto"],
    "merge base": ["check", "--baseline-merge-base", "main"],
    "validate": ["validate", "--policy-rev", "main"],
    "convert": ["convert", "git:main:metrics.json"],
    "doctor": ["doctor", "--baseline-rev", "main"],
}
CLOSING = {"convert": "not_converted", "doctor": "could_not_look"}
problems, counted = [], {"refusals": 0, "passes": 0}


class Scene:
    """A repository `work` with a commit on main and one on the branch `change`, which is checked out: a harmless change of one metric."""

    def __init__(self, name, binary, template):
        self.name, self.binary = name, binary
        self.scratch = pathlib.Path(tempfile.mkdtemp(prefix="metricgate-hostile-"))
        self.root = self.scratch / "work"
        self.environment = {
            "PATH": os.environ["PATH"], "HOME": str(self.scratch), "LC_ALL": "C", "GIT_CONFIG_NOSYSTEM": "1", "GIT_ALLOW_PROTOCOL": "file",
            "GIT_AUTHOR_NAME": "t", "GIT_AUTHOR_EMAIL": "t@example.org", "GIT_COMMITTER_NAME": "t", "GIT_COMMITTER_EMAIL": "t@example.org",
            "GIT_AUTHOR_DATE": "2026-01-01T12:00:00Z", "GIT_COMMITTER_DATE": "2026-01-01T12:00:00Z",
        }
        # What sanitizers read their options from; libgit2 leaks (tests/cases/lsan.supp).
        self.environment["LSAN_OPTIONS"] = f"suppressions={pathlib.Path(__file__).resolve().parent.parent / 'cases/lsan.supp'}:print_suppressions=0"
        for option in ("ASAN_OPTIONS", "UBSAN_OPTIONS"):
            if option in os.environ:
                self.environment[option] = os.environ[option]
        if template is not None:
            shutil.copytree(template.scratch, self.scratch, symlinks=True, dirs_exist_ok=True)

    def fill(self):
        self.write("../base.json", '{"accuracy": 0.9}\n')
        self.write("../folder.yaml", FOLDER_POLICY)
        self.git("init", "-q", "-b", "main", str(self.root), folder=self.scratch)
        self.write(".metricgate.yaml", POLICY)
        self.write("metrics.json", '{"accuracy": 0.9}\n')
        self.write("runs/metrics.json", '{"accuracy": 0.9}\n')
        self.write("runs/plots/metrics/accuracy.tsv", "step\taccuracy\n0\t0.8\n1\t0.9\n")
        self.commit("base")
        self.git("checkout", "-q", "-b", "change")
        self.write("metrics.json", '{"accuracy": 0.91}\n')
        self.write("runs/metrics.json", '{"accuracy": 0.91}\n')
        self.write("runs/plots/metrics/accuracy.tsv", "step\taccuracy\n0\t0.8\n1\t0.91\n")
        self.commit("change")

    def remove(self):
        for folder, _, _ in os.walk(self.scratch):
            os.chmod(folder, 0o700)
        shutil.rmtree(self.scratch)

    def write(self, name, content):
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())

    def git(self, *arguments, folder=None, data=None, **environment):
        done = subprocess.run(["git", *arguments], cwd=folder or self.root, env={**self.environment, **environment}, input=data,
                              capture_output=True)
        if done.returncode != 0:
            raise AssertionError(f"git {' '.join(arguments)}: {done.stderr.decode()}")
        return done.stdout.decode().strip()

    def commit(self, message):
        self.git("add", "-A")
        self.git("commit", "-q", "-m", message)

    def short(self, revision):
        return self.git("rev-parse", revision)[:12]

    def object_file(self, revision):
        name = self.git("rev-parse", revision)
        path = self.root / ".git/objects" / name[:2] / name[2:]
        path.chmod(0o600)
        return path

    def commit_tree(self, entries, branch="main"):
        """A commit on `branch` of nothing but these: (mode, object id or content, name). What git would not write is written, too."""
        lines = b""
        for mode, content, name in entries:
            if isinstance(content, bytes):
                content = self.git("hash-object", "-w", "--stdin", data=content)
            kind = {"160000": "commit", "040000": "tree"}.get(mode, "blob")
            lines += f"{mode} {kind} {content}\t".encode() + (name if isinstance(name, bytes) else name.encode()) + b"\0"
        tree = self.git("mktree", "--missing", "-z", data=lines)
        commit = self.git("commit-tree", "-m", "hostile", tree)
        self.git("update-ref", f"refs/heads/{branch}", commit)
        return commit

    def run(self, arguments, folder=None, **environment):
        done = subprocess.run([self.binary, *arguments], cwd=folder or self.root, env={**self.environment, **environment},
                              stdin=subprocess.DEVNULL, capture_output=True, timeout=60)
        return done.returncode, done.stdout.decode(errors="replace"), done.stderr.decode(errors="replace")

    def memory(self, arguments):
        """The most KiB that a run had at once."""
        process = subprocess.Popen([self.binary, *arguments], cwd=self.root, env=self.environment, stdout=subprocess.DEVNULL,
                                   stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        return resource.struct_rusage(usage).ru_maxrss

    def complain(self, arguments, what):
        problems.append(f"{self.name}: {' '.join(arguments)}: {what}")

    def refuses(self, arguments, message, exit_code=2, closing=None, folder=None, **environment):
        """Exactly this message and exit code, and nothing on standard output."""
        counted["refusals"] += 1
        code, out, error = self.run(arguments, folder, **environment)
        closing = closing or CLOSING.get(arguments[0], "could_not_judge")
        wanted = message.replace("ROOT", str(self.root)) + f"\nmetricgate: {closing} (exit {exit_code})\n"
        if (code, out, error) != (exit_code, "", wanted):
            self.complain(arguments, f"exit {code}\n  says    {(out + error)!r}\n  wanted  {wanted!r}")

    def finds(self, arguments, message, **environment):
        """`doctor` looks on: what is wrong with the evidence is one of its findings."""
        counted["refusals"] += 1
        code, out, error = self.run(arguments, **environment)
        wanted = message.replace("ROOT", str(self.root))
        if code != 1 or wanted not in out.splitlines() or error != "metricgate: found (exit 1)\n":
            self.complain(arguments, f"exit {code}\n  finds   {out!r} {error!r}\n  wanted  {wanted!r}")

    def passes(self, arguments, folder=None, **environment):
        counted["passes"] += 1
        code, out, error = self.run(arguments, folder, **environment)
        if code != (1 if arguments[0] == "doctor" else 0) or "cannot be judged" in out:
            self.complain(arguments, f"exits {code}, though nothing is wrong any more: {error or out}")

    def refuses_ways(self, ways, message, **more):
        for way in ways:
            if way == "doctor":
                place, _, rest = message.partition(": ")
                self.finds(WAYS[way], f"{place}: the evidence cannot be judged: {rest}", **more)
            else:
                self.refuses(WAYS[way], message, **more)

    def passes_ways(self, ways=("revision", "folder", "policy"), **more):
        for way in ways:
            self.passes(WAYS[way], **more)


def nothing_wrong(scene):
    """What all the others start from passes by every way, so that a refusal is one of the trap."""
    scene.passes_ways(WAYS)


def symbolic_links(scene):
    base = scene.git("rev-parse", "main")
    scene.commit_tree([("120000", b"../base.json", "metrics.json"), ("120000", b"/etc/passwd", ".metricgate.yaml"), ("120000", b"..", "runs")])
    short = scene.short("main")
    said = f"git:{short}:metrics.json: 'metrics.json' is a symbolic link in that commit; name the file it points to"
    scene.refuses_ways(["revision", "file", "candidate", "convert", "doctor"], said)
    scene.refuses_ways(["folder"], said.replace("metrics.json", "runs"))
    scene.refuses_ways(["policy", "validate"], said.replace("metrics.json", ".metricgate.yaml"))
    scene.refuses(["check", "--baseline", "git:main:runs/metrics.json"], said.replace("'metrics.json'", "'runs'").replace(":metrics.json", ":runs/metrics.json"))
    scene.git("update-ref", "refs/heads/main", base)
    scene.passes_ways()


def submodule_entries(scene):
    base = scene.git("rev-parse", "main")
    scene.commit_tree([("160000", "1" * 40, name) for name in (".metricgate.yaml", "metrics.json", "runs")])
    said = f"git:{scene.short('main')}:metrics.json: 'metrics.json' is a submodule, whose files are in another repository"
    scene.refuses_ways(["revision", "file", "candidate", "convert", "doctor"], said)
    scene.refuses_ways(["folder"], said.replace("metrics.json", "runs"))
    scene.refuses_ways(["policy", "validate"], said.replace("metrics.json", ".metricgate.yaml"))
    scene.git("update-ref", "refs/heads/main", base)
    scene.passes_ways()


def tag_that_shadows_a_branch(scene):
    base, change = scene.short("main"), scene.short("change")
    scene.git("tag", "main", "change")
    said = f"revision 'main': it means refs/heads/main ({base}) and refs/tags/main ({change}), which differ; write one of them in full"
    scene.refuses_ways([way for way in WAYS if way not in ("auto", "doctor")], said)
    scene.finds(WAYS["doctor"], said.replace("': it", "': the evidence cannot be judged: it"))
    # A tag HEAD and one that is called as a full reference change nothing.
    scene.git("tag", "-d", "main")
    scene.git("update-ref", "refs/tags/HEAD", "change")
    scene.git("update-ref", "refs/tags/refs/heads/main", "change")
    scene.passes_ways()
    scene.refuses(["check", "--baseline-rev", "HEAD~9"], f"HEAD~9: commit {base} is the first of its history and has no parent")


def replace_references(scene):
    """git would read another commit and another blob in their place; this program reads what the ids say."""
    scene.write("metrics.json", '{"accuracy": 0.8}\n')
    scene.commit("a loss")
    low = scene.git("commit-tree", "-m", "replacement", "HEAD^{tree}")
    wanted = {way: scene.run(WAYS[way]) for way in ("revision", "file", "auto", "merge base")}
    for name, other in [(scene.git("rev-parse", "main:metrics.json"), scene.git("rev-parse", "HEAD:metrics.json")),
                        (scene.git("rev-parse", "main"), low)]:
        scene.git("replace", name, other)
    scene.write(".git/info/grafts", low + "\n")
    if "0.8" not in scene.git("show", "main:metrics.json"):
        scene.complain(["git", "show"], "the trap is none: git itself does not follow it")
    for way, (code, out, error) in wanted.items():
        counted["refusals"] += 1
        if code != 1 or error != "metricgate: fail (exit 1)\n" or scene.run(WAYS[way]) != (code, out, error):
            scene.complain(WAYS[way], f"a replaced object was read, or the loss was not seen: {scene.run(WAYS[way])}")
    scene.write("metrics.json", '{"accuracy": 0.9}\n')
    scene.passes_ways(["revision", "file", "auto", "merge base"])


def shallow_clones(scene):
    scene.write("more.txt", "1")
    scene.commit("more")
    scene.git("checkout", "-q", "main")
    for number in "12":
        scene.write("others.txt", number)
        scene.commit(number)
    depth = "which is shallow; set `fetch-depth: {0}` on actions/checkout, or `GIT_DEPTH: {0}` in GitLab CI"
    parent, first = scene.short("change~1"), scene.short("change~2")
    one, two = scene.scratch / "one", scene.scratch / "two"
    for clone, most in ((one, "1"), (two, "2")):
        scene.git("clone", "-q", "--no-single-branch", "--depth", most, "-b", "change", f"file://{scene.root}", clone.name, folder=scene.scratch)

    def told(place, commit, which):
        return f"{place}: commit {commit} is not in this clone, " + depth.format(which)
    for way, place in (("revision", "HEAD~1"), ("file", "HEAD^"), ("folder", "HEAD^1"), ("policy", "HEAD~1"), ("validate", "HEAD^"),
                       ("convert", "HEAD~1")):
        scene.refuses([word.replace("main", place) for word in WAYS[way]], told(place, parent, 2), folder=one)
    scene.refuses(["check", "--baseline-rev", "HEAD~2"], told("HEAD~2", first, 0), folder=two)
    cut = "this clone is shallow and ends before the two meet; set `fetch-depth: 0` on actions/checkout, or `GIT_DEPTH: 0` in GitLab CI"
    for clone in (one, two):
        scene.refuses(["check", "--baseline-merge-base", "origin/main"], f"merge base of HEAD and origin/main: {cut}", folder=clone)
        scene.refuses(["check", "--baseline-rev", "auto"], f"merge base of HEAD and refs/remotes/origin/HEAD: {cut}", folder=clone)
    counted["refusals"] += 1
    code, out, error = scene.run(["doctor"], folder=one)
    if code != 1 or "this clone is shallow, so the base commit may be out of reach" not in out:
        scene.complain(["doctor"], out + error)
    scene.passes(["check", "--baseline-rev", "HEAD~1"], folder=two)
    scene.git("fetch", "-q", "--unshallow", folder=one)
    for arguments in (["--baseline-rev", "HEAD~2"], ["--baseline-merge-base", "origin/main"], ["--baseline-rev", "auto"]):
        scene.passes(["check", *arguments], folder=one)


def partial_clones(scene):
    """What is left out is not fetched: the remote's address would be a command here."""
    scene.git("config", "uploadpack.allowFilter", "true")
    scene.git("clone", "-q", "--no-checkout", "--filter=blob:none", f"file://{scene.root}", "partial", folder=scene.scratch)
    clone = scene.scratch / "partial"
    base = scene.git("rev-parse", "origin/main", folder=clone)[:12]
    for name in ("metrics.json", ".metricgate.yaml"):
        shutil.copy(scene.root / name, clone)
    shutil.copytree(scene.root / "runs", clone / "runs")
    scene.git("config", "remote.origin.url", f"ext::touch {scene.scratch}/fetched", folder=clone)
    scene.git("config", "protocol.ext.allow", "always", folder=clone)
    blob = {name: scene.short(f"main:{name}") for name in ("metrics.json", ".metricgate.yaml", "runs/plots/metrics/accuracy.tsv")}

    def told(name, path=None):
        return (f"git:{base}:{path or name}: blob {blob[name]} is not in this clone, though the commit names it: a partial clone leaves objects "
                "out; clone without a filter (`git fetch --refetch --no-filter`)")
    for way in ("revision", "file", "candidate", "auto", "convert", "merge base"):
        scene.refuses([word.replace("main", "origin/main") for word in WAYS[way]], told("metrics.json"), folder=clone)
    for way in ("policy", "validate"):
        scene.refuses([word.replace("main", "origin/main") for word in WAYS[way]], told(".metricgate.yaml"), folder=clone)
    scene.refuses([word.replace("git:main", "git:origin/main") for word in WAYS["folder"]], told("runs/plots/metrics/accuracy.tsv", "runs"), folder=clone)
    if (scene.scratch / "fetched").exists():
        scene.complain(["partial"], "something was fetched")
    scene.git("config", "remote.origin.url", f"file://{scene.root}", folder=clone)
    scene.git("fetch", "-q", "--refetch", "--no-filter", folder=clone)
    for way in ("revision", "file", "folder", "policy", "auto"):
        scene.passes([word.replace("git:main", "git:origin/main") if ":" in word else word.replace("main", "origin/main") for word in WAYS[way]],
                     folder=clone)


def executed_by_configuration(scene):
    """Everything git would run, in the repository's own configuration, attributes and hooks. git itself is shown to run it."""
    marker = scene.scratch / "executed"
    touch = f"touch {marker}"
    keys = ["core.fsmonitor", "core.sshCommand", "core.pager", "core.editor", "core.gitProxy", "core.askPass", "credential.helper",
            "diff.external", "diff.evil.textconv", "diff.evil.command", "filter.evil.smudge", "filter.evil.clean", "filter.evil.process",
            "merge.evil.driver", "gpg.program", "sequence.editor", "uploadpack.packObjectsHook", "alias.rev-parse", "pager.log",
            "interactive.diffFilter", "trailer.evil.command", "remote.origin.uploadpack", "core.alternateRefsCommand"]
    for key in keys:
        scene.git("config", key, f"!{touch}" if key.startswith("alias") or key == "credential.helper" else touch)
    scene.git("config", "filter.evil.required", "true")
    scene.git("config", "protocol.ext.allow", "always")
    scene.git("config", "remote.origin.url", f"ext::{touch}")
    scene.git("config", "core.hooksPath", str(scene.scratch / "hooks"))
    scene.git("config", "extensions.worktreeConfig", "true")
    scene.write(".git/config.worktree", f"[core]\n\tfsmonitor = {touch}\n")
    scene.write(".gitattributes", "* filter=evil diff=evil merge=evil text=auto\n")
    scene.write(".git/info/attributes", "* filter=evil diff=evil\n")
    for hook in ("post-checkout", "pre-commit", "fsmonitor-watchman", "reference-transaction", "post-index-change", "query-watchman"):
        for place in (scene.scratch / "hooks", scene.root / ".git/hooks"):
            place.mkdir(exist_ok=True)
            (place / hook).write_text(f"#!/bin/sh\n{touch}\n")
            (place / hook).chmod(0o755)
    if marker.exists():
        marker.unlink()
    scene.passes_ways(WAYS)
    for arguments in (["power"], ["selftest"], ["explain", "accuracy"]):
        scene.run([*arguments, "--baseline-rev", "main"])
    scene.run(["init", "metrics.json", "--force"])
    if marker.exists():
        scene.complain(["check"], "a command of the repository's configuration was executed")
    subprocess.run(["git", "status"], cwd=scene.root, env=scene.environment, capture_output=True)
    if not marker.exists():
        scene.complain(["git", "status"], "the trap is none: git itself executes nothing")


def circles_of_includes(scene):
    """A configuration that includes itself, at once and by way of another."""
    config = scene.root / ".git/config"
    kept = config.read_text()
    for included in ("config", "other"):
        config.write_text(f"{kept}[include]\n\tpath = {included}\n")
        scene.write(".git/other", "[include]\n\tpath = config\n")
        scene.refuses_ways(["revision", "folder", "policy", "auto", "convert"],
                           "ROOT: the git repository cannot be opened: maximum config include depth reached")
    config.write_text(kept)
    scene.passes_ways()


def blob_bombs(scene):
    base = scene.git("rev-parse", "main")
    mebi = 1 << 20
    bomb = scene.git("-c", "core.compression=1", "hash-object", "-w", "--stdin", data=b"#" * (16 * mebi))
    # An object whose head states 5 GB, under a name that nobody can check without unpacking it.
    stated = "5" * 40
    path = scene.root / ".git/objects" / stated[:2] / stated[2:]
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(zlib.compress(b"blob 5000000000\0" + bytes(1000)))
    runs = scene.git("mktree", "--missing", data=f"100644 blob {stated}\tmetrics.json\n".encode())
    scene.commit_tree([("100644", bomb, ".metricgate.yaml"), ("100644", stated, "metrics.json"), ("040000", runs, "runs")])
    short = scene.short("main")
    most = "it has 5,000,000,000 bytes; at most 4,294,967,296 bytes are read"
    scene.refuses_ways(["revision", "file", "candidate", "convert", "doctor"], f"git:{short}:metrics.json: {most}")
    scene.refuses_ways(["folder"], f"git:{short}:runs: holds more than 4,294,967,296 bytes; name the folder that is meant")
    scene.refuses_ways(["policy", "validate"], f"git:{short}:.metricgate.yaml: it has 16,777,216 bytes; at most 1,048,576 bytes are read")
    if "ASAN_OPTIONS" not in scene.environment:
        taken = scene.memory(WAYS["validate"]) - scene.memory(["validate"])
        if taken > 8 * 1024:
            scene.complain(["validate"], f"a policy of 16 MiB was unpacked: {taken} KiB more than a small one takes")
    # One whose head states less than it holds.
    path.write_bytes(zlib.compress(b"blob 10\0" + bytes(16 * mebi), 1))
    damaged = "cannot be read, the repository may be damaged (`git fsck`): "
    scene.refuses_ways(["revision", "file"], f"git:{short}:metrics.json: blob {stated[:12]} {damaged}its loose object holds more than its head states")
    scene.git("update-ref", "refs/heads/main", base)
    scene.passes_ways()


def damaged_objects(scene):
    damaged = "cannot be read, the repository may be damaged (`git fsck`): "
    base = scene.short("main")

    def mismatch(wanted, got):
        return f"object hash mismatch - expected {wanted} but got {got}"[:120] + "..."

    def id_of(revision):
        return scene.git("rev-parse", revision)

    def swap(revision, other):
        """Another object under the name; what to say of it."""
        told = mismatch(id_of(revision), id_of(other))
        path, content = scene.object_file(revision), scene.object_file(revision).read_bytes()
        path.write_bytes(scene.object_file(other).read_bytes())
        return path, content, told

    path, content, told = swap("main:metrics.json", "change:metrics.json")
    name = f"git:{base}:metrics.json: blob {id_of('main:metrics.json')[:12]} {damaged}"
    scene.refuses_ways(["revision", "file", "candidate", "auto", "merge base", "convert", "doctor"], name + told)
    path.write_bytes(content[:len(content) - 4])
    scene.refuses_ways(["revision", "file", "doctor"], name + "its loose object is cut off")
    path.write_bytes(b"")
    scene.refuses_ways(["revision", "file"], name + "its loose object is cut off")
    path.write_bytes(content)

    path, content, told = swap("main:.metricgate.yaml", "change:metrics.json")
    scene.refuses_ways(["policy", "validate"], f"git:{base}:.metricgate.yaml: blob {id_of('main:.metricgate.yaml')[:12]} {damaged}{told}")
    path.write_bytes(content)

    path, content, told = swap("main:runs/metrics.json", "change:runs/plots/metrics/accuracy.tsv")
    scene.refuses_ways(["folder"], f"git:{base}:runs: blob {id_of('main:runs/metrics.json')[:12]} {damaged}{told}")
    path.write_bytes(content)

    # A tree in which the change's files stand.
    path, content, told = swap("main^{tree}", "change^{tree}")
    scene.refuses_ways(["revision", "file", "doctor"], f"git:{base}:metrics.json: the commit's tree {damaged}{told}")
    path.write_bytes(content)

    # A commit under the name of another.
    full, other = id_of("main"), id_of("change")
    path = scene.object_file("main")
    content = path.read_bytes()
    path.write_bytes(scene.object_file("change").read_bytes())
    told = mismatch(full, other)
    scene.refuses_ways(["revision", "file", "folder", "candidate", "policy", "validate", "convert", "doctor", "merge base"],
                       f"revision 'refs/heads/main': object {base} cannot be read: {told}")
    path.write_bytes(content)
    scene.passes_ways()

    # The same in a pack: one bit of its content.
    scene.git("repack", "-q", "-a", "-d")
    pack = next((scene.root / ".git/objects/pack").glob("*.pack"))
    good = pack.read_bytes()
    pack.chmod(0o600)
    verify = scene.git("verify-pack", "-v", str(pack.with_suffix(".idx")))
    offset = int(re.search(rf"^{full} commit \d+ \d+ (\d+)", verify, re.MULTILINE).group(1))
    pack.write_bytes(good[:offset + 20] + bytes([good[offset + 20] ^ 1]) + good[offset + 21:])
    for way in ("revision", "folder", "policy", "merge base"):
        counted["refusals"] += 1
        code, out, error = scene.run(WAYS[way])
        if code != 2 or out or "cannot be read: " not in error and "damaged" not in error:
            scene.complain(WAYS[way], f"a damaged pack: exit {code}, {out + error!r}")
    pack.write_bytes(good)
    scene.passes_ways()


def lfs_pointers(scene):
    pointer = b"version https://git-lfs.github.com/spec/v1\noid sha256:" + b"a" * 64 + b"\nsize 12\n"
    base = scene.git("rev-parse", "main")
    scene.commit_tree([("100644", pointer, ".metricgate.yaml"), ("100644", pointer, "metrics.json")])
    short = scene.short("main")
    told = (
        "is a Git LFS pointer, and no commit holds what it points to; keep this file out of Git LFS, "
        "or give the file itself, after `git lfs pull`, in place of a revision (--baseline FILE)"
    )
    scene.refuses_ways(["revision", "file", "candidate", "convert", "doctor"], f"main:metrics.json: {told}")
    scene.refuses_ways(["policy", "validate"], f"main:.metricgate.yaml: {told}")
    scene.git("update-ref", "refs/heads/main", base)
    scene.passes_ways()


def sha256_repository(scene):
    scene.git("init", "-q", "-b", "main", "--object-format=sha256", "sha256", folder=scene.scratch)
    folder = scene.scratch / "sha256"
    for name in ("metrics.json", ".metricgate.yaml"):
        shutil.copy(scene.root / name, folder)
    scene.git("add", "-A", folder=folder)
    scene.git("commit", "-q", "-m", "base", folder=folder)
    shutil.copytree(scene.root / "runs", folder / "runs")
    told = f"{folder}: the repository uses SHA-256 object ids, which libgit2 cannot read; compare files with --baseline FILE instead"
    for way in WAYS:
        if way != "doctor":
            scene.refuses(WAYS[way], told, folder=folder)
    scene.passes(["check", "--baseline", "../base.json"], folder=folder)


def worktree_without_its_parent(scene):
    scene.git("worktree", "add", "-q", "-b", "other", "../tree", "change")
    tree = scene.scratch / "tree"
    for way in ("revision", "file", "folder", "policy", "merge base", "auto"):
        scene.passes(WAYS[way], folder=tree)
    scene.root.rename(scene.scratch / "away")
    lost = f"failed to resolve path '{scene.root}/.git/worktrees/tree': No such file or directory"
    for way in ("revision", "file", "folder", "policy", "merge base", "auto", "validate", "convert"):
        scene.refuses(WAYS[way], f"{tree}: the git repository cannot be opened: {lost}", folder=tree)
    (scene.scratch / "away").rename(scene.root)
    scene.passes(WAYS["revision"], folder=tree)


def git_files_that_point_out(scene):
    decoy = scene.scratch / "decoy"
    shutil.copytree(scene.root, decoy, ignore=shutil.ignore_patterns(".git"))
    (decoy / ".git").write_text(f"gitdir: {scene.root}/.git\n")
    trust = "; pass --trust-repository if that is meant"
    for way in ("revision", "file", "folder", "policy", "auto", "merge base", "validate", "convert"):
        scene.refuses(WAYS[way], f"{decoy}: .git points to ROOT/.git, which does not point back{trust}", folder=decoy)
    scene.passes([*WAYS["revision"], "--trust-repository"], folder=decoy)
    (decoy / ".git").unlink()
    (decoy / ".git").symlink_to(scene.root / ".git")
    scene.refuses(WAYS["revision"], f"{decoy}: .git points to ROOT/.git, which does not point back{trust}", folder=decoy)
    scene.git("config", "core.worktree", str(decoy))
    scene.refuses_ways(["revision", "file", "policy", "auto"], f"ROOT: its core.worktree points to {decoy}/{trust}")
    scene.git("config", "--unset", "core.worktree")
    scene.passes_ways()


def line_ends_and_forms_of_names(scene):
    scene.git("config", "core.autocrlf", "true")
    scene.write("metrics.json", '{"accuracy": 0.91}\r\n')
    scene.write("runs/metrics.json", '{"accuracy": 0.91}\r\n')
    scene.passes_ways()
    composed, decomposed = "caf\u00e9.json", "cafe\u0301.json"
    scene.git("config", "core.precomposeUnicode", "true")
    scene.git("checkout", "-q", "-f", "main")
    scene.write(decomposed, '{"accuracy": 0.9}\n')
    scene.commit("a name")
    scene.git("checkout", "-q", "-b", "names")
    scene.write(decomposed, '{"accuracy": 0.91}\n')
    scene.refuses(["check", decomposed, "--baseline", f"git:main:{composed}"],
                  f"git:main:{composed}: commit {scene.short('main')} has no such file or folder (in bytes: caf\\xc3\\xa9.json)")
    scene.refuses(["check", composed, "--baseline-rev", "main"], f"{composed}: does not exist; check the path (in bytes: caf\\xc3\\xa9.json)")
    scene.passes(["check", decomposed, "--baseline", f"git:main:{decomposed}"])
    scene.passes(["check", decomposed, "--baseline-rev", "main"])
    (scene.root / decomposed).rename(scene.root / composed)
    # Not there at the baseline: nothing is compared, and that is no pass.
    counted["refusals"] += 1
    code, out, error = scene.run(["check", composed, "--baseline-rev", "main"])
    if code != 3 or error != "metricgate: undecided (exit 3)\n" or "NOT COMPARED" not in out:
        scene.complain(["check", composed], f"exit {code}: {out} {error}")


def texts_that_are_no_revision(scene):
    """Fourteen that git would evaluate, search or execute."""
    hostile = ["--upload-pack=touch x", "HEAD:../..", "HEAD@{1 year ago}", "@{-1}", ":/base", "HEAD^{/ba.*}", "HEAD^{tree}", "main..change",
               "^main", "HEAD~99999999999", "../../etc/passwd", "$(touch x)", "main\nchange", "a" * 5000]
    refused = r"wanted HEAD, a branch, a tag, refs/\.\.\. or 7 to 40 hexadecimal digits, each with any number of ~N or \^N$"
    # Of git:REVISION:PATH these two are no revision at all.
    others = {"git::/base:metrics.json": r"wanted git:REVISION:PATH, for example git:main:eval/predictions\.csv$",
              "git:HEAD:../..:metrics.json": r"the path must be relative to the repository's root and stay inside$"}
    for (number, text), (way, arguments) in itertools.product(enumerate(hostile), {
            "revision": ["check", "--baseline-rev={}"], "merge base": ["check", "--baseline-merge-base={}"],
            "policy": ["check", "--baseline", "../base.json", "--policy-rev={}"], "validate": ["validate", "--policy-rev={}"],
            "file": ["check", "--baseline", "git:{}:metrics.json"]}.items()):
        # All by two ways, and a third of them by each of the others, which end in the same place.
        if way not in ("revision", "file") and number % 3 != len(way) % 3:
            continue
        counted["refusals"] += 1
        code, out, error = scene.run([word.replace("{}", text) for word in arguments])
        lines = error.splitlines()
        wanted = others.get(f"git:{text}:metrics.json", refused) if way == "file" else refused
        if code != 2 or out or len(lines) != 2 or lines[1] != "metricgate: could_not_judge (exit 2)" or len(lines[0]) > 400 or not re.search(
                wanted, lines[0]):
            scene.complain([way, text[:40]], f"exit {code}: {out + error!r}")
    if (scene.root / "x").exists():
        scene.complain(["touch x"], "was executed")
    scene.passes_ways(["revision", "file", "policy", "merge base", "validate"])


def links_that_outputs_would_follow(scene):
    """A change commits links under the names that reports, stores and files of `init` get, and each leads to what is not the change's to write."""
    judged = ["check", "--baseline", "../base.json"]
    recorded = ["log", "a=1", "--commit", "none", "--store"]
    scene.passes([*judged, "--report=json=../victim"])  # another run's report, which this one would empty
    scene.passes(["convert", "metrics.json", "-o", "../converted"])
    victim = (scene.scratch / "victim").read_bytes()
    scene.write("../folder/kept", "")
    scene.write("inside/report.json", "")
    for name, target in {"out.json": "../victim", "git.json": ".git/config", "absolute.json": str(scene.scratch / "victim"), "chain.json": "out.json",
                         "new.json": "../new", "folder": "../folder", "inner.json": "inside/report.json", "inner": "inside", "values.db": "../new.db",
                         "values.jsonl": "../new.jsonl", "null.json": "/dev/null",
                         "converted.json": "../converted", "own.db-wal": "../new.wal", ".gitlab": "../folder"}.items():
        (scene.root / name).symlink_to(target)
    scene.commit("links")
    config = (scene.root / ".git/config").read_bytes()

    def said(link, target, name=None, way="out of the repository", kind="file"):
        end = f"the device {target}" if kind == "device" else target
        through = f"goes through a symbolic link {way} ({name}, to {end})" if name else f"is a symbolic link {way} (to {end})"
        return f"{link}: {through}, which a change can commit; name the {kind} itself, or remove the link"

    scene.refuses([*judged, "--report=json=out.json"], said("out.json", "../victim"))
    scene.refuses([*judged, "--report=json=../work/out.json"], said("../work/out.json", "../victim"))
    scene.refuses([*judged, "--report=json=git.json"], said("git.json", ".git/config", way="into .git"))
    scene.refuses([*judged, "--report=json=../../.." + str(scene.root) + "/git.json"], said("../../.." + str(scene.root) + "/git.json", ".git/config", way="into .git"))
    scene.refuses([*judged, "--report=junit=absolute.json"], said("absolute.json", scene.scratch / "victim"))
    scene.refuses([*judged, "--report=junit=chain.json"], said("chain.json", "../victim", "out.json"))
    scene.refuses([*judged, "--report=json=null.json"], said("null.json", "/dev/null", kind="device"))
    scene.refuses([*judged, "--report=json=new.json"], said("new.json", "../new"))
    scene.refuses([*judged, "--report=json=folder/report.json"], said("folder/report.json", "../folder", "folder"))
    scene.refuses([*judged, "--report=json=inner/../folder/report.json"], said("inner/../folder/report.json", "../folder", "folder"))
    scene.refuses(["convert", "metrics.json", "-o", "out.json"], said("out.json", "../victim"))
    scene.refuses(["convert", "metrics.json", "-o", "converted.json"], said("converted.json", "../converted"))
    scene.refuses([*recorded, "values.jsonl"], said("values.jsonl", "../new.jsonl"), closing="not_recorded")
    scene.refuses([*recorded, "values.db"], said("values.db", "../new.db"), closing="not_recorded")
    scene.refuses([*recorded, "own.db"], said("own.db-wal", "../new.wal"), closing="not_recorded")
    (scene.root / ".metricgate.yaml").unlink()
    (scene.root / ".gitlab-ci.yml").write_text("")
    scene.refuses(["init", "metrics.json", "--ci", "gitlab"], said(".gitlab/metricgate.yml", "../folder", ".gitlab"), closing="nothing_written")
    scene.git("checkout", "-q", "HEAD", "--", ".metricgate.yaml")
    if (scene.scratch / "victim").read_bytes() != victim or (scene.root / ".git/config").read_bytes() != config:
        scene.complain(["links"], "was written through or emptied")
    if list(scene.scratch.glob("new*")) or [each.name for each in (scene.scratch / "folder").iterdir()] != ["kept"]:
        scene.complain(["links"], "something new was written outside")
    # Links that stay inside or lie outside are followed as ever, and devices are written to.
    (scene.scratch / "own.json").symlink_to("victim")
    for place in ("inner.json", "inner/report.json", "../own.json", "/dev/null", "/dev/stderr"):
        scene.passes([*judged, f"--report=junit={place}"])
    if (scene.scratch / "victim").read_bytes() == victim or not (scene.scratch / "own.json").is_symlink():
        scene.complain(["../own.json"], "was not written through")
    # Without git the current folder stands for the work tree, as in an unpacked archive.
    (scene.root / ".git").rename(scene.scratch / "elsewhere")
    victim = (scene.scratch / "victim").read_bytes()
    scene.refuses([*judged, "--report=json=out.json"], said("out.json", "../victim", way="out of the current folder"))
    if (scene.scratch / "victim").read_bytes() != victim:
        scene.complain(["out.json"], "was written through, without a repository")
    for place in ("inner.json", "../own.json", "/dev/null"):
        scene.passes([*judged, f"--report=junit={place}"])


FIXTURES = [nothing_wrong, symbolic_links, submodule_entries, tag_that_shadows_a_branch, replace_references, shallow_clones, partial_clones,
            executed_by_configuration, circles_of_includes, blob_bombs, damaged_objects, lfs_pointers, sha256_repository, worktree_without_its_parent,
            links_that_outputs_would_follow, git_files_that_point_out, line_ends_and_forms_of_names, texts_that_are_no_revision]


def give(path, user):
    for folder, _, files in os.walk(path):
        os.chown(folder, user, user)
        for name in files:
            os.chown(os.path.join(folder, name), user, user, follow_symlinks=False)


def become(user):
    os.setgroups([])
    os.setgid(user)
    os.setuid(user)


def owners(binary, template):
    """Root's and nobody's work tree and .git, each read by root and by nobody. As root only."""
    for owner, reader, part in itertools.product((0, NOBODY), (0, NOBODY), ("work tree", ".git", "both")):
        scene = Scene(f"{part} of user {owner}, read by user {reader}", binary, template)
        other = NOBODY if owner == 0 else 0
        give(scene.scratch, other)
        if part != "work tree":
            give(scene.root / ".git", owner)
        if part == "both":
            give(scene.root, owner)
        if part == "work tree":
            give(scene.root, owner)
            give(scene.root / ".git", other)
        os.chown(scene.scratch, reader, reader)
        mine = part == "both" and owner == reader
        told = (f"ROOT: the repository belongs to another user; allow it with `git config --global --add safe.directory {scene.root}`, or pass "
                "--trust-repository")
        child = os.fork()
        if child == 0:
            status = 1
            try:
                problems.clear()
                become(reader)
                ways = ["revision", "file", "policy", "doctor"]
                if mine:
                    scene.passes_ways(ways)
                else:
                    scene.refuses_ways(ways, told)
                    for way in ("revision", "doctor"):
                        scene.passes([*WAYS[way], "--trust-repository"])
                    # Nothing but the exact path allows it.
                    (scene.scratch / ".gitconfig").write_text(f"[safe]\n\tdirectory = {scene.scratch}\n")
                    scene.refuses(WAYS["revision"], told)
                    (scene.scratch / ".gitconfig").write_text(f"[safe]\n\tdirectory = {scene.root}\n")
                    scene.passes(WAYS["revision"])
                print("".join(f"{problem}\n" for problem in problems), end="", flush=True)
                status = 1 if problems else 0
            except BaseException:
                traceback.print_exc()
            os._exit(status)
        if os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) != 0:
            problems.append(f"{scene.name}: see above")
        counted["refusals"] += 0 if mine else 5
        scene.remove()


def try_all(binary, who):
    template = Scene("template", binary, None)
    try:
        template.fill()
        for fixture in FIXTURES:
            scene = Scene(f"{who}: {fixture.__name__}", binary, template)
            try:
                fixture(scene)
            except (AssertionError, OSError, subprocess.SubprocessError) as error:
                problems.append(f"{scene.name}: {error!r}")
            finally:
                scene.remove()
        if os.geteuid() == 0:
            owners(binary, template)
    finally:
        template.remove()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--binary", required=True)
    parser.add_argument("--only")
    options = parser.parse_known_args()[0]
    binary = str(pathlib.Path(options.binary).resolve())
    if options.only:
        FIXTURES[:] = [fixture for fixture in FIXTURES if options.only in fixture.__name__]
    child = 0
    if os.geteuid() == 0:
        child = os.fork()
        if child == 0:
            become(NOBODY)
    else:
        print("not root: as this user alone, and no repository of another user was tried")
    who = f"as user {os.geteuid()}"
    if not os.access(binary, os.X_OK):
        sys.exit(f"{who}: {binary} cannot be executed; the build's folder must be open to others")
    try_all(binary, who)
    print("".join(f"{problem}\n" for problem in problems), end="")
    print(f"{who}: {counted['refusals']} refusals, {counted['passes']} passes, {len(problems)} problems", flush=True)
    if child != 0 and os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) != 0:
        sys.exit("as another user: see above")
    sys.exit(1 if problems else 0)


main()
