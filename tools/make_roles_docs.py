"""Write docs/roles.md from the table of permissions.

python tools/make_roles_docs.py
"""

from pathlib import Path

from requite.office.people.permission import PERMISSIONS
from requite.office.people.role import ROLE_WORDS, Role

PAGE = Path(__file__).resolve().parent.parent / "docs" / "roles.md"
FRONT = """# Roles

Made from `src/requite/office/people/permission.py` by `make docs`; edit the table, not this page.

What a user may do depends on the role at the provider in question; the same user may be something
else at another. Nobody approves a refund that they proposed, whatever the role.

"""


def page() -> str:
    """The page: one row a permission, one column a role."""
    head = " | ".join(ROLE_WORDS[role] for role in Role)
    lines = [f"| permission | {head} |", "|---|" + ":-:|" * len(Role)]
    for name, roles in PERMISSIONS.items():
        marks = " | ".join("yes" if role in roles else "" for role in Role)
        lines.append(f"| `{name}` | {marks} |")
    return FRONT + "\n".join(lines) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
