"""What every test may count on: where the project lies, and a short leash for generated cases."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).resolve().parent.parent

# A property's first example may load an extension module, and a busy machine is no failure.
settings.register_profile("steady", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("steady")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--compiled", action="store_true", help="refuse to run unless the domain is compiled"
    )


def pytest_sessionstart(session: pytest.Session) -> None:
    if not session.config.getoption("--compiled"):
        return
    from requite.domain import money
    from requite.domain.determination import waterfall

    pure = [module.__name__ for module in (money, waterfall) if module.__file__.endswith(".py")]
    if pure:
        raise pytest.UsageError(f"Not compiled: {', '.join(pure)}. See `make compiled`.")


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder that holds pyproject.toml."""
    return ROOT
