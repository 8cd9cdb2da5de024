#!/usr/bin/env python3
"""Writes what is in the program as a CycloneDX 1.5 document: every library that is loaded with it or by it, the header-only libraries that were compiled
in, and the packages whose scripts stand in HTML reports.

    make_sbom.py --binary metricgate --version 1.2.3 --out FILE      SOURCE_DATE_EPOCH is its time; the same program, the same bytes

Versions and licences of libraries are those of the Debian packages on this machine, which are what was linked; a file that belongs to no
package (Arrow C++ out of a wheel) is an error. The digest of the program ties the list to it. Licences get the identifier of SPDX where Debian's word for them is one, else they stand as Debian writes them.
"""
import argparse
import datetime
import hashlib
import json
import os
import pathlib
import re
import subprocess
import sys
import urllib.parse
import uuid

ROOT = pathlib.Path(__file__).resolve().parents[1]
# Nothing of these is loaded: they are all headers.
HEADERS = ("/usr/include/CLI/CLI.hpp", "/usr/include/nlohmann/json.hpp", "/usr/include/fast_float/fast_float.h", "/usr/include/boost/version.hpp")
SPDX = {
    "expat": "MIT", "mit": "MIT", "x11": "MIT", "zlib": "Zlib", "curl": "curl", "apache-2.0": "Apache-2.0", "bsd-2-clause": "BSD-2-Clause",
    "bsd-3-clause": "BSD-3-Clause", "bsd-4-clause": "BSD-4-Clause", "bsd3": "BSD-3-Clause", "bsl-1.0": "BSL-1.0", "gpl-2": "GPL-2.0-only", "gpl-2+": "GPL-2.0-or-later",
    "gpl-3+": "GPL-3.0-or-later", "lgpl-3+": "LGPL-3.0-or-later", "isc": "ISC", "openldap-2.8": "OLDAP-2.8", "apache": "Apache-2.0",
    "gpl-2 with linking exception, origin admission": "GPL-2.0-only WITH GCC-exception-2.0", "expat-nginx": "MIT",
    "expat with embedded exception": "MIT WITH fmt-exception",
    "bsd-3-clause-cambridge with binary library-like packages exception": "BSD-3-Clause WITH PCRE2-exception",
}
# What the copyright file says in prose, or of other files than `*`: those that the library is made of.
NAMED = {
    "libc6": "LGPL-2.1-or-later", "libgcc-s1": "GPL-3.0-or-later WITH GCC-exception-3.1", "libstdc++6": "GPL-3.0-or-later WITH GCC-exception-3.1",
    "libgnutls30": "LGPL-2.1-or-later", "librtmp1": "LGPL-2.1-or-later", "libtasn1-6": "LGPL-2.1-or-later",
    "libgssapi-krb5-2": "MIT", "libk5crypto3": "MIT", "libkrb5-3": "MIT", "libkrb5support0": "MIT",
    "libidn2-0": "LGPL-3.0-or-later OR GPL-2.0-or-later", "libkeyutils1": "LGPL-2.0-or-later",
    "libsasl2-2": "BSD-Attribution-HPND-disclaimer",  # Carnegie Mellon's four clauses, the fourth without advertising
    "libsqlite3-0": "blessing",
}


def output(*command):
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"make_sbom.py: {' '.join(map(str, command))}: exit {done.returncode}\n{done.stderr}")
    return done.stdout


def packages_of(paths):
    """The Debian package of each file, whichever of its two names dpkg knows the file by."""
    names = {path: {os.path.realpath(path), os.path.realpath(path).removeprefix("/usr")} for path in paths}
    asked = sorted(set().union(*names.values()))
    lines = subprocess.run(["dpkg-query", "-S", *asked], capture_output=True, text=True).stdout.splitlines()
    owners = {line.rsplit(": ", 1)[1]: line.rsplit(": ", 1)[0].split(",")[0] for line in lines if not line.startswith("diversion")}
    found = {path: next((owners[name] for name in both if name in owners), None) for path, both in names.items()}
    strangers = sorted(path for path, owner in found.items() if owner is None)
    if strangers:
        sys.exit(f"make_sbom.py: {', '.join(strangers)}: of no Debian package, so that versions and licences are not known")
    return found


def late(binary):
    """The libraries that the program loads when it needs them (src/sources/late_library.cpp), whose names are texts in it."""
    names = {name.decode() for name in re.findall(rb"lib(?:git2|curl)\.so\.[\d.]+(?=\x00)", pathlib.Path(binary).read_bytes())}
    if len(names) != 2:
        sys.exit(f"make_sbom.py: {binary} loads {sorted(names)}, wanted libgit2 and libcurl")
    known = dict(re.findall(r"^\s*(\S+) \(.*\) => (/\S+)$", output("/sbin/ldconfig", "-p"), re.MULTILINE))
    return {name: known[name] for name in sorted(names)}


def loaded(binary):
    """Every library that is loaded, by its soname."""
    files = late(binary)
    for path in (binary, *files.values()):
        said = output("ldd", path)
        missing = re.findall(r"(\S+) => not found", said)
        if missing:
            sys.exit(f"make_sbom.py: {path} does not find {missing}")
        files |= dict(re.findall(r"^\s*(\S+) => (/\S+)", said, re.MULTILINE))
    return files


def asked_by(path):
    return re.findall(r"\(NEEDED\).*\[(.+)\]", output("readelf", "--dynamic", "--wide", path))


def expression_of(text):
    """An expression of SPDX for Debian's words, or nothing."""
    words = [SPDX.get(part.strip().lower()) for part in re.split(r"\s+or\s+", text)]
    return " OR ".join(words) if all(words) else None


def licences_of(package):
    name = package.split(":")[0]
    if name in NAMED:
        return [{"expression": NAMED[name]}]
    text = pathlib.Path(f"/usr/share/doc/{name}/copyright").read_text(errors="replace")
    for stanza in re.split(r"\n\s*\n", text):
        if re.search(r"^Files: *\*", stanza, re.MULTILINE):
            found = re.search(r"^License: *(.+)", stanza, re.MULTILINE)
            if found:
                expression = expression_of(found[1].strip())
                return [{"expression": expression}] if expression else [{"license": {"name": found[1].strip()}}]
    sys.exit(f"make_sbom.py: the copyright file of {name} names no licence that this script can read; add it to NAMED")


def library(package):
    version, source, home, machine = output("dpkg-query", "-W", "-f=${Version}\t${source:Package}\t${Homepage}\t${Architecture}", package).split("\t")
    name = package.split(":")[0]
    system = dict(re.findall(r'^(ID|VERSION_ID)="?([^"\n]+)', pathlib.Path("/etc/os-release").read_text(), re.MULTILINE))
    purl = (f"pkg:deb/{system['ID']}/{urllib.parse.quote(name, safe='')}@{urllib.parse.quote(version, safe=':')}"
            f"?arch={machine}&distro={system['ID']}-{system['VERSION_ID']}")
    component = {"type": "library", "bom-ref": purl, "name": name, "version": version, "licenses": licences_of(package), "purl": purl,
                 "properties": [{"name": "debian:source", "value": source}]}
    if home:
        component["externalReferences"] = [{"type": "website", "url": home}]
    return component


def scripts():
    """What web/page.bundle.js holds, by the notices that stand beside it."""
    for names, licence in re.findall(r"^## (.+ \d.*)\n\n(\S+)\n", (ROOT / "web/THIRD_PARTY.md").read_text(), re.MULTILINE):
        for each in names.split(", "):
            name, version = each.rsplit(" ", 1)
            purl = f"pkg:npm/{urllib.parse.quote(name, safe='/')}@{version}"
            yield {"type": "library", "bom-ref": purl, "name": name, "version": version, "licenses": [{"expression": licence}], "purl": purl}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--binary", required=True)
    parser.add_argument("--version", required=True)
    parser.add_argument("--out", required=True, type=pathlib.Path)
    options = parser.parse_args()
    files = loaded(options.binary)
    owners = packages_of([*files.values(), *HEADERS])
    packages = {soname: owners[path] for soname, path in files.items()}
    headers = {owners[path] for path in HEADERS}
    components = {package: library(package) for package in sorted({*packages.values(), *headers})}
    of_page = sorted(scripts(), key=lambda component: component["purl"])
    program = f"pkg:generic/metricgate@{options.version}"
    direct = {packages[soname] for soname in (*asked_by(options.binary), *late(options.binary)) if soname in packages} | headers
    asks = {program: {components[package]["purl"] for package in direct} | {component["purl"] for component in of_page}}
    for soname, path in files.items():
        asks.setdefault(components[packages[soname]]["purl"], set()).update(
            components[packages[other]]["purl"] for other in asked_by(path) if other in packages and packages[other] != packages[soname])
    listed = [*sorted(components.values(), key=lambda component: component["purl"]), *of_page]
    time = datetime.datetime.fromtimestamp(int(os.environ.get("SOURCE_DATE_EPOCH", "0")), datetime.timezone.utc)
    document = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {
            "timestamp": time.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "component": {
                "type": "application", "bom-ref": program, "name": "metricgate", "version": options.version, "purl": program,
                "licenses": [{"expression": "Apache-2.0"}],
                "hashes": [{"alg": "SHA-256", "content": hashlib.sha256(pathlib.Path(options.binary).read_bytes()).hexdigest()}],
            },
        },
        "components": listed,
        "dependencies": [{"ref": each, "dependsOn": sorted(asks.get(each, ()))} for each in [program, *(component["bom-ref"] for component in listed)]],
    }
    # A name for exactly this list.
    document["serialNumber"] = "urn:uuid:" + str(uuid.uuid5(uuid.NAMESPACE_URL, json.dumps(document, sort_keys=True)))
    options.out.write_text(json.dumps(document, indent=2) + "\n")
    print(f"{options.out}: {len(components)} libraries, {len(of_page)} packages of the HTML report")


main()
