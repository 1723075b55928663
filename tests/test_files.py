from __future__ import annotations

import os
from pathlib import Path

import pytest

from dataaudit._files import replacing, write_file
from dataaudit.errors import UsageError


def test_the_old_file_stays_when_writing_fails(tmp_path: Path) -> None:
    file = tmp_path / "report.json"
    file.write_text("old", encoding="utf-8")

    def interrupted() -> None:
        with replacing(file) as stream:
            stream.write(b"half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert file.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.skipif(os.name != "posix", reason="modes and links of POSIX")
def test_mode_and_link_stay(tmp_path: Path) -> None:
    file, link = tmp_path / "report.json", tmp_path / "link"
    file.write_text("old", encoding="utf-8")
    file.chmod(0o640)
    link.symlink_to(file)
    write_file(link, "new ü")
    assert link.is_symlink()
    assert file.read_text(encoding="utf-8") == "new ü"
    assert file.stat().st_mode & 0o777 == 0o640


@pytest.mark.skipif(os.name != "posix", reason="modes of POSIX")
def test_a_new_file_has_the_usual_mode(tmp_path: Path) -> None:
    old = os.umask(0o027)
    try:
        write_file(tmp_path / "new", b"x")
    finally:
        os.umask(old)
    assert (tmp_path / "new").stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize("name", ["none/report.json", "."])
def test_a_file_that_cannot_be_written_is_named(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError, match="cannot be written"):
        write_file(tmp_path / name, "x")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not Path("/dev/fd").exists(), reason="no open files by name")
def test_what_the_system_names_by_a_link_is_written_to(tmp_path: Path) -> None:
    """As a shell gives it for >(command), and as /dev/stdout is one."""
    reader, writer = os.pipe()
    write_file(Path(f"/dev/fd/{writer}"), "x")
    assert os.read(reader, 9) == b"x"
    with (tmp_path / "log").open("ab") as log:
        log.write(b"old")
        log.flush()
        write_file(Path(f"/dev/fd/{log.fileno()}"), "new")
    assert (tmp_path / "log").read_bytes() == b"oldnew"
    os.close(reader)
    os.close(writer)


@pytest.mark.skipif(not Path("/dev/null").exists(), reason="no null device")
def test_a_device_is_written_to_directly() -> None:
    write_file(Path("/dev/null"), "x")
    assert Path("/dev/null").is_char_device()
