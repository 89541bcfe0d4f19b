#!/bin/sh
# The command `requite` over a source tree that is not installed as a package.
export PYTHONPATH=/opt/requite/src
exec /opt/requite/.venv/bin/python -c \
  'from requite.cli.main import main; main(prog_name="requite")' "$@"
