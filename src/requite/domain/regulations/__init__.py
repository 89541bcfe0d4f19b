"""Rules of law as dated, cited data, and their reader."""
