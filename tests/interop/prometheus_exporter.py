"""A small service with known metrics: prometheus_exporter.py PORT. It prints a line when it serves, and stops serving the gauge `fleeting` at a line
of standard input."""
import sys
import threading

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, Summary, start_http_server

REGISTRY = CollectorRegistry()


def main():
    accuracy = Gauge("accuracy", "Share of right answers", registry=REGISTRY)
    accuracy.set(0.9125)
    fleeting = Gauge("fleeting", "Served for a while", registry=REGISTRY)
    fleeting.set(7)
    jobs = Counter("jobs", "Jobs done", ["kind"], registry=REGISTRY)
    latency = Histogram("latency_seconds", "Time to answer", ["path"], buckets=(0.1, 0.2, 0.5, 1), registry=REGISTRY)
    size = Summary("size_bytes", "Size of answers", registry=REGISTRY)
    Summary("idle_bytes", "Never observed", registry=REGISTRY)
    jobs.labels("ok")  # served from the start: without a counter, OpenMetrics cut short cannot be told from the classic text
    latency.labels("/idle")
    latency.labels("/slow").observe(5)
    for i in range(200):
        latency.labels("/fast").observe(0.004 * i)
        size.observe(i)
    start_http_server(int(sys.argv[1]), addr="127.0.0.1", registry=REGISTRY)
    print("serving", flush=True)
    stop = threading.Event()
    threading.Thread(target=lambda: (sys.stdin.readline(), REGISTRY.unregister(fleeting)), daemon=True).start()
    while not stop.wait(0.1):
        jobs.labels("ok").inc(2)
        latency.labels("/fast").observe(0.3)


if __name__ == "__main__":
    main()
