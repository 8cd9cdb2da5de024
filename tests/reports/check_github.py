#!/usr/bin/env python3
"""GitHub annotations, read as the documentation of workflow commands says: `::NAME KEY=VALUE,...::MESSAGE`, `%25 %0D %0A` in all
values, `%3A %2C` in properties; and held against the limits of a step."""
import readers
import samples

KNOWN = {"file", "line", "endLine", "col", "endColumn", "title"}
MOST = 10


def problems_of(sample):
    commands = [readers.workflow_command(line) for line in sample.raw.decode().splitlines()]
    by_name = {name: [command for command in commands if command[0] == name] for name in ("error", "warning", "notice")}
    if sum(map(len, by_name.values())) != len(commands):
        yield "a command that makes no annotation"
    weights = sample.weights
    wanted = {"error": sum(weights.count(weight) for weight in ("failure", "error", "undecided")), "warning": weights.count("warning"),
              "notice": weights.count("waived") + (weights[0] == "pass")}
    for name, count in wanted.items():
        if len(by_name[name]) != min(count, MOST):
            yield f"{len(by_name[name])} of {name}, wanted {min(count, MOST)}"
        if count > MOST and f"{count - MOST + 1:,} more" not in by_name[name][-1][2]:
            yield f"the last {name} does not count the others: {by_name[name][-1][2]!r}"
    for name, properties, message in commands:
        if not set(properties) <= KNOWN or not message or "\n" in message or len(message) > 4096 or len(properties["title"]) > 255:
            yield f"properties {properties}, message {message[:100]!r}"
        if "file" in properties and (int(properties["line"]) < 1 or int(properties["col"]) < 1):
            yield f"place: {properties}"
    if sample.report["verdict"] != "pass" and not commands[0][1]["title"].startswith("metricgate: "):
        yield "the first annotation is not the verdict"


samples.check(problems_of, "github")
