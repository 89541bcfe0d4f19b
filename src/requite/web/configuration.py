"""The settings of an installation: from one TOML file and the environment, checked at the start."""

import os
import secrets
import tomllib
import zoneinfo
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Self
from urllib.parse import parse_qsl, unquote, urlsplit

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from requite.domain.errors import RequiteError

PREFIX = "REQUITE_"
FILE = "REQUITE_CONFIG"
LISTS = {"allowed_hosts", "audit_mail_to"}
TABLES = {"oidc", "mail"}  # these stand in the file only


class BadSetting(RequiteError):
    """A setting cannot be used."""

    def __init__(self, key: str, problem: str) -> None:
        super().__init__(
            f"The setting {key} is wrong: {problem}.", remedy="Correct it and start again."
        )


class SignOn(BaseModel):
    """Single sign-on by OpenID Connect."""

    model_config = ConfigDict(extra="forbid")

    name: str = "Single sign-on"
    server_url: str = Field(min_length=8)
    client_id: str = Field(min_length=1)
    client_secret: str = Field(min_length=1, repr=False)


class Mail(BaseModel):
    """The server by which e-mails leave; without one none do."""

    model_config = ConfigDict(extra="forbid")

    host: str = Field(min_length=1)
    port: int = Field(default=587, ge=1, le=65535)
    user: str = ""
    password: str = Field(default="", repr=False)
    tls: bool = True
    sender: str = Field(min_length=3)


class Configuration(BaseModel):
    """All that an installation may set; anything else is refused."""

    model_config = ConfigDict(extra="forbid")

    data_dir: Path = Path("data")
    database_url: str = Field(default="", repr=False)
    secret_key: str = Field(default="", repr=False)
    allowed_hosts: list[str] = ["localhost", "127.0.0.1", "[::1]"]
    https: bool = False
    proxies: int | None = Field(default=None, ge=0, le=10)
    idle_minutes: int = Field(default=20, ge=1, le=720)
    token_days: int = Field(default=90, ge=1, le=3650)
    token_days_at_most: int = Field(default=365, ge=1, le=3650)
    watched_dir: Path | None = None
    most_upload_bytes: int = Field(default=2_000_000_000, ge=1_000_000)
    time_zone: str = "UTC"
    audit_key_file: Path | None = None
    anchor_key_file: Path | None = None
    anchors_file: Path | None = None
    audit_mail_to: list[str] = []
    oidc: SignOn | None = None
    mail: Mail | None = None

    @field_validator("time_zone")
    @classmethod
    def is_known(cls, value: str) -> str:
        """Days begin and end where the providers are."""
        if value not in zoneinfo.available_timezones():
            raise ValueError("there is no such time zone; write it as America/Chicago")
        return value

    @field_validator("secret_key")
    @classmethod
    def is_long(cls, value: str) -> str:
        """A short key can be guessed."""
        if value and len(value) < 50:
            raise ValueError("it must have at least 50 characters")
        return value

    @model_validator(mode="after")
    def tokens_end(self) -> Self:
        """What a token gets by itself is no longer than the longest that one may have."""
        if self.token_days > self.token_days_at_most:
            raise ValueError("token_days is more than token_days_at_most")
        return self

    @property
    def trusted_proxies(self) -> int:
        """How many proxies stand before the office; one, where TLS is spoken for it."""
        return int(self.https) if self.proxies is None else self.proxies


def read_configuration(environ: Mapping[str, str] = os.environ) -> Configuration:
    """The installation's settings; the environment goes before the file.

    Raises
    ------
    BadSetting
        Naming the key and what is wrong with it, never its value.
    """
    values = _from_file(environ)
    for name in Configuration.model_fields:
        if name in TABLES:
            continue
        given = environ.get(f"{PREFIX}{name.upper()}")
        if given is not None:
            values[name] = given.split(",") if name in LISTS else given
    if "DATABASE_URL" in environ:
        values["database_url"] = environ["DATABASE_URL"]
    try:
        return Configuration.model_validate(values)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        key = ".".join(str(part) for part in first["loc"]) or "token_days"
        raise BadSetting(key, str(first["msg"])) from None


def _from_file(environ: Mapping[str, str]) -> dict[str, Any]:
    path = Path(environ.get(FILE, "requite.toml"))
    if not path.is_file():
        if FILE in environ:
            raise BadSetting(FILE, f"there is no file {path.name}")
        return {}
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise BadSetting(path.name, str(error)) from None


def secret_key(configured: Configuration) -> str:
    """The key that signs sessions: as set, else the installation's own, kept in its data."""
    if configured.secret_key:
        return configured.secret_key
    path = configured.data_dir / "secret_key"
    if not path.is_file():
        configured.data_dir.mkdir(parents=True, exist_ok=True)
        fresh = path.with_suffix(".new")
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_urlsafe(64), encoding="ascii")
        fresh.replace(path)
    return path.read_text(encoding="ascii")


def database(configured: Configuration) -> dict[str, Any]:
    """The database as Django names it: SQLite in the data folder unless a URL says otherwise."""
    url = configured.database_url or f"sqlite:///{configured.data_dir / 'requite.sqlite3'}"
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": unquote(url.removeprefix("sqlite:///")),
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",  # writers queue instead of failing half-way
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
            },
        }
    if parts.scheme not in {"postgres", "postgresql"}:
        raise BadSetting("DATABASE_URL", "it begins with neither sqlite: nor postgresql:")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.removeprefix("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": dict(parse_qsl(parts.query)),
    }
