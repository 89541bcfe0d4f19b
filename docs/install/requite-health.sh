#!/bin/sh
# Whether the office in this container answers, with its database: status 0 where it does.
exec /opt/requite/.venv/bin/python -c '
import os, sys, urllib.request
host = os.environ.get("REQUITE_ALLOWED_HOSTS", "localhost").split(",")[0]
told = {"Host": host, "X-Forwarded-Proto": "https"}
ask = urllib.request.Request("http://127.0.0.1:8000/health", headers=told)
sys.exit(b"true" not in urllib.request.urlopen(ask, timeout=8).read())
'
