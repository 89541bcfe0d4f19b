"""Django's settings, made of the installation's configuration."""

from requite.web.configuration import database, read_configuration, secret_key

CONFIGURATION = read_configuration()

DATA_DIR = CONFIGURATION.data_dir.absolute()
# Before a key is made in it: a restore that is refused leaves nothing behind.
HAD_DATA_DIR, HAD_SECRET_KEY = DATA_DIR.is_dir(), (DATA_DIR / "secret_key").is_file()
SECRET_KEY = secret_key(CONFIGURATION)
DEBUG = False
ALLOWED_HOSTS = CONFIGURATION.allowed_hosts
WATCHED_DIR = CONFIGURATION.watched_dir
AUDIT_KEY_FILE = (CONFIGURATION.audit_key_file or DATA_DIR / "audit.key").absolute()
ANCHOR_KEY_FILE = (CONFIGURATION.anchor_key_file or DATA_DIR / "anchor.key").absolute()
ANCHORS_FILE = (CONFIGURATION.anchors_file or DATA_DIR / "anchors.jsonl").absolute()
AUDIT_MAIL_TO = CONFIGURATION.audit_mail_to
# What sets the rows of each part of the office beside the events that made them.
AUDIT_REPLAYS = ["requite.office.people.replay.Replay", "requite.office.cases.replay.Replay"]
TRUSTED_PROXIES = CONFIGURATION.trusted_proxies
TOKEN_DAYS, TOKEN_DAYS_AT_MOST = CONFIGURATION.token_days, CONFIGURATION.token_days_at_most

INSTALLED_APPS = [
    "requite.web",  # first: its templates go before those of the libraries
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "django_htmx",
    "requite.office.audit",
    "requite.office.people",
    "requite.office.intake",
    "requite.office.cases",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "requite.web.middleware.content_security_policy",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "requite.web.middleware.idle_log_off",
    "requite.web.middleware.own_password",
    "requite.web.bodies.body_limit",  # nothing before it reads a body
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "requite.web.middleware.refusals",
    "requite.web.people.second_factors.changes_told",
]
ROOT_URLCONF = "requite.web.urls"
WSGI_APPLICATION = "requite.web.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "requite.web.context.shell",
            ],
            "builtins": [
                "requite.web.templatetags.office",
                "django.contrib.humanize.templatetags.humanize",
            ],
        },
    }
]

DATABASES = {"default": database(CONFIGURATION)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "requite.web.people.adapter.NoSelfService"
SOCIALACCOUNT_ADAPTER = "requite.web.people.adapter.KnownPeopleOnly"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_FORMS = {"change_password": "requite.web.people.forms.ChangeForm"}
# allauth counts in the memory of one process; attempts are counted in the database, for all.
ACCOUNT_RATE_LIMITS = dict.fromkeys(("login", "login_failed", "change_password", "reauthenticate"))
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_ADAPTER = "requite.web.people.adapter.SealedSecrets"
MFA_FORMS = {
    "authenticate": "requite.web.people.second_factors.CodeForm",
    "reauthenticate": "requite.web.people.second_factors.CodeAgainForm",
    "authenticate_webauthn": "requite.web.people.second_factors.KeyForm",
    "reauthenticate_webauthn": "requite.web.people.second_factors.KeyAgainForm",
    "add_webauthn": "requite.web.people.second_factors.NewKeyForm",
}
MFA_TOTP_ISSUER = "Requite"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not CONFIGURATION.https
USERSESSIONS_ADAPTER = "requite.web.people.adapter.ToldSessions"
USERSESSIONS_TRACK_ACTIVITY = True
SOCIALACCOUNT_ONLY = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "APPS": [
            {
                "provider_id": "sso",
                "name": CONFIGURATION.oidc.name,
                "client_id": CONFIGURATION.oidc.client_id,
                "secret": CONFIGURATION.oidc.client_secret,
                "settings": {"server_url": CONFIGURATION.oidc.server_url},
            }
        ]
        if CONFIGURATION.oidc
        else []
    }
}

FIGURES_SECONDS = 30  # for which the figures of the dashboard are kept
COUNTS_SECONDS = 5  # for which the counts of long lists are kept
IDLE_SECONDS = CONFIGURATION.idle_minutes * 60
SESSION_COOKIE_AGE = 12 * 60 * 60  # a working day; idleness ends a session sooner
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = CONFIGURATION.https
CSRF_COOKIE_HTTPONLY = True
SECURE_SSL_REDIRECT = CONFIGURATION.https
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if CONFIGURATION.https else None
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if CONFIGURATION.https else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = CONFIGURATION.https
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

USE_TZ = True
TIME_ZONE = CONFIGURATION.time_zone
LANGUAGE_CODE = "en-us"
USE_I18N = False
STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
FILE_UPLOAD_PERMISSIONS, FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o600, 0o700  # also what is static
MOST_UPLOAD_BYTES = CONFIGURATION.most_upload_bytes
LOGGING_CONFIG = None
MAIL_IS_SET = CONFIGURATION.mail is not None
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if MAIL_IS_SET else 'dummy'}.EmailBackend"
EMAIL_TIMEOUT = 30
if CONFIGURATION.mail:
    EMAIL_HOST, EMAIL_PORT = CONFIGURATION.mail.host, CONFIGURATION.mail.port
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = CONFIGURATION.mail.user, CONFIGURATION.mail.password
    EMAIL_USE_TLS, DEFAULT_FROM_EMAIL = CONFIGURATION.mail.tls, CONFIGURATION.mail.sender
