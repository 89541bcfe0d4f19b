"""Users, the providers that an installation serves, and who is what to whom."""

from typing import ClassVar

from django.contrib.auth.models import AbstractUser
from django.core.validators import RegexValidator
from django.db import models

from requite.office.people.role import CHOICES, Role

# Words that begin addresses of the office itself, and so name no provider.
RESERVED_SLUGS = ("account", "accounts", "api", "health", "help", "jsi18n", "static")


class User(AbstractUser):
    """Somebody who signs in."""

    wants_digest = models.BooleanField(default=False)  # an e-mail each working day
    digest_on = models.DateField(null=True)  # the day of the last one
    must_change_password = models.BooleanField(default=False)  # somebody else has set it
    toured_at = models.DateTimeField(null=True)  # the first look around was taken, or declined


class Provider(models.Model):
    """A hospital or group whose credit balances are worked; everything else belongs to one."""

    slug = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=200)
    state = models.CharField(
        max_length=2, blank=True, validators=[RegexValidator(r"^[A-Z]{2}$", "Two capital letters.")]
    )
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~models.Q(slug__in=RESERVED_SLUGS), name="provider_slug_is_free"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """What a user is to a provider."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=20, choices=CHOICES)
    given_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(null=True)  # until then the role does not hold
    confirmed_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "provider"], name="one_role_for_a_provider"),
            models.CheckConstraint(
                condition=models.Q(role__in=[str(role) for role in Role]), name="role_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(confirmed_by__isnull=True)
                | ~models.Q(confirmed_by=models.F("given_by")),
                name="nobody_confirms_a_role_that_one_gave",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} as {self.role} of {self.provider}"


class ApiToken(models.Model):
    """What a program shows to act for a user at one provider; only its hash is kept."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="tokens")
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=60)
    digest = models.CharField(max_length=64, unique=True)
    may_write = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    ends_on = models.DateField()  # the last day on which it holds
    first_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.name} of {self.user}"


class AttemptCount(models.Model):
    """How often somebody tried to get in of late under one name, from one address and so on.

    It lies in the database because the office runs in several processes, which count together.
    """

    key = models.CharField(max_length=80, unique=True)  # what is counted, and a hash of whose it is
    since = models.DateTimeField()  # when the first of these attempts was made
    judging = models.PositiveIntegerField(default=0)  # attempts that have no answer yet
    wrong = models.PositiveIntegerField(default=0)
    earlier = models.PositiveIntegerField(default=0)  # wrong ones before these
    was_told = models.BooleanField(default=False)  # the trail has an event of these attempts
    lockouts = models.PositiveIntegerField(default=0)  # without a sign-in between them
    locked_until = models.DateTimeField(null=True)
    kept_until = models.DateTimeField(db_index=True)  # after that it says nothing any more

    def __str__(self) -> str:
        return self.key.split("/")[0]
