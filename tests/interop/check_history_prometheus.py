#!/usr/bin/env python3
# tools: trackers
"""What `metricgate history --report openmetrics` writes, scraped by a real Prometheus, and every query of the Grafana dashboard asked of it: each has an
answer, and the values are those of the JSON report."""
import argparse
import functools
import http.server
import json
import math
import pathlib
import re
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
import urllib.request

parser = argparse.ArgumentParser()
parser.add_argument("--binary", required=True)
parser.add_argument("--root", type=pathlib.Path, required=True)
options = parser.parse_args()
CASE = options.root / "tests" / "cases" / "history-command" / "rings"
DASHBOARD = options.root / "ci-templates" / "grafana" / "metricgate-history.json"
problems = []
BINARY = str(pathlib.Path(options.binary).resolve())


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def report(name):
    return subprocess.run([BINARY, "history", "--from", "file", "--path", "history.csv", "--key", "commit", "--report", name], cwd=CASE,
                          capture_output=True, text=True, check=True).stdout


class Quiet(http.server.SimpleHTTPRequestHandler):
    extensions_map = {"": "text/plain; version=0.0.4"}

    def log_message(self, *_):
        pass


def ask(port, query):
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/api/v1/query?{urllib.parse.urlencode({'query': query})}", timeout=5) as answer:
        return json.load(answer)["data"]["result"]


def wait_for(port, query, seconds=60):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            if found := ask(port, query):
                return found
        except OSError:
            pass
        time.sleep(0.2)
    sys.exit(f"no answer to {query} within {seconds} seconds")


def queries(dashboard):
    """Every expression of the dashboard, for all metrics."""
    for panel in dashboard["panels"]:
        for target in panel["targets"]:
            yield target["expr"].replace("$metric", ".*")
    for variable in dashboard["templating"]["list"]:
        if variable["type"] == "query":
            yield re.fullmatch(r"label_values\((\w+), \w+\)", variable["query"]["query"])[1]


def main():
    text = report("openmetrics")
    wanted = {metric["metric"]: metric for metric in json.loads(report("json"))["metrics"]}
    linted = subprocess.run(["promtool", "check", "metrics"], input=text, capture_output=True, text=True, check=False)
    if linted.returncode != 0:
        problems.append(f"promtool: {linted.stdout}{linted.stderr}")
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(scratch)
        (folder / "www").mkdir()
        (folder / "www" / "metrics").write_text(text)
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder / "www")))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        port = free_port()
        (folder / "prometheus.yml").write_text("global: {scrape_interval: 1s}\nscrape_configs:\n  - job_name: history\n    static_configs:\n"
                                               f"      - targets: ['127.0.0.1:{server.server_port}']\n")
        prometheus = subprocess.Popen(["prometheus", f"--config.file={folder / 'prometheus.yml'}", f"--storage.tsdb.path={folder / 'data'}",
                                       f"--web.listen-address=127.0.0.1:{port}"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            wait_for(port, "metricgate_history_ringing")
            asked = list(queries(json.loads(DASHBOARD.read_text(encoding="utf-8"))))
            for query in asked:
                if not ask(port, query):
                    problems.append(f"no answer to {query}")
            for name, key in (("value", lambda m: m["measurements"][-1]["value"]), ("lower_limit", lambda m: m["limits"]["lower"]),
                              ("center", lambda m: m["limits"]["center"]), ("changes", lambda m: len(m["changes"])),
                              ("repeated", lambda m: m["repeated"])):
                found = {sample["metric"]["metric"]: float(sample["value"][1]) for sample in ask(port, f"metricgate_history_{name}")}
                if set(found) != set(wanted) or not all(math.isclose(found[metric], key(wanted[metric]), rel_tol=1e-12) for metric in wanted):
                    problems.append(f"{name}: {found}")
            ringing = [sample["metric"]["metric"] for sample in ask(port, 'metricgate_history_state{state="rings"} == 1')]
            if sorted(ringing) != sorted(metric for metric in wanted if wanted[metric]["state"] == "rings"):
                problems.append(f"other metrics ring: {ringing}")
        finally:
            prometheus.terminate()
            prometheus.wait(timeout=30)
            server.shutdown()
    print("\n".join(problems) or f"{len(asked)} queries of the dashboard answered")
    sys.exit(1 if problems else 0)


main()
