"""Data files as they were at a git revision, in a temporary folder under the names that they have now.

Renamed files are those that the index knows as such. Links are followed inside the revision, never out of it. Git LFS
content is taken from the clone; nothing is fetched.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final, NamedTuple

from dataaudit.errors import UsageError
from dataaudit.suppression.git import environment, git, links_at, renamed_since
from dataaudit.suppression.paths import real

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import IO

_POINTER: Final = b"version https://git-lfs.github.com/spec/v1"
_POINTER_SIZE: Final = 1024
_FILES: Final = ("100644", "100755", "100664")
_LINK: Final = "120000"
_BLOCK: Final = 2**20


class Repository(NamedTuple):
    """A work tree (resolved), and the folder of its objects."""

    root: Path
    store: Path


class Old(NamedTuple):
    """Files at a revision. root: stands for the root of the repository. files: their names from there."""

    repository: Repository
    root: Path
    files: tuple[str, ...]

    def path(self, path: str) -> Path:
        """What a path of now stands for here."""
        return self.root / _inside(path, self.repository)


@contextmanager
def files_at(revision: str, paths: Sequence[str], wanted: Callable[[str], bool]) -> Iterator[Old]:
    """The files that `paths` (files, folders, globs) had at a revision and that are `wanted`, by their path of now.

    Raises:
        UsageError: no git, no repository, no such revision, or Git LFS content that is not in the clone.
    """
    repository = _repository(paths)
    commit = _commit(revision, repository)
    named = [_inside(path, repository).as_posix() for path in paths]
    with TemporaryDirectory(prefix="dataaudit-") as folder:
        root = Path(folder, repository.root.name or "root")
        # Marks a root, as in the repository: names of files in fingerprints are seen from there.
        (root / ".git").mkdir(parents=True)
        entries = [entry for entry in _tree(commit, named, repository) if wanted(str(repository.root / entry.name))]
        blobs = _blobs(entries, commit, repository)
        _write(blobs, root, repository, revision)
        yield Old(repository, root, tuple(name for name, _ in blobs))


def _repository(paths: Sequence[str]) -> Repository:
    """The one repository that all paths lie in."""
    roots: dict[Path, Path] = {}
    for path in paths:
        folder = _folder_of(path)
        found = git(["rev-parse", "--show-toplevel", "--git-common-dir"], folder)
        if found.returncode:
            said = found.stderr.decode(errors="replace").strip().partition("\n")[0]
            hint = "--baseline-commit compares with what git has; without git, use `dataaudit baseline create`"
            raise UsageError(f"no git repository: {said}", path=path, hint=hint)
        top, store = os.fsdecode(found.stdout).rstrip("\n").rsplit("\n", 1)
        roots[Path(top)] = folder / store
    if len(roots) != 1:
        raise UsageError("--baseline-commit: the paths lie in more than one repository", hint="run once for each")
    return Repository(*next(iter(roots.items())))


def _folder_of(path: str) -> Path:
    """The nearest folder of a path, a glob perhaps, that is there; links of folders are resolved."""
    if path == "-":
        raise UsageError("--baseline-commit: standard input has no revisions", hint="name the files")
    place = Path(os.path.realpath(path) if Path(path).is_dir() else real(path))
    while not place.is_dir():
        place = place.parent
    return place


def _inside(path: str, repository: Repository) -> PurePosixPath:
    """A path as seen from the root. Links of folders are resolved, as git does; of a file itself they are not."""
    whole = Path(os.path.realpath(path) if Path(path).is_dir() else real(path))
    return PurePosixPath(whole.relative_to(repository.root).as_posix())


def _commit(revision: str, repository: Repository) -> str:
    found = git(["rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}"], repository.root)
    if found.returncode == 0 and not revision.startswith("-"):
        return os.fsdecode(found.stdout).strip()
    shallow = git(["rev-parse", "--is-shallow-repository"], repository.root).stdout.strip() == b"true"
    hint = "`git log --oneline` lists those that are there"
    if shallow:
        hint = (
            "the clone is shallow: fetch the revision first (git fetch --depth=1 origin REV), "
            "or clone with history (actions/checkout: fetch-depth: 0; GitLab: GIT_DEPTH: 0)"
        )
    raise UsageError(f"--baseline-commit: no such revision: {revision!r}", path=str(repository.root), hint=hint)


class _Entry(NamedTuple):
    """A file or link of a tree. name: the one of now. then: the one at the revision."""

    name: str
    then: str
    mode: str
    blob: str


def _tree(commit: str, names: Sequence[str], repository: Repository) -> Iterator[_Entry]:
    """The files and links under the names of now; of a glob those under the folder that it starts from."""
    fixed = {_fixed(name) for name in names}
    renamed = renamed_since(commit, repository.root)
    whole = not fixed.isdisjoint((".", ""))
    moved_in = [old for old, new in renamed.items() if any(new == name or new.startswith(f"{name}/") for name in fixed)]
    within = [] if whole else ["--", *sorted(fixed.union(moved_in))]
    found = git(["ls-tree", "-r", "-z", "--full-tree", commit, *within], repository.root)
    if found.returncode:
        said = found.stderr.decode(errors="replace").strip()
        raise UsageError(f"--baseline-commit: git ls-tree failed: {said}", path=str(repository.root))
    for entry in os.fsdecode(found.stdout).split("\0")[:-1]:
        about, _, name = entry.partition("\t")
        mode, _, blob = about.split(" ")
        now = renamed.get(name, name)
        if mode in (*_FILES, _LINK) and _is_safe(name) and _is_safe(now):
            yield _Entry(now, name, mode, blob)


def _blobs(entries: Sequence[_Entry], commit: str, repository: Repository) -> list[tuple[str, str]]:
    """(name of now, blob) of the files, and of the links to files that are not among them."""
    blobs = [(entry.name, entry.blob) for entry in entries if entry.mode != _LINK]
    there = {blob for _, blob in blobs}
    names = {entry.then: entry.name for entry in entries if entry.mode == _LINK}
    links = links_at(commit, list(names), repository.root) if names else {}
    return blobs + [(names[then], blob) for then, blob in links.items() if blob not in there]


def _fixed(name: str) -> str:
    parts = PurePosixPath(name).parts
    magic = next((place for place, part in enumerate(parts) if any(sign in part for sign in "*?[")), len(parts))
    return str(PurePosixPath(*parts[:magic]))


def _is_safe(name: str) -> bool:
    """Whether a name stays inside the folder: trees made by hand can hold any."""
    parts = name.split("/")
    if os.name == "nt" and any(sign in name for sign in '\\:*?"<>|'):
        return False
    return not any(part in ("", ".", "..") or part.lower() == ".git" for part in parts)


def _write(blobs: Sequence[tuple[str, str]], root: Path, repository: Repository, revision: str) -> None:
    if not blobs:
        return
    with subprocess.Popen(
        ["git", "-C", str(repository.root), "cat-file", "--batch"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment(),
    ) as process:  # fmt: skip
        assert process.stdin is not None  # a pipe
        assert process.stdout is not None  # a pipe
        for name, blob in blobs:
            process.stdin.write(f"{blob}\n".encode())
            process.stdin.flush()
            _, kind, *size = process.stdout.readline().split()
            if kind != b"blob":
                hint = "the clone is partial: fetch the revision with its files first"
                raise UsageError(f"--baseline-commit: git has no content of {name} at {revision!r}", hint=hint)
            target = root / name
            target.parent.mkdir(parents=True, exist_ok=True)
            with target.open("wb") as file:
                _copy(process.stdout, file, int(size[0]))
            process.stdout.read(1)
            _follow_pointer(target, repository, name, revision)


def _copy(source: IO[bytes], target: IO[bytes], size: int) -> None:
    while size > 0 and (block := source.read(min(size, _BLOCK))):
        target.write(block)
        size -= len(block)


def _follow_pointer(file: Path, repository: Repository, name: str, revision: str) -> None:
    """Put the content in the place of a Git LFS pointer."""
    if file.stat().st_size > _POINTER_SIZE or not (text := file.read_bytes()).startswith(_POINTER):
        return
    oid = next((line[11:] for line in text.decode(errors="replace").splitlines() if line.startswith("oid sha256:")), "")
    content = repository.store / "lfs" / "objects" / oid[:2] / oid[2:4] / oid
    if len(oid) != 64 or not oid.isalnum() or not content.is_file():
        hint = f"fetch it first: git lfs fetch origin {revision}"
        raise UsageError(f"--baseline-commit: at {revision!r} this is a Git LFS pointer", path=name, hint=hint)
    shutil.copyfile(content, file)
