#!/usr/bin/env bash
# What the tests of the office need beside Python: Chromium, and a PostgreSQL to start for themselves.
# Where one is missing it is installed, if that can be done here; else this says what to install.
set -euo pipefail
missing=()
command -v chromium > /dev/null || missing+=(chromium)
command -v initdb > /dev/null || ls /usr/lib/postgresql/*/bin/initdb > /dev/null 2>&1 || missing+=(postgresql)
if [ "${#missing[@]}" -eq 0 ]; then
  exit 0
fi
if [ "$(id -u)" -ne 0 ] || ! command -v apt-get > /dev/null; then
  echo "The tests need ${missing[*]}: install it (Debian: apt-get install ${missing[*]}), then run them again." >&2
  exit 1
fi
echo "Installing what the tests need: ${missing[*]}" >&2
apt-get update -qq
DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" > /dev/null
