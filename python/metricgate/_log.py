"""One metric at a time into a metric file (schema metricgate.metrics/1)."""

import fcntl
import json
import math
import numbers
import os
import tempfile
from typing import Any, Optional, Union

_SCHEMA = "metricgate.metrics/1"


def log_metric(
    name: str,
    value: float,
    step: Optional[int] = None,
    *,
    path: Union[str, "os.PathLike[str]", None] = None,
) -> None:
    """Sets metric `name` to `value` in the metric file at `path`, which is made when it is not there.

    The file holds the last value of each metric. `step` (an epoch, a number of batches) is remembered in the file's
    metadata as `steps.NAME`, and may not go backwards. Without `path` the file is the one that the environment variable
    METRICGATE_METRICS names, else `metrics.json`.

    The file is replaced in one step, under a lock on its folder: a reader sees the old file or the new one, and several
    processes may log into one file.

    Raises TypeError for what is no name, number or step, and ValueError for an empty name, a value that is not finite,
    a step that goes backwards, and a file that is no metric file of metricgate.
    """
    if not isinstance(name, str):
        raise TypeError(f"the name of a metric is {name!r}, wanted text")
    if not name or any(not part for part in name.split(".")):
        raise ValueError(f"the name of a metric is {name!r}, wanted text without empty parts between its dots")
    number = _finite(name, value)
    if step is not None and (isinstance(step, bool) or not isinstance(step, numbers.Integral)):
        raise TypeError(f"the step of {name!r} is {step!r}, wanted a whole number")
    target = os.fspath(path if path is not None else os.environ.get("METRICGATE_METRICS") or "metrics.json")
    folder = os.path.dirname(os.path.abspath(target))
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        document = _read(target)
        _set_step(document, name, step, target)
        _refuse_nesting(document["metrics"], name, target)
        document["metrics"][name] = number
        _replace(target, folder, document)
    finally:
        os.close(handle)


def _finite(name: str, value: Any) -> Union[int, float]:
    if isinstance(value, bool) or value is None or isinstance(value, (str, bytes)):
        raise TypeError(f"the value of {name!r} is {value!r}, wanted a number")
    if isinstance(value, numbers.Integral):
        return int(value)
    try:
        number = float(value)
    except (TypeError, ValueError) as error:
        raise TypeError(f"the value of {name!r} is {value!r}, wanted a number") from error
    if not math.isfinite(number):
        raise ValueError(f"the value of {name!r} is {number}, wanted a finite number")
    return number


def _read(target: str) -> dict:
    try:
        with open(target, encoding="utf-8") as file:
            document = json.load(file)
    except FileNotFoundError:
        return {"schema": _SCHEMA, "metrics": {}}
    except ValueError as error:
        raise ValueError(f"{target} is no JSON file ({error}); name another, or remove it") from error
    if not isinstance(document, dict) or document.get("schema") != _SCHEMA or not isinstance(document.get("metrics"), dict):
        raise ValueError(f"{target} is no metric file of schema {_SCHEMA}; name another, or remove it")
    return document


def _set_step(document: dict, name: str, step: Optional[int], target: str) -> None:
    metadata = document.setdefault("metadata", {})
    if not isinstance(metadata, dict) or not isinstance(metadata.setdefault("steps", {}), dict):
        raise ValueError(f"{target}: metadata.steps is no map of steps by metric; name another file, or remove it")
    steps = metadata["steps"]
    before = steps.get(name)
    if step is not None:
        if isinstance(before, int) and step < before:
            raise ValueError(f"step {step} of {name!r} goes backwards: {target} holds step {before}; start another file")
        steps[name] = int(step)
    if not steps:
        del metadata["steps"]
    if not metadata:
        del document["metadata"]


def _refuse_nesting(metrics: dict, name: str, target: str) -> None:
    """`a` and `a.b` cannot both be metrics, because names are joined with dots."""
    for other in metrics:
        if other != name and (other.startswith(name + ".") or name.startswith(other + ".")):
            raise ValueError(f"{target} holds the metric {other!r}, so {name!r} would be ambiguous; choose another name")


def _replace(target: str, folder: str, document: dict) -> None:
    handle, temporary = tempfile.mkstemp(prefix=".metricgate-", dir=folder)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(document, file, indent=2, sort_keys=True, ensure_ascii=False, allow_nan=False)
            file.write("\n")
            file.flush()
            os.fsync(file.fileno())
        mask = os.umask(0)
        os.umask(mask)
        os.chmod(temporary, 0o666 & ~mask)
        os.replace(temporary, target)
    except BaseException:
        os.unlink(temporary)
        raise
