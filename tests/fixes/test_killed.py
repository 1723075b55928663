"""A fix that is killed leaves the old file or the new one, and the record of what went before the new one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

# Fixes a file again and again, each time in a process of its own that is killed one step later: at the next time that
# it touches anything in the folder of the file. Then kills at times within a fix, wherever it may be.
PROGRAM = """
import hashlib, json, os, random, signal, sys, time
from pathlib import Path
from dataaudit.config import Settings
from dataaudit.fixes import fix

file = Path(sys.argv[1])
record = Path(f"{file}.removed.jsonl")
old = file.read_bytes()
settings = Settings().changed(select=("SCH", "DUP001"))

def start(step):
    child = os.fork()
    if child:
        return child
    seen = 0
    def hook(event, args):
        nonlocal seen
        if event.startswith(("open", "os.", "tempfile.")) and any(str(file.parent) in str(arg) for arg in args):
            seen += 1
            if seen == step:
                os.kill(os.getpid(), signal.SIGKILL)
    if step:
        sys.addaudithook(hook)
    fix([str(file)], settings)
    os._exit(0)

def state():
    found = [hashlib.sha256(path.read_bytes()).hexdigest() if path.exists() else None for path in (file, record)]
    file.write_bytes(old)
    record.unlink(missing_ok=True)
    for left in file.parent.glob(".*.tmp"):
        left.unlink()
    return found

fix([str(file)], settings)
whole = state()
result = {"old": hashlib.sha256(old).hexdigest(), "whole": whole, "steps": [], "times": []}
step, ended = 0, False
while not ended:
    step += 1
    ended = not os.WIFSIGNALED(os.waitpid(start(step), 0)[1])
    result["steps"].append(state())
began = time.perf_counter()
os.waitpid(start(0), 0)
took = time.perf_counter() - began
state()
moments = random.Random(20261121)
for _ in range(8):
    child = start(0)
    time.sleep(moments.uniform(0, took))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    result["times"].append(state())
print(json.dumps(result))
"""
ROWS = 600


def dirty() -> bytes:
    """Rows of which each third repeats the one before it."""
    rows = [f'{{"prompt": "Frage {n - (n % 3 == 2)}", "completion": "{"Antwort " * 40}"}}' for n in range(ROWS)]
    return "".join(row + "\n" for row in rows).encode()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes cannot be forked here")
def test_killed_at_every_step_and_at_any_time(tmp_path: Path) -> None:
    file = tmp_path / "train.jsonl"
    file.write_bytes(dirty())
    done = subprocess.run([sys.executable, "-c", PROGRAM, str(file)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout)
    new, record = result["whole"]
    allowed = [[result["old"], None], [result["old"], record], [new, record]]
    found = result["steps"] + result["times"]
    assert [state for state in found if state not in allowed] == []
    assert len(result["steps"]) > 10
    assert all(state in result["steps"] for state in allowed)
