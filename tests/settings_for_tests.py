"""The office's settings for its tests: a data folder that is thrown away, quick passwords."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

_FOLDER = tempfile.mkdtemp(prefix="office-tests-")
atexit.register(shutil.rmtree, _FOLDER, ignore_errors=True)
os.environ["REQUITE_DATA_DIR"] = _FOLDER
Path(_FOLDER, "static").mkdir()

from requite.web.settings import *  # noqa: E402, F403 - the same settings, after their folder is set

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
COUNTS_SECONDS = FIGURES_SECONDS = 0
ALLOWED_HOSTS = ["testserver", "localhost"]
