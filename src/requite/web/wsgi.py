"""The office as a WSGI application."""

import os

from django.core.wsgi import get_wsgi_application

from requite.engine.child import end_with_parent

os.umask(0o077)  # files of the office are for its owner alone, whoever starts it
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "requite.web.settings")
application = get_wsgi_application()
end_with_parent()
