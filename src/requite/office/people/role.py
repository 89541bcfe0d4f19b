"""The parts that people play for a provider."""

from enum import StrEnum


class Role(StrEnum):
    """What somebody is to a provider; a user may be something else to another."""

    SPECIALIST = "specialist"  # works cases
    SUPERVISOR = "supervisor"  # assigns, approves within limits, watches deadlines
    CONTROLLER = "controller"  # approves large refunds, releases payments, closes the month
    COMPLIANCE = "compliance"  # answers for the legal clocks
    PROVIDER_CONTACT = "provider_contact"  # answers questions put to the provider
    AUDITOR = "auditor"  # reads everything, changes nothing
    ADMINISTRATOR = "administrator"  # manages people and imports, works no case


ROLE_WORDS = {
    Role.SPECIALIST: "Specialist",
    Role.SUPERVISOR: "Supervisor",
    Role.CONTROLLER: "Controller",
    Role.COMPLIANCE: "Compliance officer",
    Role.PROVIDER_CONTACT: "Provider contact",
    Role.AUDITOR: "Auditor",
    Role.ADMINISTRATOR: "Administrator",
}
CHOICES = [(str(role), words) for role, words in ROLE_WORDS.items()]
