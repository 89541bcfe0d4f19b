"""Who pays: invented payers of every class, their plans, and how each sends its remittances."""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Payer:
    """One payer, and the habits of its remittances."""

    payer_id: str
    name: str
    payer_class: str
    filing: str  # CLP06
    share: int = 0  # weight among primary payers
    second_share: int = 0  # weight among secondary payers of a commercial primary
    parent: str = ""


PAYERS = (
    Payer("ALDW", "Alderway Health Plan", "commercial", "12", 130, 20),
    Payer("BRKN", "Bracken Mutual", "commercial", "12", 110, 20),
    Payer("COPF", "Copperfield Benefit Trust", "commercial", "CI", 80, 16),
    Payer("DUNM", "Dunmore Health", "commercial", "HM", 70, 12),
    Payer("EAST", "Eastmarch Assurance", "commercial", "15", 50, 12),
    Payer("FALL", "Fallowfield Preferred", "commercial", "12", 50, 10),
    Payer("GARN", "Garnet Life and Health", "commercial", "CI", 0, 0),
    Payer("GARH", "Garnet Health of the Plains", "commercial", "HM", 40, 8, "GARN"),
    Payer("GARS", "Garnet Health Services", "commercial", "12", 0, 0, "GARN"),
    Payer("JUNI", "Juniper Cooperative Health", "commercial", "12", 0, 0),
    Payer("MCRA", "Medicare Part A Jurisdiction Q", "medicare_ffs", "MA", 0, 0),
    Payer("MCRB", "Medicare Part B Jurisdiction Q", "medicare_ffs", "MB", 170, 0),
    Payer("SILV", "Silverleaf Advantage", "medicare_advantage", "16", 70, 0),
    Payer("NORT", "Northgate Senior Choice", "medicare_advantage", "16", 40, 0),
    Payer("MCAD", "State Medicaid Program", "medicaid", "MC", 40, 6),
    Payer("HARB", "Harbor Community Plan", "medicaid_managed", "MC", 60, 2),
    Payer("MEAD", "Meadowlark Family Plan", "medicaid_managed", "MC", 30, 0),
    Payer("KIDS", "Children's Coverage Program", "chip", "MC", 10, 0),
    Payer("TRIC", "Tricare Region Central", "tricare", "CH", 12, 2),
    Payer("VACC", "Veterans Community Care", "va", "VA", 12, 0),
    Payer("FEDE", "Kestrel Federal Employee Plan", "fehb", "FI", 14, 3),
    Payer("IRON", "Ironbridge Compensation Fund", "workers_comp", "WC", 6, 0),
    Payer("ROAD", "Roadstone Auto Insurance", "auto", "AM", 4, 0),
    Payer("QUAR", "Quarry Liability", "liability", "LM", 2, 0),
    Payer("OTHR", "County Care Fund", "other", "ZZ", 4, 0),
)
COUNT = len(PAYERS)
PLACE = {payer.payer_id: place for place, payer in enumerate(PAYERS)}
WEEKDAY = np.arange(COUNT) % 5  # the day of the week on which it pays
IS_COMMERCIAL = np.array([payer.payer_class == "commercial" for payer in PAYERS])
IS_MEDICARE = np.array([payer.payer_class == "medicare_ffs" for payer in PAYERS])
IS_MEDICAID = np.array([payer.payer_class.startswith("medicaid") for payer in PAYERS])
HAS_BANK = np.arange(COUNT) % 2 == 0  # its deposits are in bank_deposits
SENDS_PAPER = np.array([p.payer_class in ("auto", "liability", "workers_comp") for p in PAYERS])
ECHO = np.arange(COUNT) % 8  # REF 6R: 7 none, 0 to 2 the charge id, else the line number
INSURED, SELF_FUNDED, UNKNOWN, GOVERNMENT = range(4)
FUNDINGS = ("insured", "self_funded", "unknown", "government")


def shares(weights: list[int]) -> np.ndarray:
    """The weights as shares of one."""
    whole = np.array(weights, dtype=np.float64)
    return np.asarray(whole / whole.sum())


FIRST_SHARE = shares([payer.share for payer in PAYERS])
SECOND_SHARE = shares([payer.second_share for payer in PAYERS])
COMMERCIAL_SHARE = shares([p.share if p.payer_class == "commercial" else 0 for p in PAYERS])


def identifier(place: int) -> str:
    """What the payer calls itself in TRN03: a 1 and its tax number."""
    return f"17412345{place:02}"


def short_number(place: int) -> str:
    """What the payer calls itself in REF 2U of loop 1000A."""
    return f"6{place:02}41"


def pays_on(payer: np.ndarray, day: np.ndarray) -> np.ndarray:
    """The first payment day of the payer on or after `day` (days since 1970)."""
    weekday = (day + 3) % 7  # 1 January 1970 was a Thursday
    return np.asarray(day + (WEEKDAY[payer] - weekday) % 7)
