#!/usr/bin/env python3
# tools: columns
"""Event files written by tensorboardX (as PyTorch writes them) and by TensorBoard's own writer (as TensorFlow 2 does), some of them torn or restarted.
Every value is compared with what TensorBoard's own data server says of the same folder."""
import pathlib
import struct
import time

import numpy
from tensorboard import context
from tensorboard.compat.proto import event_pb2, summary_pb2, tensor_pb2
from tensorboard.data import server_ingester
from tensorboard.plugins.hparams import summary_v2 as hparams
from tensorboard.summary import Writer
from tensorboard.summary.writer.event_file_writer import EventFileWriter
from tensorboard.util import grpc_util
from tensorboardX import SummaryWriter

from columns_common import Interop, load, series_of

HPARAMS = {"lr": 0.1, "layers": 3, "optimizer": "adam", "nesterov": True}


def write_logs(logs):
    """Every shape of a run that is known to occur."""
    random = numpy.random.default_rng(7)
    with SummaryWriter(logs / "torch") as writer:  # simple_value
        for step in range(300):
            writer.add_scalar("train/loss", float(numpy.exp(-step / 50)), step)
            writer.add_scalar("acc", float(random.random()), step * 10)
        writer.add_scalar("tiny", 1e-42, 0)
        writer.add_scalar("huge", 3e38, 7)
        writer.add_histogram("weights", random.normal(size=100), 0)
        writer.add_text("notes", "no scalar", 0)
        writer.add_scalars("both", {"a": 0.25, "b": 0.75}, 3)  # runs of their own
        writer.add_hparams(HPARAMS, {"hparam/acc": 0.9375, "hparam/loss": 0.25}, name="trial")
    writer = Writer(str(logs / "tensorflow"))  # tensors with metadata
    for step in range(200):
        writer.add_scalar("epoch_loss", float(1 / (1 + step)), step)
    writer.close()
    with SummaryWriter(logs / "restarted") as writer:
        for step in list(range(60)) + list(range(40, 100)):
            writer.add_scalar("loss", float(random.random()), step)
            writer.add_scalar("eval", float(random.random()), step // 10)
    for number, steps in enumerate([range(0, 30), range(20, 50), range(50, 60)]):  # a file each
        writer = EventFileWriter(str(logs / "resumed"), filename_suffix=f".{number}")
        for step in steps:
            value = summary_pb2.Summary.Value(tag="loss", simple_value=step + number / 8)
            writer.add_event(event_pb2.Event(step=step, wall_time=time.time(), summary=summary_pb2.Summary(value=[value])))
        writer.close()
        time.sleep(1.1)  # the time stands in the name, by the second
    writer = EventFileWriter(str(logs / "tensors"))
    metadata = summary_pb2.SummaryMetadata(plugin_data=summary_pb2.SummaryMetadata.PluginData(plugin_name="scalars"))
    bits = [tensor_pb2.TensorProto(dtype=1, float_val=[0.1]), tensor_pb2.TensorProto(dtype=1, tensor_content=struct.pack("<f", 0.2))]
    for step, tensor in enumerate(bits):
        value = summary_pb2.Summary.Value(tag="t", tensor=tensor, metadata=metadata if step == 0 else None)
        writer.add_event(event_pb2.Event(step=step, wall_time=time.time(), summary=summary_pb2.Summary(value=[value])))
    writer.add_event(event_pb2.Event(step=0, wall_time=time.time(), summary=hparams.hparams_pb({"lr": 0.1})))
    writer.close()
    with SummaryWriter(logs / "torn") as writer:
        for step in range(50):
            writer.add_scalar("loss", 50.0 - step, step)
    torn = next((logs / "torn").iterdir())
    torn.write_bytes(torn.read_bytes()[:-9])


def served(logs):
    """{run: {tag: [(step, float32), ...]}} as TensorBoard's data server gives it out."""
    ingester = server_ingester.SubprocessServerDataIngester(
        logdir=str(logs), reload_interval=0, channel_creds_type=grpc_util.ChannelCredsType.LOCAL,
        samples_per_plugin={"scalars": 100_000}, server_binary=server_ingester.get_server_binary())
    ingester.start()
    found = ingester.data_provider.read_scalars(context.RequestContext(), experiment_id="", plugin_name="scalars", downsample=1_000_000)
    return {run: {tag: [(datum.step, numpy.float32(datum.value)) for datum in data] for tag, data in tags.items()} for run, tags in found.items()}


def check_run(run, logs, name, wanted):
    out = run.folder / "converted.json"
    run.program("convert", logs, "--run", name, "-o", out, code=0)
    found = series_of(load(out)["metrics"])
    run.equal(f"{name}: the tags", sorted(found), sorted(wanted))
    for tag, points in wanted.items():
        read = found.get(tag, [])
        run.equal(f"{name}: steps of {tag}", [step for step, _ in read], [step for step, _ in points])
        run.check(f"{name}: values of {tag}", len(read) == len(points) and all(
            numpy.float32(ours) == theirs and repr(float(str(theirs))) == repr(float(ours)) for (_, ours), (_, theirs) in zip(read, points)),
            f"{read[:3]}, wanted {points[:3]}")


def main():
    run = Interop()
    logs = run.folder / "logs"
    write_logs(logs)
    runs = served(logs)
    run.check("runs of every shape", {"torch", "tensorflow", "restarted", "resumed", "tensors", "torn"} <= set(runs), sorted(runs))
    for name, tags in sorted(runs.items()):
        check_run(run, logs, name, tags)
    run.equal("restarted: a value a step", len(runs["restarted"]["loss"]), 100)
    run.equal("resumed: a value a step", len(runs["resumed"]["loss"]), 60)
    run.equal("torn: the last record is lost", len(runs["torn"]["loss"]), 49)

    out = run.folder / "hparams.json"
    run.program("convert", logs, "--run", "torch/trial", "-o", out, code=0)
    found = {name: text for name, text in load(out)["metadata"].items() if name.startswith("hparams.")}
    run.equal("hyperparameters are metadata", found,
              {"hparams.lr": "0.1", "hparams.layers": "3", "hparams.optimizer": "adam", "hparams.nesterov": "true"})

    policy = run.folder / "policy.yaml"
    policy.write_text("version: 1\ninputs:\n  log: {kind: metrics, select: {run: torn, step: last}}\n"
                      "checks:\n  - {id: loss, metric: {name: loss, direction: lower}, max: 2.5}\n")
    report = run.program("check", logs, "-p", policy).stdout
    run.check("torn: the report says so", "ends inside the record at byte" in report and "pass" in report, report)
    run.check("no host in the report", not any(part in report for part in {pathlib.Path("/etc/hostname").read_text().strip()}), report)

    whole = next((logs / "restarted").iterdir())
    damaged = bytearray(whole.read_bytes())
    damaged[len(damaged) // 2] ^= 1
    (run.folder / "damaged").write_bytes(damaged)
    done = run.program("convert", run.folder / "damaged", "-o", run.folder / "converted.json", code=2)
    run.check("a damaged record is refused", "checksum" in done.stderr, done.stderr)
    run.finish()


main()
