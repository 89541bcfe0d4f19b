"""Run a command with a PostgreSQL of its own in DATABASE_URL, and throw it away afterwards.

    python tools/with_postgresql.py pytest tests/office

Where PostgreSQL is missing this fails: what it was to prove is then not proved.
"""

import os
import subprocess
import sys

from cluster import USER, NoPostgres, running


def main() -> int:
    """Run the command that the arguments are."""
    try:
        with running() as cluster:
            url = f"postgresql://{USER}@/postgres?host={cluster.folder}"
            done = subprocess.run(sys.argv[1:], env=os.environ | {"DATABASE_URL": url}, check=False)
            return done.returncode
    except NoPostgres as reason:
        print(reason, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
