"""Errors that say what is wrong and what to do about it."""


class RequiteError(Exception):
    """Base of every error we raise on purpose; any other exception is a bug.

    Messages reach screens and logs, so they name records by number, never patients.
    """

    def __init__(self, problem: str, *, remedy: str) -> None:
        super().__init__(f"{problem} {remedy}")
        self.problem = problem
        self.remedy = remedy
