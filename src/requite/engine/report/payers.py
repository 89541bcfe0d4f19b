"""What kind of payer a report means by a name or a class; none where that cannot be told."""

import re

PATIENT = "patient"
ADVANTAGE = (
    r"medicare (adv|replacement|hmo|ppo|managed|complete|plus|gold)\w*|\bm(cr|edicare) ?adv\w*"
    r"|advantage|\bma ?pd?\b|(humana|aetna|uhc|cigna|wellcare) medicare"
)
MANAGED = (
    r"(medicaid|\bmcd\b) ?(hmo|mco|managed|replacement)|managed medicaid|star ?plus|healthy blue"
)
COMMERCIAL = (
    r"commercial|\bcomm?\b|blue|bcbs|\bbc\b|\bbs\b|aetna|cigna|united|\buhc\b|humana|anthem"
    r"|kaiser|\bhmo\b|\bppo\b|health ?plan|insurance|managed care|contracted"
)
# The first that fits counts: what is narrower stands before what is wider.
KINDS = (
    (PATIENT, r"self[ -]?pay|\bsp\b|patient|guarantor|uninsured|private pay|charity"),
    ("medicare_advantage", ADVANTAGE),
    ("medicaid_managed", MANAGED),
    ("chip", r"\bs?chip\b|child(ren)?'?s health insurance"),
    ("medicaid", r"medicaid|medi-?cal\b|\bmcd\b|\bcaid\b|masshealth|badgercare"),
    ("medicare_ffs", r"medicare|\bmcr\b|\bmcare\b|railroad|part [ab]\b|\bcms\b"),
    ("tricare", r"tricare|champus|champva|humana military|triwest"),
    ("va", r"\bva\b|veteran"),
    ("fehb", r"\bfehb\w*|federal (employee|blue)|\bfep\b|\bgeha\b"),
    ("workers_comp", r"work(er|men|man)'?s? ?'?comp\w*|\bwc\b|\bwork comp\b"),
    ("auto", r"\bauto\b|\bmva\b|no[ -]?fault|\bpip\b|state farm|geico|progressive|allstate"),
    ("liability", r"liability|third[ -]party|\btpl\b"),
    ("commercial", COMMERCIAL),
)  # fmt: skip


def kind_of(*texts: str) -> str:
    """The payer class of the first text that tells one; empty where none does.

    >>> kind_of("", "AETNA MEDICARE PPO"), kind_of("MCD"), kind_of("Self-Pay"), kind_of("Larkspur")
    ('medicare_advantage', 'medicaid', 'patient', '')
    """
    for text in texts:
        plain = text.lower()
        for kind, words in KINDS:
            if plain and re.search(words, plain):
                return kind
    return ""
