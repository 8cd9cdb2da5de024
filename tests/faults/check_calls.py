#!/usr/bin/env python3
"""The Nth allocation, opening, reading, writing, flush, renaming, closing or look at a file fails, for one N after the other.

    check_calls.py --binary BINARY --shim SHIM [--whole]     (--whole: every N of every gate, and of other commands some 400
                                                            allocations; else the first 20 and some of the others)
"""
import argparse
import concurrent.futures
import errno
import os
import pathlib
import sys

import gate

# Each call with the ways it can fail; 0 is half of what was asked. What is interrupted is to be tried again.
FAULTS = [("malloc", errno.ENOMEM), ("open", errno.EIO), ("open", errno.EMFILE), ("read", errno.EIO), ("read", 0), ("read", errno.EINTR),
          ("write", errno.EIO), ("write", errno.ENOSPC), ("write", 0), ("write", errno.EINTR), ("fsync", errno.EIO), ("fsync", errno.ENOSPC),
          ("rename", errno.EIO), ("rename", errno.ENOSPC), ("close", errno.EIO), ("stat", errno.EIO), ("list", errno.EIO)]
# Of large files.
MAPPINGS = [("mmap", errno.EIO), ("mmap", errno.ENOMEM)]
HARMLESS = {("read", 0), ("read", errno.EINTR), ("write", 0), ("write", errno.EINTR)}
FIRST = 20
# Of other commands than `check`; of their allocations, of which some make hundreds of thousands, not all are tried.
SOME = [("malloc", errno.ENOMEM), ("open", errno.EIO), ("read", errno.EIO), ("write", errno.ENOSPC), ("rename", errno.EIO)]
MOST_ALLOCATIONS = 400
# Of all other calls at least one must be seen, or nothing is shown.
UNUSED = {"validate": {"fsync", "rename", "list"}, "waivers": {"fsync", "rename", "list"}}


def numbers(calls, whole, most):
    """Which calls are to fail."""
    step = 1 if whole else max(1, (calls - FIRST) // most)
    return sorted({*range(1, min(calls, FIRST) + 1), *range(FIRST, calls + 1, step)})


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--binary", required=True)
    parser.add_argument("--shim", required=True)
    parser.add_argument("--whole", action="store_true")
    options = parser.parse_known_args()[0]
    shim = str(pathlib.Path(options.shim).resolve())
    runs, found = 0, []
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        gates = gate.gates(pathlib.Path(options.binary).resolve())
        chosen = [(each, FAULTS) for each in (gates if options.whole else [gates[0], gates[-1]])]
        chosen += [(each, FAULTS if options.whole else SOME) for each in gate.commands(gates[0].binary)]
        for each, faults in [*chosen, (gate.mapped(gates[0].binary), MAPPINGS)]:
            each.reference()
            for call, error in faults:
                environment = {"LD_PRELOAD": shim, "FAULT_CALL": call, "FAULT_ERROR": str(error)}
                calls = each.run(environment).calls
                if calls == 0 and call not in UNUSED.get(each.name, ()):
                    found.append(f"{each.name}: no {call} was seen, so that nothing is shown")
                for every in (0, 1):
                    # Nobody gets on when each call is interrupted. Without any memory at all libgit2 1.5 calls itself without end;
                    # check_kills.py gives little instead of none.
                    if every and (error in (0, errno.EINTR) or call == "malloc"):
                        continue
                    wanted = numbers(calls, options.whole, 40 if every == 0 else 12)
                    if faults is SOME:
                        wanted = wanted[::4]
                    elif isinstance(each, gate.Command) and len(wanted) > MOST_ALLOCATIONS:
                        wanted = numbers(calls, False, MOST_ALLOCATIONS)
                    outcomes = pool.map(lambda n, every=every, environment=environment: each.run(
                        {**environment, "FAULT_AT": str(n), "FAULT_EVERY": str(every)}), wanted)
                    for n, outcome in zip(wanted, outcomes):
                        runs += 1
                        # From the first failed write on, stderr fails as well.
                        problems = each.problems(outcome, stderr_works=call not in ("write",))
                        if (call, error) in HARMLESS and outcome.code != each.reference().code and each.name != "committed baseline":
                            problems.append(f"exit {outcome.code} after a {call} that only had to be tried again")
                        found += [f"{each.name}, {call} {n}{' and all after it' if every else ''} of {calls} with errno {error}: {problem}"
                                  for problem in problems]
    print("\n".join(found[:40]) or f"{runs} faults: every run ended as it should", f"({len(found)} problems)" if found else "")
    sys.exit(1 if found else 0)


main()
