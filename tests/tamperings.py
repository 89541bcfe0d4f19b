"""What an owner of the database may do to an office by raw SQL, and what is to be told of it."""

from dataclasses import dataclass, field

from django.db import connection

ALDER = "(SELECT id FROM audit_chain WHERE name = 'alder')"
FIRST = "(SELECT id FROM cases_case WHERE number = 1)"
SECOND = "(SELECT id FROM cases_case WHERE number = 2)"
SAM = "(SELECT id FROM people_user WHERE username = 'sam-alder')"


@dataclass(frozen=True)
class Copy:
    """A row more of a table: its first one, but for some columns."""

    table: str
    but: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        with connection.cursor() as cursor:
            told = connection.introspection.get_table_description(cursor, self.table)
        columns = [column.name for column in told if column.name != "id"]
        values = ", ".join(self.but.get(name, f'"{name}"') for name in columns)
        named = ", ".join(f'"{name}"' for name in columns)
        first = f"(SELECT min(id) FROM {self.table})"
        row = f"SELECT {values} FROM {self.table} WHERE id = {first}"
        return f"INSERT INTO {self.table} ({named}) {row}"


def case(number: int, change: str) -> str:
    return f"UPDATE cases_case SET {change} WHERE number = {number}"


def event(change: str) -> str:
    return f"UPDATE audit_event SET {change} WHERE number = 9 AND chain_id = {ALDER}"


def all_of(table: str, change: str) -> str:
    return f"UPDATE {table} SET {change}"


CHANGED = "alder, event 9: its content was changed."
# What was done: the statements, and what is to be told.
DONE_TO: dict[str, tuple[list[object], str]] = {
    "content": ([event("subject = 'other'")], CHANGED),
    "who": ([event(f"actor_id = {SAM}")], CHANGED),
    "its code": ([event("hash = previous_hash")], CHANGED),
    "the code before": ([event("previous_hash = 'x'")], "alder, event 9: it does not follow"),
    "taken out": (
        [f"DELETE FROM audit_event WHERE number = 9 AND chain_id = {ALDER}"],
        "alder, event 9: the event is missing.",
    ),
    "moved": ([event("number = 900")], "alder, event 9: the event is missing."),
    "beyond the end": ([event("number = 900")], "event 900: it lies beyond the end"),
    "state": ([case(4, "state = 'to_pay'")], "RQ-000004: state is to_pay, its last event says"),
    "amount": ([case(3, "amount_cents = 1")], "RQ-000003: amount_cents is 1, its last event says"),
    "refund": ([case(2, "refund_cents = 900000")], "RQ-000002: refund_cents is 900000"),
    "payee": ([case(2, "party_id = 'MINE'")], "RQ-000002: party_id is MINE, its last event says"),
    "payee's name": ([case(2, "party_name = 'Mallory'")], "RQ-000002: party_name is"),
    "account": ([case(2, "account_id = 'B7'")], "RQ-000002: account_id is B7"),
    "proposer": ([case(2, f"decided_by_id = {SAM}")], "RQ-000002: decided_by_id is"),
    "approver": ([case(2, f"approved_by_id = {SAM}")], "RQ-000002: approved_by_id is"),
    "no approver": ([case(2, "approved_by_id = NULL")], "RQ-000002: approved_by_id is nothing"),
    "when": ([case(2, "approved_at = opened_at, decided_at = NULL")], "decided_at is nothing"),
    "decision": ([case(2, "decision = 'dismiss'")], "RQ-000002: decision is dismiss"),
    "doubt": ([case(2, "changed_since_decided = NOT changed_since_decided")], "changed_since_dec"),
    "clock": (
        [case(2, "due_on = '2030-01-01', due_key = '2030-01-01'")],
        "RQ-000002: due is 2030-01-01, its last event says 2027",
    ),
    "place": ([case(2, "due_key = '9999-12-31'")], "in order by 9999-12-31, its last event says"),
    "put aside": ([case(5, "snoozed_until = '2031-01-01'")], "snoozed_until is 2031-01-01"),
    "case of no event": ([case(6, "number = 77")], "RQ-000077 is in no event."),
    "case that is gone": ([case(6, "number = 77")], "RQ-000006 is gone."),
    "finding": (
        [f"UPDATE cases_casefinding SET amount_cents = 1 WHERE case_id = {FIRST}"],
        "RQ-000001: its findings are not those",
    ),
    "no finding": (
        [f"DELETE FROM cases_casefinding WHERE case_id = {FIRST}"],
        "RQ-000001: its findings are not those",
    ),
    "paid more": ([all_of("cases_paidrefund", "cents = 1")], "RQ-000001: paid is [[1, "),
    "paid for others": ([all_of("cases_paidrefund", "digest = 'x'")], "RQ-000001: paid is"),
    "came back": ([all_of("cases_paidrefund", "came_back_at = at")], "RQ-000001: paid is"),
    "never paid": (["DELETE FROM cases_paidrefund"], "RQ-000001: paid is nothing"),
    "paid unseen": ([Copy("cases_paidrefund", {"case_id": SECOND})], "RQ-000002: paid is [["),
    "note": (
        [f"UPDATE cases_note SET text = 'x' WHERE case_id = {FIRST}"],
        "RQ-000001: the note was changed.",
    ),
    "note of no event": ([Copy("cases_note", {"by_id": SAM})], "the note is in no event."),
    "note gone": (
        [f"DELETE FROM cases_note WHERE case_id = {FIRST}"], "RQ-000001: the note is gone."
    ),
    "document": (
        [all_of("cases_attachment", "digest = 'x'")], "RQ-000001: the document was changed."
    ),
    "document gone": (["DELETE FROM cases_attachment"], "RQ-000001: the document is gone."),
    "question": ([all_of("cases_question", "text = 'x'")], "RQ-000004: the question was changed."),
    "answer": (
        [all_of("cases_question", f"answer = 'x', answered_by_id = {SAM}, answered_at = asked_at")],
        "RQ-000004: the answer is in no event.",
    ),
    "limit": (
        [all_of("cases_approvallimit", "most_cents = 99000000")],
        "the limit of approval of supervisor does not follow from its events.",
    ),
    "rule": (
        [all_of("cases_automaticapproval", "month_cents = 99000000")],
        "the rule of approval of duplicate_payment does not follow from its events.",
    ),
    "no rule": (["DELETE FROM cases_automaticapproval"], "the rule of approval of duplicate_pay"),
    "use": (["DELETE FROM cases_automaticuse"], "RQ-000003: an approval by rule is not counted."),
    "use of less": ([all_of("cases_automaticuse", "cents = 1")], "an approval by rule is in no ev"),
    "role": (
        ["UPDATE people_membership SET role = 'controller' WHERE role = 'specialist'"],
        "the role of mira-alder does not follow from its events.",
    ),
    "role gone": (
        [f"DELETE FROM people_membership WHERE user_id = {SAM}"], "the role of sam-alder is gone."
    ),
    "user": (
        [Copy("people_user", {"username": "'mallory'"})],
        "installation: the user mallory is in no event.",
    ),
    "token": (
        [Copy("people_apitoken", {"digest": "'x'", "user_id": SAM})], "alder: the token "
    ),
    "token of another": (
        [all_of("people_apitoken", f"user_id = {SAM}")], "does not follow from its events."
    ),
    "another token": (
        ["UPDATE people_apitoken SET digest = 'x' WHERE name = 'kept'"],
        "does not follow from its events.",
    ),
    "token that ended": (
        [all_of("people_apitoken", "revoked_at = NULL")], "was ended, and holds again."
    ),
    "user and role": (
        [
            Copy("people_user", {"username": "'mallory'"}),
            Copy("people_membership", {
                "user_id": "(SELECT id FROM people_user WHERE username = 'mallory')",
            }),
        ],
        "alder: the role of mallory is in no event.",
    ),
}  # fmt: skip
A_MOMENT = "'2020-01-01 00:00:{}'"
# Table: what may be written into its rows; `{}` is a number of chance.
OF_CHANCE: dict[str, tuple[str, ...]] = {
    "audit_event": (
        "subject = 'x{}'", "name = 'case.x{}'", "actor_name = 'x{}'", "hash = 'x{}'",
        "previous_hash = 'x{}'", "number = number + 1000 + {}", "facts = '{{\"x\": {}}}'",
        "after = '{{\"x\": {}}}'", "before = '{{\"x\": {}}}'", f"at = {A_MOMENT}",
    ),
    "audit_chain": ("length = length + 1 + {}", "head = 'x{}'", "seal = 'x{}'"),
    "cases_case": (
        "version = version + 1 + {}", "account_id = 'x{}'", "party_id = 'x{}'",
        "party_name = 'x{}'", "amount_cents = amount_cents + 1 + {}", "refund_cents = 1000000 + {}",
        "cause = 'x{}'", "rule_id = 'x{}'", "decision = 'x{}'", "digest = 'x{}'",
        "resolution = 'x{}'", "decision_reason = 'x{}'", "snooze_reason = 'x{}'",
        f"resolved_at = {A_MOMENT}", f"decided_at = {A_MOMENT}", "closed_by = 'x{}'",
        "closed_from = 'x{}'", "number = number + 1000 + {}", "is_gone = NOT is_gone",
        "due_key = '1999-12-{}'", "rank = rank + 7 + {}",
    ),
    "cases_paidrefund": (
        "cents = cents + 1 + {}", "digest = 'x{}'", f"at = {A_MOMENT}", f"settled_at = {A_MOMENT}",
        f"came_back_at = {A_MOMENT}",
    ),
    "cases_casefinding": (
        "amount_cents = amount_cents + 1 + {}", "evidence = 'x{}'", "line_no = 100 + {}",
    ),
    "cases_note": ("text = 'x{}'", f"at = {A_MOMENT}"),
    "cases_attachment": ("digest = 'x{}'", f"at = {A_MOMENT}"),
    "cases_question": ("text = 'x{}'", f"asked_at = {A_MOMENT}"),
    "cases_automaticuse": ("cents = cents + 1 + {}", "cause = 'x{}'"),
}  # fmt: skip
