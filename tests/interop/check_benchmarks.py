#!/usr/bin/env python3
# tools: bench
"""Benchmarks and load tests, made here by the real tools: Google Benchmark, pytest-benchmark, pyperf, hyperfine, go test, Locust and MLPerf's
LoadGen. Every value is compared with what the tool's own API says, or with its file as Python's parsers read it. k6 takes minutes to compile: its
files in tests/data are compared as Python reads them."""
import contextlib
import csv
import http.server
import json
import pathlib
import re
import shutil
import sys
import threading

import bench_common

GOOGLE = """
import google_benchmark as benchmark
@benchmark.register
@benchmark.option.arg(3)
@benchmark.option.unit(benchmark.kMicrosecond)
@benchmark.option.repetitions(4)
def repeated(state):
    while state:
        sum(range(state.range(0)))
    state.items_processed = state.iterations * 2
    state.counters["half"] = 0.5
@benchmark.register
def broken(state):
    state.skip_with_error("no device")
    while state:
        pass
benchmark.main()
"""

PYTEST = """
import pytest
@pytest.mark.parametrize("n", [10, 20])
def test_sum(benchmark, n):
    benchmark.pedantic(lambda: sum(range(n)), rounds=7, iterations=10)
"""

GO = """package sums
import ("fmt"; "testing")
func BenchmarkSum(b *testing.B) {
	for _, n := range []int{10, 20} {
		b.Run(fmt.Sprintf("size-%d", n), func(b *testing.B) {
			b.ReportAllocs()
			for i := 0; i < b.N; i++ { _ = fmt.Sprint(n) }
			b.ReportMetric(float64(n)/3, "items/op")
		})
	}
}
func BenchmarkBroken(b *testing.B) { if !testing.Short() { b.Fatal("no") } }
"""

LOCUST = """
from locust import HttpUser, task, constant
done = 0
class User(HttpUser):
    wait_time = constant(0)
    @task
    def both(self):
        global done
        for path in ("/fine", "/fine", "/fine", '/missing, "quoted"'):
            self.client.get(path)
        done += 1
        if done == 30:
            self.environment.runner.quit()
"""

LOADGEN = """
import time, sys, mlperf_loadgen as loadgen
def issue(queries):
    time.sleep(0.002)
    loadgen.QuerySamplesComplete([loadgen.QuerySampleResponse(query.id, 0, 0) for query in queries])
settings = loadgen.TestSettings()
settings.scenario = getattr(loadgen.TestScenario, sys.argv[1])
settings.mode = loadgen.TestMode.PerformanceOnly
settings.min_duration_ms = 300
settings.min_query_count = 100
settings.single_stream_expected_latency_ns = 1000000
settings.offline_expected_qps = 1000
output = loadgen.LogOutputSettings()
output.outdir = "."
log = loadgen.LogSettings()
log.log_output = output
log.enable_trace = False
sut = loadgen.ConstructSUT(issue, lambda: None)
qsl = loadgen.ConstructQSL(100, 100, lambda _: None, lambda _: None)
loadgen.StartTestWithLogSettings(sut, qsl, settings, log)
loadgen.DestroyQSL(qsl)
loadgen.DestroySUT(sut)
"""


def google(run):
    run.write("google.py", GOOGLE)
    run.python("google.py", "--benchmark_min_time=0.005s", "--benchmark_out=google.json", "--benchmark_out_format=json")
    rows = json.loads((run.folder / "google.json").read_text())["benchmarks"]
    kept = [row for row in rows if row["run_type"] == "iteration" and row["run_name"].startswith("repeated")]
    run.equal("google.json: repetitions", len(kept), 4)
    for quantity in ("real_time", "cpu_time", "items_per_second", "half"):
        run.equal(f"google.json: {quantity}", bench_common.plain(sound(run, "google.json")[f"repeated/3/repeats:4.{quantity}"]),
                  [row[quantity] for row in kept])
    run.status("google.json", "repeated/3/repeats:4.real_time", "pass")
    run.status("google.json", "broken.real_time", "error")
    run.python("google.py", "--benchmark_min_time=0.005s", "--benchmark_filter=repeated", "--benchmark_report_aggregates_only=true",
               "--benchmark_out=aggregates.json", "--benchmark_out_format=json")
    rows = json.loads((run.folder / "aggregates.json").read_text())["benchmarks"]
    run.values("aggregates.json", {f"{row['name']}.{quantity}": row[quantity] for row in rows
                                   for quantity in ("real_time", "cpu_time", "items_per_second", "half")})


def sound(run, name):
    """The metrics of a file that holds a failed benchmark, without it."""
    document = json.loads((run.folder / name).read_text())
    document["benchmarks"] = [row for row in document["benchmarks"] if not row.get("error_occurred")]
    return run.convert(run.write("sound-" + name, json.dumps(document)))


def pytest_benchmark(run):
    run.write("test_sum.py", PYTEST)
    run.python("-m", "pytest", "-q", "-p", "no:cacheprovider", "test_sum.py", "--benchmark-json=rounds.json", "--benchmark-storage=saved",
               "--benchmark-save=summaries")
    [saved] = (run.folder / "saved").rglob("*_summaries.json")
    saved.rename(run.folder / "summaries.json")
    tests = json.loads((run.folder / "rounds.json").read_text())["benchmarks"]
    run.values("rounds.json", {test["fullname"]: test["stats"]["data"] for test in tests})
    tests = json.loads((run.folder / "summaries.json").read_text())["benchmarks"]
    run.values("summaries.json", {f"{test['fullname']}.{key}": value for test in tests for key, value in test["stats"].items()
                                  if not key.endswith("outliers")})


def pyperf(run):
    import pyperf
    for name, option in (("first", []), ("second", ["--append"])):
        run.python("-m", "pyperf", "timeit", "--quiet", "-p", "3", "-n", "4", "-w", "1", "--loops", "20", "--name", name,
                   *(option or ["-o"]), "pyperf.json", "sum(range(10))")
    suite = pyperf.BenchmarkSuite.load(str(run.folder / "pyperf.json"))
    run.values("pyperf.json", {benchmark.get_name(): list(benchmark.get_values()) for benchmark in suite})


def hyperfine(run):
    if shutil.which("hyperfine") is None:
        sys.exit("hyperfine is missing; run scripts/setup --all")
    run.tool("hyperfine", "-N", "--warmup", "1", "--runs", "6", "true", "sleep 0.001", "--export-json", "hyperfine.json")
    wanted = {}
    for result in json.loads((run.folder / "hyperfine.json").read_text())["results"]:
        wanted[result["command"]] = result["times"]
        wanted.update({f"{result['command']}.{key}": result[key] for key in ("user", "system")})
        wanted.update({f"{result['command']}.memory_usage": result[key] for key in ("memory_usage_byte",) if key in result})
    run.values("hyperfine.json", wanted)
    run.tool("hyperfine", "-i", "--runs", "2", "exit 3", "--export-json", "failed.json")
    run.status("failed.json", "exit 3", "error")


def go(run):
    candidates = [shutil.which("go"), run.root / "build" / "ci-tools" / "python" / "bin" / "go"]
    found = next((str(path) for path in candidates if path and pathlib.Path(path).exists()), None)
    if found is None:
        sys.exit("go is missing; run scripts/ci-tools")
    run.write("sums/sums_test.go", GO)
    run.write("sums/go.mod", "module example.org/sums\n\ngo 1.19\n")
    environment = {"GOTOOLCHAIN": "local", "GOFLAGS": "-mod=mod"}
    done = run.tool(found, "test", "-short", "-bench=Sum", "-benchtime=50x", "-count=4", ".", folder=run.folder / "sums", **environment)
    run.write("go.txt", done.stdout)
    wanted = {}
    for name, rest in re.findall(r"^(BenchmarkSum/size-\d+?)(?:-\d+)? *\t *\d+\t(.*)$", done.stdout, re.MULTILINE):
        for value, unit in re.findall(r"([\d.]+) (\S+)", rest):
            wanted.setdefault(f"{name}.{unit}", []).append(float(value))
    run.equal("go.txt: measurements", {len(values) for values in wanted.values()}, {4})
    run.values("go.txt", wanted)
    done = run.tool(found, "test", "-bench=.", "-benchtime=50x", ".", folder=run.folder / "sums", code=1, **environment)
    run.write("go-failed.txt", done.stdout)
    run.status("go-failed.txt", "BenchmarkSum/size-10.ns/op", "refused")


@contextlib.contextmanager
def server():
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(404 if "missing" in self.path else 200)
            self.end_headers()
            with contextlib.suppress(BrokenPipeError):
                self.wfile.write(b"hello")

        def log_message(self, *_):
            pass

    running = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=running.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{running.server_address[1]}"
    running.shutdown()


def locust(run):
    run.write("locustfile.py", LOCUST)
    with server() as address:
        done = run.python("-m", "locust", "-f", "locustfile.py", "--headless", "-u", "2", "-r", "2", "-t", "60s", "-H", address,
                          "--csv", "load", "--json", "--skip-log", code=1)
    run.write("locust.json", done.stdout[done.stdout.index("["):])
    wanted = {}
    for request in json.loads((run.folder / "locust.json").read_text()):
        base = f"{request['method']} {request['name']}"
        wanted[f"{base}.response_time"] = [float(time) for time, count in request["response_times"].items() for _ in range(count)]
        wanted[f"{base}.fail_ratio"] = request["num_failures"] / request["num_requests"]
        for key in ("num_requests", "num_failures", "total_response_time", "min_response_time", "max_response_time", "total_content_length"):
            wanted[f"{base}.{key}"] = request[key]
    run.values("locust.json", wanted)
    wanted = {}
    with open(run.folder / "load_stats.csv", newline="") as file:
        for row in csv.DictReader(file):
            base = f"{row['Type']} {row['Name']}".strip()
            requests = int(row["Request Count"])
            wanted[f"{base}.fail_ratio"] = int(row["Failure Count"]) / requests if requests else None
            wanted.update({f"{base}.{key}": None if value == "N/A" else float(value) for key, value in row.items() if key not in ("Type", "Name")})
    run.values("load_stats.csv", wanted)


def mlperf(run):
    run.write("loadgen.py", LOADGEN)
    for scenario in ("SingleStream", "Offline"):
        folder = run.folder / scenario
        folder.mkdir()
        run.python(run.folder / "loadgen.py", scenario, folder=folder)
        text = (folder / "mlperf_log_summary.txt").read_text()
        statistics = text[:text.index("Test Parameters Used")]
        wanted = {}
        for key, value in re.findall(r"^(?: \* )?([^:\n]+?) *: *([\d.]+)$", statistics, re.MULTILINE):
            wanted[re.sub(r" \(\w+\)$", "", key)] = float(value)
        valid = "Result is : VALID" in text and "No errors encountered" in text
        path = folder / "mlperf_log_summary.txt"
        run.check(f"{scenario}: statistics", len(wanted) >= 10, wanted)
        if valid:
            run.values(path, wanted)
        run.status(path, "99.00 percentile latency", "pass" if valid else "refused")


def k6(run):
    data = run.root / "tests" / "data" / "benchmark_tools"
    for name in ("k6_handle_summary.json", "k6_summary_export.json"):
        wanted = {}
        for metric, described in json.loads((data / name).read_text())["metrics"].items():
            values = described.get("values", described)
            wanted.update({f"{metric}.{key}": value for key, value in values.items() if key != "thresholds"})
        run.values(data / name, wanted)
    results = json.loads((data / "k6_machine_readable.json").read_text())["results"]
    run.values(data / "k6_machine_readable.json", {f"{metric['name']}.{key}": value for metric in results["checks"]["metrics"] + results["metrics"]
                                                   for key, value in metric["values"].items()})


run = bench_common.Interop()
for part in (google, pytest_benchmark, pyperf, hyperfine, go, locust, mlperf, k6):
    part(run)
run.finish()
