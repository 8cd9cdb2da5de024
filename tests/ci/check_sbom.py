#!/usr/bin/env python3
"""The list of what is in the program (packaging/make_sbom.py) follows CycloneDX's published schema, and is held against what other tools say of
the program: the libraries that a running one has in its memory, `--version --verbose`, dpkg, the linker's table and npm's lock file."""
import hashlib
import json
import pathlib
import re
import socket
import subprocess
import tempfile

from scene import BINARY, ROOT, TOOLS, Case, clean_environment, main, run

PYTHON = TOOLS.parent / "python" / "bin" / "python"
# Loaded when they are needed first (src/sources/late_library.h), so that the program's dynamic section does not name them.
LATE = ("libcurl.so.", "libgit2.so.")
# How the program calls libraries whose package has another name.
HEADERS = {"libboost1.74-dev", "libcli11-dev", "libfast-float-dev", "nlohmann-json3-dev"}
PACKAGED_AS = {"Boost": "libboost1.74-dev", "SQLite": "libsqlite3-0", "curl": "libcurl4", "nlohmann_json": "nlohmann-json3-dev", "zlib": "zlib1g"}
VALIDATE = """
import json, sys
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from license_expression import get_spdx_licensing
from packageurl import PackageURL
text = sys.stdin.read()
problem = JsonStrictValidator(SchemaVersion.V1_5).validate_str(text)
if problem:
    print(problem)
document = json.loads(text)
licensing = get_spdx_licensing()
for each in [document["metadata"]["component"], *document["components"]]:
    if PackageURL.from_string(each["purl"]).to_string() != each["purl"]:
        print("no canonical purl:", each["purl"])
    for licence in each["licenses"]:
        for mistake in licensing.validate(licence["expression"]).errors if "expression" in licence else ["no expression of SPDX"]:
            print(each["name"], licence, mistake)
"""


def libraries_in_memory(binary, folder):
    """The files of libraries that a run has mapped when it has read a policy, for whose digest libgit2 is loaded, and has asked a tracker, for
    which libcurl is."""
    (folder / "policy.yaml").write_text("version: 1\ninputs: {m: {kind: metrics}}\nchecks: [{id: a, metric: accuracy, min: 0.5}]\n")
    with socket.create_server(("127.0.0.1", 0)) as tracker:
        tracker.settimeout(60)
        environment = clean_environment(folder, MLFLOW_TRACKING_URI=f"http://127.0.0.1:{tracker.getsockname()[1]}")
        waiting = subprocess.Popen([binary, "check", "-p", "policy.yaml", "mlflow:runs/" + "0" * 32], cwd=folder, env=environment,
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            with tracker.accept()[0]:
                maps = pathlib.Path(f"/proc/{waiting.pid}/maps").read_text()
        finally:
            waiting.kill()
            waiting.communicate()
    return {path for path in re.findall(r"(/\S+\.so[.\d]*)$", maps, re.MULTILINE) if "/ld-linux" not in path}


def packages_of(paths):
    """The Debian package of each file, in one question: dpkg knows a file of a merged /usr by one of two names."""
    paths = sorted(paths)
    done = subprocess.run(["dpkg-query", "-S", *paths, *(path.removeprefix("/usr") for path in paths)], capture_output=True, text=True)
    owners = {path.removeprefix("/usr"): owner for owner, path in re.findall(r"^([^:\n]+):\S* (/.+)$", done.stdout, re.MULTILINE)}
    return {path: owners[path.removeprefix("/usr")] for path in paths}


def dynamic_sections(paths):
    """What each file calls itself, and the names that it asks for."""
    said = subprocess.run(["readelf", "--dynamic", "--wide", *paths], capture_output=True, text=True, check=True).stdout
    sections = re.split(r"^File: (.+)$", said, flags=re.MULTILINE)[1:]
    names = [re.search(r"\(SONAME\).*\[(.+)\]", section) for section in sections[1::2]]
    return {path: (name and name[1], set(re.findall(r"\(NEEDED\).*\[(.+)\]", section)))
            for path, name, section in zip(sections[::2], names, sections[1::2], strict=True)}


class Sbom(Case):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory(prefix="metricgate-ci-")
        cls.addClassCleanup(folder.cleanup)
        cls.folder = pathlib.Path(folder.name)
        cls.environment = clean_environment(cls.folder, SOURCE_DATE_EPOCH="1")
        run(["cmake", "--install", BINARY.parent, "--strip", "--prefix", cls.folder / "installed"], ROOT, cls.environment)
        cls.program = cls.folder / "installed" / "bin" / "metricgate"
        cls.owners = packages_of(libraries_in_memory(cls.program, cls.folder))
        cls.dynamic = dynamic_sections([str(cls.program), *cls.owners])
        cls.files = {cls.dynamic[path][0]: path for path in cls.owners}
        cls.late = [name for name in cls.files if name.startswith(LATE)]
        if len(cls.late) != len(LATE):
            raise AssertionError(f"{cls.late} are loaded late, wanted {LATE}")
        cls.text = cls.list_of(cls.program)
        cls.document = json.loads(cls.text)
        cls.debian, cls.npm = ({each["name"]: each for each in cls.document["components"] if each["purl"].startswith(f"pkg:{kind}/")} for kind in ("deb", "npm"))

    @classmethod
    def list_of(cls, program):
        run(["python3", "packaging/make_sbom.py", "--binary", program, "--version", "1.2.3", "--out", cls.folder / "list"], ROOT, cls.environment)
        return (cls.folder / "list").read_text()

    def asked_by(self, reference):
        purls = next(each["dependsOn"] for each in self.document["dependencies"] if each["ref"] == reference)
        return {each["name"] for each in self.document["components"] if each["purl"] in purls}

    def test_it_follows_the_schema_and_names_packages_and_licences_as_others_read_them(self):
        done = subprocess.run([PYTHON, "-c", VALIDATE], input=self.text, capture_output=True, text=True)
        self.assertEqual((done.stdout, done.stderr, done.returncode), ("", "", 0))

    def test_the_same_program_makes_the_same_bytes(self):
        self.assertEqual(self.text, self.list_of(self.program))

    def test_it_names_the_program_by_its_digest(self):
        digest = self.document["metadata"]["component"]["hashes"]
        self.assertEqual(digest, [{"alg": "SHA-256", "content": hashlib.sha256(self.program.read_bytes()).hexdigest()}])

    def test_every_library_in_the_memory_of_a_run_is_listed_and_no_other(self):
        self.assertGreater(len(self.owners), 40)
        self.assertEqual(sorted(self.debian), sorted({*self.owners.values(), *HEADERS}))

    def test_versions_are_those_that_the_program_and_dpkg_say(self):
        lines = run([self.program, "--version", "--verbose"], ROOT, self.environment).stdout.splitlines()[1:]
        said = dict(line.rsplit(" ", 1) for line in lines if line != "without Arrow C++")
        self.assertGreaterEqual(len(said), 13)
        for name, version in said.items():
            plain = re.compile(r"(lib)?" + re.escape(name.lower().replace("_", "-")) + r"[-.\d]*(-dev)?")
            package = PACKAGED_AS.get(name) or next(each for each in self.debian if plain.fullmatch(each))
            self.assertEqual(re.match(r"(?:\d+:)?([\d.]+?)[.+]?(ds|dfsg|\+|-|$)", self.debian[package]["version"])[1].rstrip("."), version)
        installed = run(["dpkg-query", "-W", "-f", "${Package}:${Version}\n"], ROOT, self.environment).stdout
        for name, each in self.debian.items():
            self.assertIn(f"{name}:{each['version']}\n", installed)

    def test_what_the_program_asks_for_itself_is_its_dynamic_section_and_what_it_loads_late(self):
        wanted = self.dynamic[str(self.program)][1]
        self.assertEqual(wanted & set(self.late), set())
        asked = {self.owners[self.files[name]] for name in wanted | set(self.late)}
        self.assertEqual(sorted(self.asked_by("pkg:generic/metricgate@1.2.3")), sorted({*asked, *HEADERS, *self.npm}))

    def test_what_is_loaded_late_is_what_the_debian_package_depends_on_besides_what_its_tools_find(self):
        depends = re.search(r'CPACK_DEBIAN_PACKAGE_DEPENDS "(.+)"', (BINARY.parent / "CPackConfig.cmake").read_text())[1]
        self.assertEqual(sorted(each.split()[0] for each in depends.split(", ")), sorted(self.owners[self.files[name]] for name in self.late))

    def test_every_library_asks_for_what_its_dynamic_section_says(self):
        asked = {package: set() for package in self.owners.values()}
        for path, package in self.owners.items():
            asked[package] |= {self.owners[self.files[name]] for name in self.dynamic[path][1] if not name.startswith("ld-linux")} - {package}
        self.assertEqual({package: self.asked_by(self.debian[package]["purl"]) for package in asked}, asked)

    def test_packages_of_the_report_are_those_of_the_lock_file(self):
        lock = json.loads((ROOT / "web" / "package-lock.json").read_text())["packages"]
        self.assertGreater(len(self.npm), 40)
        for each in self.document["components"]:
            if each["purl"].startswith("pkg:npm/"):
                places = [place for name, place in lock.items() if name.endswith("node_modules/" + each["name"]) and place["version"] == each["version"]]
                self.assertTrue(places, each["name"])
                self.assertEqual(each["licenses"], [{"expression": places[0]["license"]}])

    def test_a_library_of_no_package_is_an_error(self):
        stranger = self.scratch / "libzstd.so.1"
        stranger.write_bytes(pathlib.Path(next(path for path in self.owners if "/libzstd" in path)).read_bytes())
        done = run(["python3", "packaging/make_sbom.py", "--binary", self.program, "--version", "1.2.3", "--out", self.scratch / "list"], ROOT,
                   {**self.environment, "LD_LIBRARY_PATH": str(self.scratch)}, check=False)
        self.assertEqual(done.returncode, 1, done.stdout)
        self.assertIn(f"{stranger}: of no Debian package", done.stdout)


main()
