"""Plain English for the codes of a finding, the same on screens, in files and in the docs.

A code is for machines and never changes; its words are for people.
"""

from typing import Final

CAUSES: Final = {
    "adjudication_pending": "Patient paid while a payer has yet to answer",
    "capitated_service_paid": "Service paid though the capitation covers it",
    "contractual_overposted": "Contractual write-off posted too high",
    "corrected_claim_unreversed": "Corrected claim paid, first payment not taken back",
    "dual_primary": "Two payers both paid as primary",
    "duplicate_payment": "Payer paid the same service twice",
    "duplicate_posting": "One payment posted more than once",
    "interest_as_payment": "Interest posted as claim payment",
    "medicare_secondary_payer": "Medicare paid first, another payer should have",
    "paid_above_contract": "Payer paid more than the contract allows",
    "patient_overcollection": "Patient paid more than the final responsibility",
    "prepayment_without_charges": "Patient paid ahead, nothing was charged",
    "refund_unposted": "Refund sent but not posted",
    "remit_missing": "Payer's money without its remittance",
    "returned_payment_unposted": "Payment returned by the bank, not posted as returned",
    "reversal_pending": "Corrected claim paid, reversal still expected",
    "secondary_over_responsibility": "Later payer paid more than was left to pay",
    "takeback_unposted": "Payer already took it back, not posted",
    "transfer_unbalanced": "Transfer that does not balance",
    "uncollectable_responsibility": "Patient paid what may not be collected",
    "unexplained": "No rule explains it",
    "voided_charge": "Charge voided or credited after it was paid",
    "writeoff_then_payment": "Balance written off, then paid",
    "wrong_account": "Payment of another account posted here",
}

# What would turn the answer: to be looked for before it is acted on.
WOULD_CHANGE: Final = {
    "adjudication_pending": "The remittance of the payer that has still to answer.",
    "capitated_service_paid": "A contract that pays this service outside of the capitation.",
    "contractual_overposted": "A contract that allows less than the remittance does.",
    "corrected_claim_unreversed": "A reversal of the first payment, or a take-back of its amount.",
    "dual_primary": "A coverage record or letter that puts the payers in another order.",
    "duplicate_payment": "A reversal of one of the payments, or a second service that was charged.",
    "duplicate_posting": "A second check or deposit: then the payer paid twice, and is owed.",
    "interest_as_payment": "A remittance that calls the amount payment and not interest.",
    "medicare_secondary_payer": "A record that Medicare was primary on the day of service.",
    "paid_above_contract": "A contract version that allows what was paid on that day.",
    "patient_overcollection": "A later remittance that leaves more to the patient.",
    "prepayment_without_charges": "A charge for the visit, or a booking that the money is for.",
    "refund_unposted": "A refund that was voided or returned: then the money is still here.",
    "remit_missing": "The remittance or explanation of benefits that goes with the payment.",
    "returned_payment_unposted": "A bank statement that shows the payment honoured after all.",
    "reversal_pending": "The reversal on a remittance, or 30 days that pass without it.",
    "secondary_over_responsibility": "A later answer of the payer before it that leaves more.",
    "takeback_unposted": "A provider adjustment that turns out to be for another claim.",
    "transfer_unbalanced": "The missing leg of the transfer in the next ledger.",
    "uncollectable_responsibility": "A record that the patient was not covered so on that day.",
    "unexplained": "Any record that names the money: remittance, deposit, letter, contract.",
    "voided_charge": "The charge billed again, or a corrected claim that is answered.",
    "writeoff_then_payment": "A payment that turns out to be for another balance.",
    "wrong_account": "A remittance that names this account's claim for the payment.",
}

DISPOSITIONS: Final = {
    "refund_payer": "Refund the payer",
    "refund_patient": "Refund the patient",
    "corrected_claim": "Send the payer a corrected claim",
    "reverse_posting": "Reverse the posting",
    "transfer_posting": "Move the posting where it belongs",
    "post_recoupment": "Post the take-back",
    "post_refund": "Post the refund",
    "post_returned_payment": "Post the returned payment",
    "reclassify": "Reclassify the posting as interest",
    "hold": "Wait, nothing goes back yet",
    "review": "Review and decide",
}

CERTAINTIES: Final = {
    "proved": "every step rests on a record",
    "likely": "one stated assumption fills a gap",
    "person": "a person must decide",
}

# What the weakest thing under a finding is; records are said by the certainty.
RESTS_ON: Final = {
    "order": "postings or lines were told apart by their order alone",
    "inferred": "who paid had to be inferred",
    "ledger": "no remittance stands behind it",
}

PARTIES: Final = {
    "payer": "the payer",
    "patient": "the patient",
    "none": "nobody (false credit)",
    "undetermined": "to be decided",
}

# The worklist's sheets, in the order in which they are worked.
QUEUES: Final = {
    "first": "Past due and government",
    "patients": "Patients",
    "payers": "Other payers",
    "corrections": "Corrections",
    "holds": "Holds",
    "person": "For a person",
}

PAYER_CLASSES: Final = {
    "medicare_ffs": "Medicare",
    "medicare_advantage": "Medicare Advantage",
    "medicaid": "Medicaid",
    "medicaid_managed": "Medicaid managed care",
    "chip": "CHIP",
    "tricare": "TRICARE",
    "va": "Veterans Affairs",
    "fehb": "Federal employees (FEHB)",
    "commercial": "Commercial",
    "workers_comp": "Workers' compensation",
    "auto": "Auto",
    "liability": "Liability",
    "other": "Other",
}


def in_words(table: dict[str, str], code: str) -> str:
    """What a table says of a code; a code that it does not know reads as it is spelled.

    >>> in_words(DISPOSITIONS, "post_refund"), in_words(DISPOSITIONS, "ask_the_bank")
    ('Post the refund', 'ask the bank')
    """
    return table.get(code) or code.replace("_", " ")


def days_in_short(days_left: int) -> str:
    """The same where there is little room.

    >>> days_in_short(-12), days_in_short(0), days_in_short(30)
    ('12 d late', 'today', '30 d')
    """
    if days_left == 0:
        return "today"
    return f"{-days_left} d late" if days_left < 0 else f"{days_left} d"


def days_in_words(days_left: int) -> str:
    """How many days a clock still runs.

    >>> days_in_words(-1), days_in_words(0), days_in_words(30)
    ('1 day past due', 'due today', '30 days left')
    """
    days = abs(days_left)
    unit = "day" if days == 1 else "days"
    if days_left == 0:
        return "due today"
    return f"{days} {unit} past due" if days_left < 0 else f"{days} {unit} left"
