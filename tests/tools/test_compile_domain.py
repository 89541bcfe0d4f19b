import os
import subprocess
import sys
from pathlib import Path

import pytest

import compile_domain


def test_the_copy_holds_the_package_and_no_earlier_build(tmp_path: Path) -> None:
    stale = tmp_path / "requite" / "domain" / "gone.cpython-311-x86_64-linux-gnu.so"
    stale.parent.mkdir(parents=True)
    stale.write_bytes(b"")
    copy = compile_domain.copy_package(tmp_path)
    assert (copy / "domain" / "money.py").is_file()
    assert not list(copy.rglob("*.so"))
    assert not list(copy.rglob("__pycache__"))


def test_money_and_the_determination_are_compiled_and_nothing_else(tmp_path: Path) -> None:
    modules = compile_domain.modules_to_compile(compile_domain.copy_package(tmp_path))
    assert "requite/domain/money.py" in modules
    assert "requite/domain/determination/account.py" in modules
    assert all(module.startswith("requite/domain/") for module in modules)


def test_every_module_can_be_turned_into_c(tmp_path: Path) -> None:
    translate = (
        "import sys; from pathlib import Path; import compile_domain as c; "
        "to = Path(sys.argv[1]); c.translate(to, c.modules_to_compile(c.copy_package(to)))"
    )
    tools = Path(compile_domain.__file__).parent
    told = subprocess.run(  # it goes into another folder, and ends its program at a fault
        [sys.executable, "-c", translate, tmp_path],
        env={**os.environ, "PYTHONPATH": str(tools)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    faults = [line for line in told.stdout.splitlines() if ": error: " in line]
    assert (told.returncode, faults) == (0, []), told.stderr[-2_000:]
    assert list((tmp_path / "c").rglob("*.c"))


def test_a_machine_without_a_c_compiler_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CC", "no-such-compiler -O2")
    with pytest.raises(SystemExit, match="No C compiler: 'no-such-compiler' is not on the path"):
        compile_domain.require_compiler()


def test_the_target_folder_must_be_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["compile_domain.py"])
    with pytest.raises(SystemExit, match="TARGET_FOLDER"):
        compile_domain.main()
