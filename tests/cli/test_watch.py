"""`watched`: a real process that runs again on every change, and ends by Ctrl-C with 130."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from queue import Empty, Queue
from threading import Thread

import pytest

from dataaudit.cli.watch import dependencies
from dataaudit.config import read_settings

# The command as `check --watch` has it: settings read anew in every run, and data from a folder.
COMMAND = """
import sys
from pathlib import Path
import click
from dataaudit.cli.main import main
from dataaudit.cli.watch import dependencies, watched
from dataaudit.cli.table import COMMANDS

@click.command()
@click.argument("folder")
def check(folder):
    from dataaudit.api import audit
    from dataaudit.config import read_settings

    seen = [None]

    def run():
        seen[0] = None
        seen[0] = read_settings(Path(folder))
        report = audit(folder, settings=seen[0].settings)
        print("RUN", report.counts.get("DUP001", 0), len(report.files), seen[0].settings.fail_on.value, flush=True)

    watched(run, lambda: dependencies([folder], seen[0]), pause=0.05)

COMMANDS["check"] = ("__main__", "")
main(["check", sys.argv[1]])
"""
ROW = '{"prompt": "question %s", "completion": "answer %s"}\n'


class Process:
    """The command, and the lines that it says on either stream."""

    def __init__(self, folder: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", COMMAND, str(folder)],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, bufsize=1,
        )  # fmt: skip
        self.lines: Queue[str] = Queue()
        self.reader = Thread(target=self._read, daemon=True)
        self.reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        with self.process.stdout as lines:
            for line in lines:
                self.lines.put(line)

    def until(self, start: str) -> str:
        seen = []
        until = time.monotonic() + 60
        while time.monotonic() < until:
            try:
                seen.append(self.lines.get(timeout=0.5))
            except Empty:
                continue
            if seen[-1].startswith(start):
                return seen[-1]
        raise AssertionError(f"no line that starts with {start!r} in {seen}")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "train.jsonl").write_text("".join(ROW % (number, number) for number in range(5)))
    return folder


@pytest.fixture
def process(folder: Path) -> Iterator[Process]:
    process = Process(folder)
    yield process
    if process.process.poll() is None:
        process.process.kill()
    process.process.wait()
    process.reader.join()


@pytest.mark.skipif(os.name != "posix", reason="Ctrl-C is sent as a signal")
def test_changes_new_files_and_settings_are_seen_and_ctrl_c_ends_it(folder: Path, process: Process) -> None:
    assert process.until("RUN") == "RUN 0 1 error\n"
    process.until("watching")
    with (folder / "train.jsonl").open("a") as file:
        file.write(ROW % (3, 3))
    assert "train.jsonl" in process.until("---")
    assert process.until("RUN") == "RUN 1 1 error\n"
    process.until("watching")
    (folder / "more.jsonl").write_text(ROW % (4, 4))
    assert "more.jsonl" in process.until("---")
    assert process.until("RUN") == "RUN 2 2 error\n"
    process.until("watching")
    (folder / "dataaudit.toml").write_text('fail_on = "warnin"\n')
    assert "fail_on" in process.until(str(folder / "dataaudit.toml"))
    process.until("watching")
    (folder / "dataaudit.toml").write_text('fail_on = "warning"\n')
    assert process.until("RUN") == "RUN 2 2 warning\n"
    process.until("watching")
    process.process.send_signal(signal.SIGINT)
    assert process.process.wait(timeout=30) == 130
    assert "interrupted" in process.until("dataaudit:")


def test_what_an_audit_depends_on(folder: Path) -> None:
    (folder / "dataaudit.toml").write_text('format_contract = "contract.toml"\nexclude = ["left*"]\n')
    (folder / "left.jsonl").write_text(ROW % (1, 1))
    files = set(dependencies([str(folder)], read_settings(folder)))
    for name in ("train.jsonl", "dataaudit.toml", "contract.toml", ".dataaudit.toml"):
        assert str(folder / name) in files
    assert str(folder / "left.jsonl") not in files
    assert str(folder / "gone.jsonl") in set(dependencies([str(folder / "gone.jsonl"), "-"], None))
