"""Build the domain with mypyc in a copy of the package, so that the tree itself stays pure Python.

    python tools/compile_domain.py build/compiled

The copy holds everything under `src/requite`; beside each compiled module lies its extension,
which Python prefers to the source. Run against it with `PYTHONPATH=build/compiled`.
"""

import os
import shutil
import sys
import sysconfig
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from setuptools import Extension

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = "requite"
COMPILED = ("domain/money.py", "domain/determination/**/*.py")


def require_compiler() -> None:
    """Stop with a plain sentence where no C compiler is at hand."""
    wanted = os.environ.get("CC") or sysconfig.get_config_var("CC") or "cc"
    program = wanted.split()[0]
    if shutil.which(program) is None:
        sys.exit(
            f"No C compiler: {program!r} is not on the path. Compiling the domain needs one and "
            "Python's header files; the pure Python package does the same work, only slower."
        )


def copy_package(target: Path) -> Path:
    """Lay a fresh copy of the package into `target`, without caches."""
    copy = target / PACKAGE
    if copy.exists():
        shutil.rmtree(copy)
    for stale in target.glob("*__mypyc*"):  # the extension that all compiled modules share
        stale.unlink()
    shutil.copytree(
        ROOT / "src" / PACKAGE, copy, ignore=shutil.ignore_patterns("__pycache__", "*.so", "*.pyd")
    )
    return copy


def modules_to_compile(copy: Path) -> list[str]:
    """Paths, relative to the folder above the package, of the modules mypyc turns into C."""
    found = {path for pattern in COMPILED for path in copy.glob(pattern)}
    return sorted(
        path.relative_to(copy.parent).as_posix()
        for path in found
        if path.name != "__init__.py"  # a package's front door holds no work worth compiling
    )


def translate(target: Path, modules: list[str]) -> list["Extension"]:
    """Turn `modules`, inside `target`, into C; ends the program where one cannot be."""
    from mypyc.build import mypycify

    os.chdir(target)
    os.environ["MYPYPATH"] = str(target)
    return mypycify(
        ["--strict", "--python-version", f"{sys.version_info[0]}.{sys.version_info[1]}", *modules],
        opt_level=os.environ.get("REQUITE_OPT_LEVEL", "3"),
        target_dir="c",
    )


def build(target: Path, modules: list[str]) -> None:
    """Compile `modules` in place, inside `target`."""
    from setuptools import setup

    setup(
        name=f"{PACKAGE}-compiled",
        packages=[],
        ext_modules=translate(target, modules),
        script_args=["--quiet", "build_ext", "--inplace", "--build-temp", "objects"],
    )


def main() -> None:
    """Copy, compile, and say where the result lies."""
    if len(sys.argv) != 2:
        sys.exit("Usage: python tools/compile_domain.py TARGET_FOLDER")
    require_compiler()
    target = Path(sys.argv[1]).resolve()
    target.mkdir(parents=True, exist_ok=True)
    modules = modules_to_compile(copy_package(target))
    build(target, modules)
    print(f"Compiled {len(modules)} modules into {target / PACKAGE}")


if __name__ == "__main__":
    main()
