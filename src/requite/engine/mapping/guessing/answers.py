"""What a person has said about an extract where a guess would not do."""

from pydantic import BaseModel, ConfigDict


class Answers(BaseModel):
    """By file and by what was asked; what is not said is guessed.

    `what` says what a file holds, `roles` which column is what, `kinds` what a value (or an
    amount column) stands for, `turned` whether its amounts are turned round ("turned") or stand as
    they are ("as"), `classes` what kind of payer a name is.
    """

    model_config = ConfigDict(extra="forbid")

    what: dict[str, str] = {}
    roles: dict[str, dict[str, str]] = {}
    kinds: dict[str, dict[str, str]] = {}
    turned: dict[str, dict[str, str]] = {}
    classes: dict[str, str] = {}
    dates: str = ""
