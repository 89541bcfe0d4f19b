"""Which role may do what: one table, which the documentation shows as it stands here."""

from typing import Final

from requite.office.people.role import Role

EVERYONE: Final = frozenset(Role)
STAFF: Final = frozenset({Role.SPECIALIST, Role.SUPERVISOR, Role.CONTROLLER, Role.COMPLIANCE})
READERS: Final = STAFF | {Role.PROVIDER_CONTACT, Role.AUDITOR}

# Permission: the roles that have it.
PERMISSIONS: Final[dict[str, frozenset[Role]]] = {
    "cases.view": READERS,
    "cases.work": frozenset({Role.SPECIALIST, Role.SUPERVISOR}),
    "cases.assign": frozenset({Role.SUPERVISOR}),
    "cases.approve": frozenset({Role.SUPERVISOR, Role.CONTROLLER, Role.PROVIDER_CONTACT}),
    "cases.pay": frozenset({Role.CONTROLLER}),
    "approvals.view": READERS,
    "approvals.limits": frozenset({Role.CONTROLLER}),
    "approvals.automate": frozenset({Role.SUPERVISOR, Role.CONTROLLER}),
    "cases.answer": frozenset({Role.PROVIDER_CONTACT, Role.SUPERVISOR}),
    "corrections.view": READERS,
    "corrections.send": frozenset({Role.SPECIALIST, Role.SUPERVISOR}),
    "dashboard.view": READERS,
    "intake.view": READERS | {Role.ADMINISTRATOR},
    "intake.import": frozenset({Role.SPECIALIST, Role.SUPERVISOR, Role.ADMINISTRATOR}),
    "intake.undo": frozenset({Role.SUPERVISOR, Role.ADMINISTRATOR}),
    "people.view": frozenset({Role.ADMINISTRATOR, Role.SUPERVISOR, Role.AUDITOR}),
    "people.manage": frozenset({Role.ADMINISTRATOR}),
    "people.confirm": frozenset({Role.ADMINISTRATOR, Role.SUPERVISOR}),
    "providers.add": frozenset({Role.ADMINISTRATOR}),
    "audit.view": frozenset({Role.AUDITOR, Role.COMPLIANCE, Role.ADMINISTRATOR}),
    "provider.open": EVERYONE,
}


# A role with one of these moves money, or makes those who do: it is given by two people.
BY_TWO: Final = ("cases.approve", "cases.pay", "people.manage")


def needs_two(role: str) -> bool:
    """Whether a role holds only once a second person has confirmed it.

    >>> needs_two("controller"), needs_two("specialist")
    (True, False)
    """
    return any(allows(role, permission) for permission in BY_TWO)


def allows(role: str, permission: str) -> bool:
    """Whether a role has a permission.

    >>> allows("specialist", "cases.work"), allows("auditor", "cases.work")
    (True, False)
    """
    return role in PERMISSIONS[permission]
