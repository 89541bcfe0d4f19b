import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture(scope="module")
def compile_domain(root: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(
        "compile_domain", root / "tools/compile_domain.py"
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_copy_holds_the_package_and_no_earlier_build(
    compile_domain: ModuleType, tmp_path: Path
) -> None:
    stale = tmp_path / "requite" / "domain" / "gone.cpython-311-x86_64-linux-gnu.so"
    stale.parent.mkdir(parents=True)
    stale.write_bytes(b"")
    copy = compile_domain.copy_package(tmp_path)
    assert (copy / "domain" / "money.py").is_file()
    assert not list(copy.rglob("*.so"))
    assert not list(copy.rglob("__pycache__"))


def test_money_and_the_determination_are_compiled_and_nothing_else(
    compile_domain: ModuleType, tmp_path: Path
) -> None:
    modules = compile_domain.modules_to_compile(compile_domain.copy_package(tmp_path))
    assert "requite/domain/money.py" in modules
    assert "requite/domain/determination/account.py" in modules
    assert all(module.startswith("requite/domain/") for module in modules)


def test_a_machine_without_a_c_compiler_is_told_so(
    compile_domain: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CC", "no-such-compiler -O2")
    with pytest.raises(SystemExit, match="No C compiler: 'no-such-compiler' is not on the path"):
        compile_domain.require_compiler()


def test_the_target_folder_must_be_named(
    compile_domain: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", ["compile_domain.py"])
    with pytest.raises(SystemExit, match="TARGET_FOLDER"):
        compile_domain.main()
