"""Ctrl-C during a large run: every process ends, and the exit code says so."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROW = '{"prompt": "What is the number %d? %s", "completion": "The answer is %d."}\n'


def _children(pid: int) -> list[int]:
    try:
        return [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except FileNotFoundError:
        return []


def _alive(pids: list[int]) -> list[int]:
    return [pid for pid in pids if Path(f"/proc/{pid}").exists()]


EARLY = """
import sys
from dataaudit.__main__ import run

class Interrupting:
    def find_spec(self, name, *rest):
        if name == "{module}":
            raise KeyboardInterrupt

sys.meta_path.insert(0, Interrupting())
sys.argv = ["dataaudit", "check", "."]
run()
"""


@pytest.mark.parametrize("module", ["dataaudit.cli.main", "click", "dataaudit.cli.check", "dataaudit.config"])
def test_an_interrupt_while_the_program_loads_is_no_traceback(module: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", EARLY.format(module=module)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 130
    assert "Traceback" not in done.stderr


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="needs /proc to see the processes of a pool")
def test_an_interrupted_run_ends_with_130_and_leaves_no_process(tmp_path: Path) -> None:
    data = tmp_path / "train.jsonl"
    with data.open("w") as file:
        file.writelines(ROW % (number, "word " * 150, number) for number in range(120_000))
    command = [sys.executable, "-m", "dataaudit", "check", str(data), "--isolated", "--workers", "2"]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    until = time.monotonic() + 60
    while len(workers := _children(process.pid)) < 2 and time.monotonic() < until:
        time.sleep(0.02)
    assert len(workers) >= 2
    os.killpg(process.pid, signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "interrupted" in errors
    assert "Traceback" not in errors
    while _alive(workers) and time.monotonic() < until:
        time.sleep(0.02)
    assert _alive(workers) == []
