"""Puts the rule data and the compiled kernels into wheels.

Real wheels hold the rules as `dataaudit/_rules`; an editable install reads `rules/` beside the package. The same data
goes in as JSON too (`dataaudit/_rules.json`, `dataaudit/_providers.json`), which starts faster than TOML.

The kernels are compiled with the C compiler of the machine, for all processors of its platform and any Python: each
`name.c` of the package gives the library `_name.so` beside it (`.dll` on Windows), which needs no Python headers.
Without a compiler, or with DATAAUDIT_PURE=1, the wheel is a pure one.
"""

from __future__ import annotations

import datetime
import json
import os
import shutil
import sys
import sysconfig
import tempfile
import tomllib
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

# Listed by kind: a scratch file that lies in rules/ must not reach a wheel.
SHIPPED = (".toml", ".json")
SUFFIX = ".dll" if sys.platform == "win32" else ".so"


class WheelHook(BuildHookInterface[Any]):
    """Maps what is made for a wheel, and each rule file of the tree, to its place in the wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile the kernels and add the mapping; for an editable install only put the libraries into the tree."""
        self._scratch = tempfile.TemporaryDirectory()
        sources = [path.relative_to(self.root) for path in sorted(Path(self.root, "dataaudit").rglob("*.c"))]
        libraries = self._compiled(sources)
        if version == "editable":
            for source in sources:
                target = source.with_name(f"_{source.stem}{SUFFIX}")
                _put(libraries.get(target), Path(self.root, target))
            return
        if libraries:
            build_data["force_include"] |= {str(made): target.as_posix() for target, made in libraries.items()}
            build_data["pure_python"] = False
            build_data["tag"] = "py3-none-" + sysconfig.get_platform().replace("-", "_").replace(".", "_")
        self._add_rules(build_data["force_include"])

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove what was made for the wheel."""
        self._scratch.cleanup()

    def _add_rules(self, included: dict[str, str]) -> None:
        rules = Path(self.root, "rules")
        made: dict[str, dict[str, Any]] = {"_rules.json": {}, "_providers.json": {}}
        for path in sorted(rules.rglob("*")):
            if path.is_file() and path.suffix in SHIPPED:
                name = path.relative_to(rules).as_posix()
                included[str(path)] = f"dataaudit/_rules/{name}"
                if path.suffix == ".toml":
                    part = "_providers.json" if name.startswith("providers/") else "_rules.json"
                    made[part][name] = tomllib.loads(path.read_text(encoding="utf-8"))
        for part, data in made.items():
            file = Path(self._scratch.name, part)
            file.write_text(json.dumps(data, default=_iso, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
            included[str(file)] = f"dataaudit/{part}"

    def _compiled(self, sources: list[Path]) -> dict[Path, Path]:
        """Place in the tree -> library in the scratch folder; empty where nothing can or shall be compiled."""
        if os.environ.get("DATAAUDIT_PURE", "") not in ("", "0"):
            self.app.display_warning("dataaudit: DATAAUDIT_PURE is set, near-duplicate search will be slow")
            return {}
        import setuptools  # noqa: F401, I001 (first, as it provides distutils)
        from distutils.ccompiler import new_compiler
        from distutils.errors import CCompilerError, DistutilsError
        from distutils.sysconfig import customize_compiler

        libraries = {}
        try:
            compiler: Any = new_compiler()
            customize_compiler(compiler)
            microsoft = compiler.compiler_type == "msvc"
            flags = ["/O2"] if microsoft else ["-std=c99", "-O3", "-g0", "-fvisibility=hidden"]
            for source in sources:
                target = source.with_name(f"_{source.stem}{SUFFIX}")
                made = Path(self._scratch.name, target)
                objects = compiler.compile(
                    [str(Path(self.root, source))], output_dir=self._scratch.name, extra_postargs=flags
                )
                compiler.link_shared_object(objects, str(made))
                libraries[target] = made
        except (CCompilerError, DistutilsError) as error:
            self.app.display_warning(f"dataaudit: no C compiler, near-duplicate search will be slow: {error}")
            return {}
        return libraries


def _put(library: Path | None, target: Path) -> None:
    """Put the library into the tree at one stroke, as another process may have it open; or remove the old one."""
    if library is None:
        target.unlink(missing_ok=True)
        return
    beside = target.with_name(f"{target.name}.{os.getpid()}.tmp")
    shutil.copyfile(library, beside)
    beside.replace(target)


def _iso(value: Any) -> str:
    if isinstance(value, datetime.date):
        return value.isoformat()
    raise TypeError(f"no JSON for {value!r}")
