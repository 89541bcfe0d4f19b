"""Exports of invented practices, unlike each other and every preset; what is right of each."""

from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).resolve().parent / "engine" / "mapping" / "practices"


@dataclass(frozen=True)
class Practice:
    """The choices that a person has to make of an export, and the balances that are right then."""

    balances: dict[str, int]  # cents by account
    asks: dict[tuple[str, str], str] = field(default_factory=dict)  # file, value: kind or sign
    rows: dict[str, int] = field(default_factory=dict)  # of some tables, by name
    credits_of: frozenset[str] = frozenset()


# The folder of each holds its files as they came out of the practice's system.
PRACTICES = {
    "ledger": Practice({"Q-77": -3500}, rows={"charges": 1, "transactions": 5, "coverages": 1}),
    "wide": Practice(
        {"1001": 0, "1002": -2500, "1003": 4000},
        rows={"charges": 4, "allocations": 8, "patients": 3, "payers": 2},
    ),
    "kinds": Practice(
        {"A-1": 0, "A-2": -5000, "A-3": 6500},
        rows={"charges": 4, "transactions": 8, "patients": 3, "payers": 2, "coverages": 3},
    ),
    "items": Practice({"0071": -1500, "0072": 2000}, rows={"charges": 3, "patients": 2}),
    "letters": Practice({"55-1": -4000, "55-2": 0}, rows={"charges": 2, "transactions": 6}),
    "signed": Practice(
        {"V1": -9840, "V2": 2000}, rows={"payers": 3, "coverages": 3, "patients": 2, "accounts": 2}
    ),
    "numbers": Practice(
        {"700": -1000, "701": 0},
        asks={
            ("export.csv", "10"): "charge", ("export.csv", "20"): "insurer_payment",
            ("export.csv", "21"): "patient_payment", ("export.csv", "30"): "adjustment",
        },
    ),
    "columns": Practice({"S1": -2000, "S2": 0}, rows={"charges": 2, "coverages": 3}),
    "back": Practice({"K1": 0, "K2": -3500, "K3": 9000}, rows={"charges": 3}),
    "bare": Practice(
        {"H-9": -500, "H-10": 1000},
        asks={("daily.csv", "Payments"): "insurer_payment"}, rows={"charges": 2},
    ),
    "tabs": Practice({"9001": -1000, "9002": 5000}, rows={"charges": 2}),
    "bars": Practice({"31": -700, "32": 0}, rows={"charges": 2}),
}  # fmt: skip
