"""Spans of two models and what a judge said of them, as a server of Phoenix gives them out, for tests/cases/formats: make.py FOLDER

Needs arize-phoenix 20.26.1 (with arize-phoenix-client 3.5.0), pandas 3.1.1, pyarrow 26.0.1 and a new server: PHOENIX_PORT=16006 phoenix serve.
"""

import json
import pathlib
import random
import sys
import time

import pandas
from opentelemetry.sdk.trace.id_generator import IdGenerator
from phoenix.client import Client
from phoenix.otel import register

SERVER = "http://localhost:16006"
SPANS = 40


class Counted(IdGenerator):
    """Ids that are counted, each once on a server."""

    def __init__(self, run: int) -> None:
        self.run = run
        self.span = 0

    def generate_span_id(self) -> int:
        self.span += 1
        return self.run * 4096 + self.span

    def generate_trace_id(self) -> int:
        return self.run * 65536 + self.span + 1


def trace(project: str, run: int) -> list[str]:
    """Records the spans of one model."""
    provider = register(project_name=project, endpoint=f"{SERVER}/v1/traces", batch=False, set_global_tracer_provider=False, verbose=False,
                        id_generator=Counted(run))
    tracer = provider.get_tracer("answers")
    chance = random.Random(run)
    ids = []
    for i in range(SPANS):
        with tracer.start_as_current_span("answer") as span:
            span.set_attribute("openinference.span.kind", "LLM")
            span.set_attribute("input.value", f"Question {i}?")
            span.set_attribute("output.value", f"Answer {i}")
            span.set_attribute("llm.token_count.total", 100 + chance.randrange(40))
            span.set_attribute("metadata", json.dumps({"question": i}))
            if i == 4:
                span.add_event("retry", {"attempt": 2})
            ids.append(format(span.get_span_context().span_id, "016x"))
    provider.force_flush()
    return ids


def main() -> None:
    """Both sides, as JSON lines and as Parquet."""
    folder = pathlib.Path(sys.argv[1])
    client = Client(base_url=SERVER)
    for run, side in enumerate(("baseline", "candidate"), 1):
        ids = trace(side, run)
        time.sleep(3)
        chance = random.Random(10 + run)
        labels = ["correct" if chance.random() < 0.75 else "incorrect" for _ in ids]
        frame = pandas.DataFrame({"span_id": ids, "label": labels, "score": [float(label == "correct") for label in labels],
                                  "metadata": [{"judge": "gpt"} for _ in ids]})
        client.spans.log_span_annotations_dataframe(dataframe=frame, annotation_name="correctness", annotator_kind="LLM")
        time.sleep(3)
        annotations = client.spans.get_span_annotations_dataframe(span_ids=ids, project_identifier=side)
        spans = client.spans.get_spans_dataframe(project_identifier=side).drop(columns="context.span_id")
        judged = spans.join(annotations[["result.label", "result.score", "metadata"]]).reset_index()
        judged.to_json(folder / f"{side}.jsonl", orient="records", lines=True, date_format="iso")
        judged.to_parquet(folder / f"{side}.parquet")



main()
