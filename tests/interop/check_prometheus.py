#!/usr/bin/env python3
# tools: trackers
"""A real Prometheus server that scrapes a small service on loopback, and what that service shows, against the server's own answers and the parsers of
prometheus-client."""
import argparse
import json
import math
import os
import pathlib
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request

from prometheus_client.openmetrics.parser import text_string_to_metric_families as openmetrics_families
from prometheus_client.parser import text_string_to_metric_families as classic_families

EXPORTER = pathlib.Path(__file__).resolve().parent / "prometheus_exporter.py"
SECRET = "s3cret-t0ken-9"

passed, failed = 0, []


def check(name, good, detail=""):
    global passed
    if good:
        passed += 1
    else:
        failed.append(f"{name}: {detail}")


def close(a, b, relative=1e-12):
    return isinstance(a, (int, float)) and (math.isclose(a, b, rel_tol=relative, abs_tol=1e-12) or (math.isnan(a) and math.isnan(b)))


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def flattened(metrics):
    """Keys that hold dots, as those of quantiles do, were nested by the writer or not."""
    flat = {}
    for key, value in metrics.items():
        is_leaf = not isinstance(value, dict) or {"series", "value", "events"} & set(value)
        flat.update({key: value} if is_leaf else {f"{key}.{name}": v for name, v in flattened(value).items()})
    return flat


def number(leaf):
    if isinstance(leaf, dict):
        return leaf["events"] / leaf["exposure"] if "events" in leaf else leaf.get("value")
    return leaf


class Program:
    def __init__(self, binary, folder):
        self.binary, self.folder = binary, folder

    def run(self, *arguments, **environment):
        clean = {name: value for name, value in os.environ.items() if not name.startswith(("MLFLOW_", "PROMETHEUS_"))}
        done = subprocess.run([self.binary, *map(str, arguments)], cwd=self.folder, capture_output=True, text=True, timeout=120,
                              env={**clean, **environment})
        done.all = done.stdout + done.stderr
        return done

    def convert(self, source, codes=(0,), **environment):
        """The metrics by name, and the notes."""
        out = self.folder / "out.json"
        out.unlink(missing_ok=True)
        done = self.run("convert", source, "-o", out, **environment)
        check(f"convert {source}", done.returncode in codes and out.exists(), done.all)
        document = json.loads(out.read_text()) if out.exists() else {"metrics": {}}
        return flattened(document["metrics"]), "\n".join(document.get("notes", []))


class Api:
    def __init__(self, url):
        self.url = url

    def query(self, query, at=None):
        form = {"query": query, **({"time": at} if at else {})}
        with urllib.request.urlopen(f"{self.url}/api/v1/query?{urllib.parse.urlencode(form)}", timeout=5) as answer:
            return json.load(answer)["data"]["result"]

    def value(self, query, at=None):
        result = self.query(query, at)
        return float(result[0]["value"][1]) if result else None


def wait_for(what, condition, seconds=30):
    for _ in range(int(seconds / 0.2)):
        try:
            if condition():
                return
        except OSError:
            pass
        time.sleep(0.2)
    sys.exit(f"{what} did not come within {seconds} seconds")


def name_of(sample, drop=()):
    labels = ",".join(f'{key}="{value}"' for key, value in sorted(sample.labels.items()) if key not in drop)
    return sample.name + ("{" + labels + "}" if labels else "")


def check_text(program, folder, port):
    """Both expositions, against another parser, and histograms against the arithmetic of the documentation."""
    for kind, accept, parse in (("classic", "text/plain", classic_families), ("openmetrics", "application/openmetrics-text", openmetrics_families)):
        request = urllib.request.Request(f"http://127.0.0.1:{port}/metrics", headers={"Accept": accept})
        text = urllib.request.urlopen(request, timeout=5).read().decode()
        (folder / f"{kind}.prom").write_text(text)
        check(f"{kind}: its mark", text.endswith("# EOF\n") == (kind == "openmetrics"), text[-60:])
        found, notes = program.convert(folder / f"{kind}.prom", codes=(0, 2))  # 2 where quantiles that are none must be told
        seen = 0
        for family in parse(text):
            for sample in family.samples:
                if sample.name.endswith("_bucket") or (kind == "openmetrics" and sample.name.endswith("_created")):
                    continue
                seen += 1
                check(f"{kind}: {name_of(sample)}", close(number(found.get(name_of(sample))), sample.value), f"{found.get(name_of(sample))}, {sample}")
        check(f"{kind}: samples", seen >= 12, f"{seen}")
        fast = 'latency_seconds{path="/fast"}'
        check(f"{kind}: a quantile", 0.2 < number(found.get(fast + ".p50", 0)) <= 0.5, f"{found.get(fast + '.p50')}")
        check(f"{kind}: its bucket is told", f"'{fast}' is read from buckets: p50 lies between 0.2 and 0.5" in notes, notes)
        check(f"{kind}: nothing observed is no 0", found.get('latency_seconds{path="/idle"}.p50', 0) is None, f"{sorted(found)}")
        check(f"{kind}: above the last bucket is no value", found.get('latency_seconds{path="/slow"}.p99', 0) is None, f"{sorted(found)}")


def check_cuts(program, folder):
    text = (folder / "openmetrics.prom").read_text()
    (folder / "cut.prom").write_text(text[: text.rindex("# EOF")])
    done = program.run("convert", "cut.prom", "--format", "prometheus_text")
    check("OpenMetrics without its end", done.returncode == 2 and "no # EOF" in done.stderr, done.all)


def check_instants(program, api, at):
    environment = {"PROMETHEUS_URL": api.url}
    stamp = f"{at:.3f}"
    for query in ("accuracy", "sum(rate(jobs_total[10s]))", 'histogram_quantile(0.9, sum by (le) (rate(latency_seconds_bucket{path="/fast"}[10s])))',
                  "scalar(accuracy)", "avg_over_time(accuracy[5s]) * 2", "accuracy / 0", "vector(0) / 0"):
        found, _ = program.convert(f"prometheus:[at={stamp}]{query}", **environment)
        wanted = api.value(query, stamp) if not query.startswith("scalar") else api.value(f"vector({query})", stamp)
        check(f"{query}", len(found) == 1 and close(number(next(iter(found.values()))), wanted), f"{found}, wanted {wanted}")
    found, notes = program.convert(f"prometheus:[at={stamp}]latency_seconds_bucket", codes=(0, 2), **environment)
    for q, label in ((0.5, "p50"), (0.9, "p90"), (0.95, "p95"), (0.99, "p99")):
        wanted = api.value(f'histogram_quantile({q}, latency_seconds_bucket{{path="/fast"}})', stamp)
        check(f"{label} of buckets", close(number(found.get(f'latency_seconds{{job="app",path="/fast"}}.{label}')), wanted), f"{found}, wanted {wanted}")
    check("buckets: the note", "is read from buckets" in notes, notes)
    check("buckets: no address of a machine", "127.0.0.1" not in json.dumps(found), f"{found}")
    done = program.run("convert", f"prometheus:[at={stamp}]no_such_metric", **environment)
    check("no series is no data", done.returncode == 2 and "there is no data: the answer holds no series" in done.stderr, done.all)


def check_ranges(program, api, at):
    environment = {"PROMETHEUS_URL": api.url}
    stamp = f"{at:.3f}"
    span = "[range=6s,step=1s,at=" + stamp + "]"
    found, _ = program.convert(f"prometheus:{span}jobs_total", **environment)
    with urllib.request.urlopen(f"{api.url}/api/v1/query_range?" + urllib.parse.urlencode(
            {"query": "jobs_total", "start": f"{at - 6:.3f}", "end": stamp, "step": "1"}), timeout=5) as answer:
        values = json.load(answer)["data"]["result"][0]["values"]
    name = 'jobs_total{job="app",kind="ok"}'
    wanted = [[round(time * 1000), float(value)] for time, value in values]
    check("range: every value", found.get(name, {}).get("series") == wanted, f"{found}, wanted {wanted}")
    gained = wanted[-1][1] - wanted[0][1]
    rate = found.get(f"rate({name})", {})
    check("range: the rate", rate.get("events") == gained and close(rate.get("exposure", 0), (wanted[-1][0] - wanted[0][0]) / 1000), f"{rate}, {gained}")
    found, _ = program.convert(f'prometheus:{span}latency_seconds_bucket{{path="/fast"}}', **environment)
    median = number(found.get('latency_seconds{job="app",path="/fast"}.p50', 0))
    check("range: a quantile of the range alone", close(median, 0.35), f"{found}")  # all 0.3, halfway from 0.2 to 0.5


def check_stale(program, api):
    """A series that is not served any more has no value: it is neither 0 nor what it was."""
    environment = {"PROMETHEUS_URL": api.url}
    now = api.value("vector(time())")
    done = program.run("convert", f"prometheus:[range=20s,step=1s,at={now:.3f}]fleeting", **environment)
    check("stale: no data", done.returncode == 2 and "ends before the end of the range: it has no value" in done.stderr, done.all)
    found, notes = program.convert(f'prometheus:[range=20s,step=1s,at={now:.3f}]{{__name__=~"fleeting|accuracy"}}', **environment)
    check("stale: missing beside others", list(found) == ['accuracy{job="app"}'] and "'fleeting{job=\"app\"}' ends before" in notes, f"{found} {notes}")
    done = program.run("convert", "prometheus:fleeting", **environment)
    check("stale: no data now", done.returncode == 2 and "there is no data" in done.stderr, done.all)
    (program.folder / "policy.yaml").write_text("version: 1\ninputs: {run: {kind: metrics}}\nchecks:\n"
                                              "  - {id: c, metric: {name: 'fleeting{job=\"app\"}', direction: higher}, min: 0}\n")
    for query, status in (("fleeting", None), ('{__name__=~"fleeting|accuracy"}', "missing")):
        (program.folder / "report.json").unlink(missing_ok=True)
        done = program.run("check", "--candidate", f"prometheus:{query}", "-p", "policy.yaml", "--report", "json=report.json", **environment)
        row = json.loads((program.folder / "report.json").read_text())["checks"][0] if (program.folder / "report.json").exists() else {}
        check("stale: the check does not pass", row.get("status") == status and done.returncode in (1, 2), f"{row} {done.all}")


def check_refusals(program, api):
    environment = {"PROMETHEUS_URL": api.url, "PROMETHEUS_TOKEN": SECRET}
    done = program.run("convert", "prometheus:rate(", **environment)
    check("a query with a mistake", done.returncode == 2 and "parse error" in done.stderr and SECRET not in done.all, done.all)
    port = free_port()
    done = program.run("convert", "prometheus:up", PROMETHEUS_URL=f"http://me:{SECRET}@127.0.0.1:{port}")
    check("no server", done.returncode == 2 and "could not be asked" in done.stderr and SECRET not in done.all, done.all)
    done = program.run("convert", "prometheus:up")
    check("no address", done.returncode == 2 and "PROMETHEUS_URL is not set" in done.stderr, done.all)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--root", type=pathlib.Path, required=True)
    parser.add_argument("--binary", type=pathlib.Path, required=True)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="metricgate-prometheus-") as name:
        folder = pathlib.Path(name)
        program = Program(options.binary.resolve(), folder)
        port, listen = free_port(), free_port()
        (folder / "prometheus.yml").write_text(f"global: {{scrape_interval: 500ms}}\nscrape_configs:\n"
                                               f"  - {{job_name: app, static_configs: [{{targets: ['127.0.0.1:{port}']}}]}}\n")
        exporter = subprocess.Popen([sys.executable, str(EXPORTER), str(port)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        exporter.stdout.readline()
        log = open(folder / "prometheus.log", "w")
        server = subprocess.Popen(["prometheus", f"--config.file={folder}/prometheus.yml", f"--storage.tsdb.path={folder}/data",
                                   f"--web.listen-address=127.0.0.1:{listen}"], stdout=log, stderr=log)
        try:
            api = Api(f"http://127.0.0.1:{listen}")
            check_text(program, folder, port)
            check_cuts(program, folder)
            wait_for("a scrape of the service", lambda: api.value("count_over_time(fleeting[20s])") is not None)
            time.sleep(11)
            at = math.floor(api.value("vector(time())")) - 1.0
            check_instants(program, api, at)
            check_ranges(program, api, at)
            check_refusals(program, api)
            exporter.stdin.write("stop\n")
            exporter.stdin.flush()
            wait_for("the end of a series", lambda: api.value("fleeting") is None)
            time.sleep(1.5)
            check_stale(program, api)
        finally:
            exporter.kill()
            server.terminate()
            exporter.wait(timeout=30)
            server.wait(timeout=30)
    for problem in failed:
        print(problem[:1500])
    print(f"{passed} passed, {len(failed)} failed")
    sys.exit(1 if failed or passed < 50 else 0)


if __name__ == "__main__":
    main()
