#!/usr/bin/env python3
"""Every package is built from the tree's own rules, installed into a clean folder, and run from there: `cmake --install`, the
.tar.gz and, by dpkg with a database of its own, the .deb, which is also removed again. The man page is read by mandoc, the completions by their shells where those are installed."""
import argparse
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

EVALUATION = "id,label,prediction\n" + "".join(f"e{i},{i % 2},{(i + (i % 10 == 0)) % 2}\n" for i in range(200))
POLICY = "version: 1\ninputs:\n  eval: {columns: {id: id, label: label, prediction: prediction}}\nchecks:\n  - {id: accuracy, metric: accuracy, min: %s}\n"
SAMPLE = pathlib.Path(__file__).resolve().parents[1] / "data" / "parquet" / "small.parquet"
PARTS = ("bin/metricgate", "share/man/man1/metricgate.1", "share/bash-completion/completions/metricgate", "share/zsh/site-functions/_metricgate",
         "share/fish/vendor_completions.d/metricgate.fish", "share/doc/metricgate/LICENSE", "share/metricgate/schemas/policy.schema.json")


def run(*command, expect=0, **options):
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, **options)
    if done.returncode != expect:
        sys.exit(f"{' '.join(map(str, command))}: exit {done.returncode}, wanted {expect}\n{done.stdout}{done.stderr}")
    return done.stdout


def only(folder, pattern):
    found = sorted(folder.glob(pattern))
    if len(found) != 1:
        sys.exit(f"{pattern}: {len(found)} files in {folder}, wanted one")
    return found[0]


def check_program(binary, version, commit, scratch):
    text = run(binary, "--version").strip()
    if not re.fullmatch(re.escape(f"metricgate {version}") + rf" \(commit {commit}\+?\)" if commit else f"metricgate {version}", text):
        sys.exit(f"{binary} --version says '{text}', wanted version {version} and commit {commit}")
    (scratch / "evaluation.csv").write_text(EVALUATION)
    for least, code in (("0.85", 0), ("0.95", 1)):
        (scratch / "policy.yaml").write_text(POLICY % least)
        run(binary, "check", "evaluation.csv", "-p", "policy.yaml", "--baseline", "baseline.csv", cwd=scratch, expect=code)
    linked = run("ldd", binary)
    if "arrow" in linked and "/usr/lib" not in linked.split("arrow", 1)[1].splitlines()[0]:
        sys.exit(f"{binary} is linked with the Arrow of a wheel:\n{linked}")
    if "arrow" not in linked:
        shutil.copy(SAMPLE, scratch / "evaluation.parquet")
        run(binary, "check", "evaluation.parquet", "-p", "policy.yaml", "--baseline", "baseline.csv", cwd=scratch, expect=2)


def check_tree(name, prefix, version, commit):
    missing = [part for part in PARTS if not (prefix / part).is_file()]
    if missing:
        sys.exit(f"{name}: {', '.join(missing)} missing")
    with tempfile.TemporaryDirectory() as scratch:
        scratch = pathlib.Path(scratch)
        (scratch / "baseline.csv").write_text(EVALUATION.replace("e1,1,1", "e1,1,0"))
        check_program(prefix / "bin/metricgate", version, commit, scratch)
    print(f"{name}: installed and run")


def check_described(prefix):
    lint = subprocess.run(["mandoc", "-Tlint", "-Wwarning", prefix / PARTS[1]], capture_output=True, text=True)
    # The page has no date: the same version is the same page, whenever it is built.
    complaints = [line for line in lint.stdout.splitlines() if "missing date" not in line]
    if complaints:
        sys.exit("man page: " + "\n".join(complaints))
    for command in run(prefix / "bin/metricgate", "--help").split("Subcommands:")[1].splitlines():
        if command.startswith("  ") and f".SS {command.split()[0]}\n" not in (prefix / PARTS[1]).read_text():
            sys.exit(f"man page: no section on `{command.split()[0]}`")
    completed = run("bash", "-c", f"""PATH={prefix}/bin:$PATH; . {prefix / PARTS[2]}
        try() {{ COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _metricgate; echo "${{COMPREPLY[*]}}"; }}
        try metricgate ch; try metricgate check --base; try metricgate list me; try metricgate check --report js""").splitlines()
    wanted = ["check", "--baseline --baseline-rev --baseline-merge-base --baseline-run", "metrics methods", "json"]
    if completed != wanted:
        sys.exit(f"bash completion: {completed}, wanted {wanted}")
    for shell, part in (("zsh", PARTS[3]), ("fish", PARTS[4])):
        if shutil.which(shell):
            run(shell, "-n", prefix / part)
    print("man page and completions: read")


def dpkg(root, *arguments, **options):
    """dpkg as a user, on a system below `root`."""
    return run("dpkg", f"--root={root}", f"--log={root}.log", "--force-not-root", "--force-bad-path", *arguments, **options)


def entries(root):
    """What a package may leave in a system: all but dpkg's own records."""
    return sorted(str(path.relative_to(root)) for path in root.rglob("*") if pathlib.Path("var/lib/dpkg") not in path.relative_to(root).parents)


def check_debian_package(package, root, version, commit):
    records = root / "var/lib/dpkg"
    (records / "info").mkdir(parents=True)
    (records / "updates").mkdir()
    (records / "status").write_text("")
    before = entries(root)
    dpkg(root, "--install", package, expect=1)  # nothing that it depends on is there
    if "Status: install ok unpacked" not in dpkg(root, "--status", "metricgate"):
        sys.exit(".deb: taken for installed although what it depends on is missing")
    dpkg(root, "--purge", "metricgate")
    # With the records of this system, dpkg holds what the package depends on against what is installed here.
    shutil.copy("/var/lib/dpkg/status", records / "status")
    dpkg(root, "--install", package)
    if "Status: install ok installed" not in dpkg(root, "--status", "metricgate"):
        sys.exit(".deb: not installed: " + dpkg(root, "--status", "metricgate"))
    check_tree(".deb", root / "usr", version, commit)
    strange = [name for name in entries(root) if name not in before and not name.startswith("usr")]
    if strange:
        sys.exit(f".deb: puts {', '.join(strange)} outside of usr")
    dpkg(root, "--verify", "metricgate")
    dpkg(root, "--purge", "metricgate")
    if entries(root) != before:
        sys.exit(f".deb: removed, and left {sorted(set(entries(root)) - set(before))}")
    print(".deb: removed again without a trace")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", required=True, type=pathlib.Path)
    parser.add_argument("--root", required=True, type=pathlib.Path)
    options = parser.parse_args()
    version = (options.root / "VERSION").read_text().strip()
    commit = ""
    if (options.root / ".git").exists():
        commit = run("git", "-C", options.root, "rev-parse", "--short=12", "HEAD").strip()
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        run("cmake", "--install", options.build, "--prefix", folder / "installed")
        check_tree("cmake --install", folder / "installed", version, commit)
        check_described(folder / "installed")

        run("cpack", "--config", options.build / "CPackConfig.cmake", "-B", folder / "packed")
        archive = only(folder / "packed", "*.tar.gz")
        (folder / "unpacked").mkdir()
        run("tar", "-xzf", archive, "--strip-components=1", "-C", folder / "unpacked")
        check_tree(".tar.gz", folder / "unpacked", version, commit)

        package = only(folder / "packed", "*.deb")
        check_debian_package(package, folder / "root", version, commit)
        needs = run("dpkg-deb", "-f", package, "Depends")
        for library in ("libgit2", "libcurl4", "libyaml-cpp", "libsimdjson", "libc6"):
            if library not in needs:
                sys.exit(f".deb: Depends is '{needs.strip()}', wanted {library} among them")
    print("3 passed, 0 failed")


main()
