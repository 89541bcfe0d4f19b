"""Which kinds of accounts there are, and how many of each of 100,000."""

from collections.abc import Iterator

import numpy as np

from requite.sample import scenario_allocated as allocated
from requite.sample import scenario_capitated as capitated
from requite.sample import scenario_contract as contract
from requite.sample import scenario_corrected as corrected
from requite.sample import scenario_duplicate as duplicate
from requite.sample import scenario_interest as interest
from requite.sample import scenario_misposted as misposted
from requite.sample import scenario_order as order
from requite.sample import scenario_patient as patient
from requite.sample import scenario_patient_debt as debt
from requite.sample import scenario_pending as pending
from requite.sample import scenario_prepayment as prepayment
from requite.sample import scenario_quiet as quiet
from requite.sample import scenario_refund as refund
from requite.sample import scenario_takeback as takeback
from requite.sample import scenario_uncollectable as uncollectable
from requite.sample import scenario_unknown as unknown
from requite.sample import scenario_voided as voided
from requite.sample import scenario_went_back as went_back
from requite.sample import scenario_whole_claim as whole_claim
from requite.sample.chunk import Chunk
from requite.sample.codes import Ints
from requite.sample.scenario import (
    OPEN_LINE,
    OPEN_SECONDARY,
    PATIENT_DEBT,
    UNPOSTED_LINE,
    Scenario,
)

WHOLE = 100_000
HIDDEN = (PATIENT_DEBT, OPEN_LINE, OPEN_SECONDARY, PATIENT_DEBT)
LATE = (OPEN_LINE, UNPOSTED_LINE)

QUIET = (
    Scenario("coordinated", 21_000, places=2),
    Scenario("three payers", 2_500, places=3),
    Scenario("self-pay", 2_500, places=0),
    Scenario("self-pay discount", 500, quiet.prepare_discount, quiet.tell_discount, places=0),
    Scenario(
        "pending", 4_000, pending.prepare, pending.tell_pending, answered=0, quiet_patient=True
    ),
    Scenario(
        "secondary pending", 2_500, pending.prepare_secondary, pending.tell_secondary, places=2,
        answered=1, quiet_patient=True,
    ),
    Scenario("paper payer", 2_000, quiet.prepare_paper),
    Scenario("no group codes", 1_200, quiet.prepare_ungrouped),
    Scenario("capitated", 1_500, capitated.prepare_visit),
    Scenario("case rate", 2_500, whole_claim.prepare, whole_claim.tell),
    Scenario(
        "case rate above charges", 100, whole_claim.prepare_above_charges,
        whole_claim.tell_above_charges,
    ),
    Scenario(
        "interim claims", 300, whole_claim.prepare_interim, whole_claim.tell_interim,
        least_lines=2, quiet_patient=True,
    ),
    Scenario("one insurer in two places", 300, quiet.prepare_same_insurer, places=2),
    Scenario("qualified beneficiary", 800, uncollectable.prepare, places=2),
    Scenario(
        "qualified beneficiary, no group codes", 300, uncollectable.prepare_ungrouped, places=2
    ),
    Scenario("bilateral lines", 900, quiet.prepare_bilateral, least_lines=2),
    Scenario("denied", 1_200, quiet.prepare_denied),
    Scenario("denied to the patient", 500, quiet.prepare_denied_to_patient),
    Scenario("sent twice, denied once", 500, tell=quiet.tell_sent_twice),
    Scenario("predetermined", 100, tell=quiet.tell_predetermined),
    Scenario(
        "denial that asks", 500, pending.prepare_asks, pending.tell_asks, answered=0,
        quiet_patient=True,
    ),
    Scenario("asked, then paid", 300, tell=pending.tell_asked_first),
    Scenario(
        "late charge", 300, quiet.prepare_late_charge, quiet.tell_late_charge, least_lines=2,
        quiet_patient=True,
    ),
    Scenario(
        "voided before it was billed", 400, quiet.prepare_voided_early, quiet.tell_voided_early,
        least_lines=2, quiet_patient=True,
    ),
    Scenario(
        "second posting voided", 300, quiet.make_line_paid, quiet.tell_voided_posting
    ),
    Scenario("sister company", 250, quiet.prepare_sister),
    Scenario("expired coverage", 400, quiet.prepare_expired),
    Scenario("bad debt", 1_200, tell=quiet.tell_bad_debt, quiet_patient=True),
    Scenario("contract differs", 600, contract.prepare_differs),
    Scenario("interest kept apart", 150, interest.prepare_kept_apart),
    Scenario(
        "interest booked elsewhere", 150, interest.prepare, interest.tell_booked_elsewhere
    ),
    Scenario("reversed and repaid", 800, went_back.prepare_repaid, went_back.tell_repaid),
    Scenario("refunded", 350, quiet.make_line_paid, went_back.tell_refunded),
    Scenario("recouped", 300, takeback.prepare, went_back.tell_recouped),
    Scenario("reversed", 300, takeback.prepare, went_back.tell_reversed),
    Scenario(
        "bounced and posted", 150, debt.prepare, debt.tell_bounced_and_posted, settled=True
    ),
    Scenario(
        "patient credit moved", 300, misposted.prepare_moved, misposted.tell_moved, pairs=True
    ),
    Scenario(
        "second payment not posted", 100, duplicate.make_paid, duplicate.tell_not_posted
    ),
    Scenario("allocated apart", 400, allocated.prepare, allocated.tell, quiet_patient=True),
    Scenario(
        "deductible on the claim", 300, whole_claim.prepare_claim_deductible,
        whole_claim.tell_claim_deductible, quiet_patient=True,
    ),
    Scenario("two visits alike", 60, quiet.prepare_alike, pairs=True, most_lines=1),
    Scenario("patient paid on the wrong line", 400, patient.prepare_first_line),
)  # fmt: skip
TROUBLED = (
    Scenario(
        "paid twice", 560, duplicate.make_paid, duplicate.tell_duplicate_payment, masks=HIDDEN,
        second=True,
    ),
    Scenario(
        "secondary paid twice", 70, duplicate.prepare_secondary,
        duplicate.tell_secondary_twice, places=2,
    ),
    Scenario("case rate paid twice", 40, whole_claim.prepare, whole_claim.tell_paid_twice),
    Scenario(
        "one twin paid twice", 40, quiet.prepare_bilateral, duplicate.tell_twin_twice,
        least_lines=2,
    ),
    Scenario(
        "refund not sent", 60, duplicate.make_paid, refund.tell_not_sent, masks=HIDDEN
    ),
    Scenario(
        "two primaries", 130, order.prepare_dual, order.tell_dual, places=2, answered=1,
        quiet_patient=True, masks=(OPEN_LINE,),
    ),
    Scenario(
        "two primaries, order unknown", 30, order.prepare_unknown, order.tell_unknown, places=2,
        answered=1, quiet_patient=True,
    ),
    Scenario(
        "Medicare before the group plan", 110, order.prepare_medicare, order.tell_medicare,
        places=2, answered=1, quiet_patient=True, masks=(OPEN_LINE,),
    ),
    Scenario(
        "secondary paid too much", 240, order.prepare_over, order.tell_over, places=2,
        masks=LATE,
    ),
    Scenario(
        "correction unreversed", 150, corrected.prepare, corrected.tell_unreversed,
        masks=(PATIENT_DEBT,),
    ),
    Scenario("reversal pending", 90, corrected.prepare_recent, corrected.tell_pending),
    Scenario("paid above contract", 130, contract.prepare_above, contract.tell_above, masks=LATE),
    Scenario("voided charge", 80, voided.prepare, voided.tell),
    Scenario("voided charge, two payers", 60, voided.prepare, voided.tell, places=2),
    Scenario("capitated and paid", 50, capitated.prepare_paid, capitated.tell_paid),
    Scenario(
        "patient paid too much", 340, tell=patient.tell_overcollection, settled=True,
        masks=(UNPOSTED_LINE,),
    ),
    Scenario(
        "patient paid too much on one line", 50, patient.prepare_first_line,
        patient.tell_first_line,
    ),
    Scenario(
        "patient paid too much, allocated apart", 40, allocated.prepare, allocated.tell_too_much,
        quiet_patient=True,
    ),
    Scenario(
        "prepayment", 160, prepayment.prepare, prepayment.tell, places=0, least_lines=0,
        most_lines=0,
    ),
    Scenario(
        "beneficiary charged", 90, uncollectable.prepare_charged, uncollectable.tell_charged,
        places=2,
    ),
    Scenario(
        "posted twice", 360, duplicate.make_paid, duplicate.tell_duplicate_posting, second=True
    ),
    Scenario("case rate posted twice", 30, whole_claim.prepare, whole_claim.tell_posted_twice),
    Scenario(
        "written off twice", 260, contract.prepare_known, contract.tell_twice, masks=LATE
    ),
    Scenario(
        "written off too much", 330, contract.prepare_unknown, contract.tell_too_much
    ),
    Scenario("taken back", 130, takeback.prepare, takeback.tell_adjustment),
    Scenario("reversed, not posted", 60, takeback.prepare, takeback.tell_reversal),
    Scenario("carried, then taken", 30, takeback.prepare, takeback.tell_carried),
    Scenario("still carried", 15, takeback.prepare, takeback.tell_still_carried),
    Scenario(
        "taken back without a name", 15, takeback.prepare_nameless, takeback.tell_nameless,
        most_lines=1,
    ),
    Scenario(
        "reversed and not corrected", 40, takeback.prepare_reversed_only,
        takeback.tell_reversed_only, quiet_patient=True,
    ),
    Scenario("refund not posted", 120, duplicate.make_paid, refund.tell_sent),
    Scenario("patient refund not posted", 40, tell=refund.tell_patient_sent, settled=True),
    Scenario(
        "posted to the neighbour", 200, misposted.prepare_neighbour, misposted.tell_neighbour,
        pairs=True,
    ),
    Scenario(
        "payments swapped", 40, misposted.prepare_swapped, misposted.tell_swapped, pairs=True,
        most_lines=1,
    ),
    Scenario(
        "transfer short", 70, misposted.prepare_short, misposted.tell_short, settled=True
    ),
    Scenario("interest inside", 60, interest.prepare_inside, interest.tell_inside),
    Scenario("interest keyed", 70, interest.prepare, interest.tell_keyed),
    Scenario("interest posted", 40, interest.prepare, interest.tell_posted),
    Scenario("check bounced", 80, debt.prepare, debt.tell_bounced, settled=True),
    Scenario(
        "written off, then paid", 170, debt.prepare, debt.tell_paid_after_all, quiet_patient=True
    ),
    Scenario(
        "copay while pending", 160, pending.prepare, pending.tell_copay, answered=0,
        quiet_patient=True,
    ),
    Scenario(
        "copay while the secondary is pending", 60, pending.prepare_secondary,
        pending.tell_secondary_copay, places=2, answered=1, quiet_patient=True,
    ),
    Scenario(
        "copay, denial that asks", 50, pending.prepare_asks, pending.tell_asks_copay, answered=0,
        quiet_patient=True,
    ),
    Scenario("check without remittance", 100, quiet.make_line_paid, unknown.tell_check),
    Scenario(
        "charges below zero", 40, unknown.prepare_below_zero, unknown.tell_below_zero,
        least_lines=2, quiet_patient=True,
    ),
)  # fmt: skip
TABLE = (
    Scenario("ordinary", WHOLE - sum(one.share for one in QUIET + TROUBLED)),
    *QUIET,
    *TROUBLED,
)
ORDINARY = 0


def drawn(rng: np.random.Generator, count: int) -> Ints:
    """The kind of each of `count` accounts, by place in the table.

    Every kind has its share to within one account; only who is of it is left to chance.
    """
    bounds = np.cumsum([one.share for one in TABLE])
    points = (np.arange(count) + rng.random()) * WHOLE / count
    kinds = rng.permutation(np.searchsorted(bounds, points, side="right")).astype(np.int64)
    for place, one in enumerate(TABLE):
        if one.pairs:
            who = np.flatnonzero(kinds == place)
            kinds[who[len(who) & ~1 :]] = ORDINARY
    return kinds


def told(chunk: Chunk) -> Iterator[tuple[Scenario, Ints]]:
    """Each kind with the accounts that are of it now, and have any."""
    for place, one in enumerate(TABLE):
        who = np.flatnonzero(chunk.accounts.scenario == place)
        if len(who):
            yield one, who
