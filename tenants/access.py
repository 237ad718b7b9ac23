"""The one place that says who is asking.

Every entry point (command line, page, Python) turns what it was given, be it a password, token,
link or the ownership of a local workspace, into a `Principal` here.
"""

from datetime import timedelta

from tenants import principal as principals
from tenants.clock import Clock
from tenants.credentials import Credentials, Holder
from tenants.directory import Directory
from tenants.errors import Refused, UnknownItem
from tenants.passwords import Passwords
from tenants.people import People, Person
from tenants.principal import Principal
from tenants.roles import Role
from tenants.tenant import Tenant

_TRIES = 5
_LOCKED_FOR = timedelta(minutes=5)
_LINK_VALID = timedelta(hours=12)
_OWNER = "local"


class Access:
    """Makes principals; nothing else can."""

    def __init__(
        self,
        directory: Directory,
        people: People,
        credentials: Credentials,
        passwords: Passwords,
        clock: Clock,
        *,
        is_local: bool,
    ) -> None:
        self._directory = directory
        self._people = people
        self._credentials = credentials
        self._passwords = passwords
        self._clock = clock
        self._is_local = is_local

    def with_password(self, tenant: str, user: str, password: str, *, channel: str) -> Principal:
        """Sign in by name and password.

        Raises:
            Refused: They do not fit, without a word on which of them does not, or the person
                is locked out for a few minutes after five wrong tries.
        """
        try:
            found: Tenant | None = self._directory.get(tenant)
        except UnknownItem:
            found = None
        row = self._people.row(found.id, user) if found else None
        now = self._clock.now()
        if row is not None and row.locked_until is not None and row.locked_until > now:
            raise Refused("Too many wrong tries; wait five minutes, then sign in again.")
        if found is None or not self._passwords.matches(row.password if row else None, password):
            if row is not None:
                tries = row.failures + 1
                locked = now + _LOCKED_FOR if tries >= _TRIES else None
                self._people.note_attempt(
                    row.id, failures=0 if locked else tries, locked_until=locked
                )
            raise Refused("Tenant, name and password do not fit together; try again.")
        assert row is not None  # noqa: S101 - a missing person matches no password
        renewed = (
            {"password": self._passwords.hash(password)}
            if self._passwords.is_outdated(row.password)
            else {}
        )
        if renewed or row.failures:
            self._people.note_attempt(row.id, failures=0, **renewed)
        return self._of(self._people.get(found, row.name), found, channel)

    def with_token(self, token: str, *, channel: str) -> Principal:
        """Sign in by API token.

        Raises:
            Refused: It is unknown, expired or revoked.
        """
        return self._held(
            self._credentials.accept_token(token),
            channel,
            "That token is not valid; make a new one with `tillsight users token`.",
        )

    def with_link(self, secret: str, *, channel: str) -> Principal:
        """Sign in by a one-time link.

        Raises:
            Refused: It was used before, has expired or never existed.
        """
        return self._held(
            self._credentials.accept_link(secret),
            channel,
            "That sign-in link was used already or has expired; "
            "make a new one with `tillsight users link`.",
        )

    def local(
        self, tenant: str, *, user: str | None = None, role: Role | None = None, channel: str
    ) -> Principal:
        """Vouch for whoever runs a command on a workspace whose files they own.

        Without a user they are the owner, an administrator, or the role they name. With one,
        they act as that person, with that person's role.

        Raises:
            Refused: The workspace is shared, so a token must say who asks; or a role was named
                for a person who has one.
            UnknownItem: There is no such tenant or person.
        """
        found = self._directory.get(tenant)
        if not self._is_local:
            raise Refused(
                "This workspace is shared, so a token must say who asks; set TILLSIGHT_TOKEN to "
                "one from `tillsight users token`."
            )
        if user is None or user == _OWNER:
            mine = role or Role.ADMIN
            return self._seal(found, f"local-{mine.label}", _OWNER, mine, channel)
        person = self._people.get(found, user)
        if role is not None and role != person.role:
            raise Refused(
                f"{user!r} has the role {person.role.label}; name a user or a role, not both."
            )
        return self._of(person, found, channel)

    def refresh(self, principal: Principal) -> Principal:
        """Return the principal with the role the person has now.

        Raises:
            Refused: The person or the tenant no longer exists.
        """
        try:
            tenant = self._directory.by_id(principal.tenant_id)
        except UnknownItem:
            raise Refused("You are no longer signed in; sign in again.") from None
        if principal.user == _OWNER and self._is_local:
            return principal
        person = self._people.by_id(principal.tenant_id, principal.user_id)
        if person is None:
            raise Refused("You are no longer signed in; sign in again.")
        return self._of(person, tenant, principal.channel)

    def restore(self, tenant_id: str, person_id: str, *, channel: str) -> Principal:
        """Return the principal of a signed session, with the role the person has now.

        Raises:
            Refused: The person or the tenant no longer exists.
        """
        return self._held(
            Holder(tenant_id, person_id), channel, "You are no longer signed in; sign in again."
        )

    def issue_link(self, tenant: str, user: str) -> str:
        """Return the secret of a sign-in link for a person; it works once, for 12 hours."""
        return self._credentials.issue_link(self._holder(tenant, user), valid=_LINK_VALID)

    def issue_token(self, tenant: str, user: str, label: str, expires_days: int = 90) -> str:
        """Return a new API token for a person; it is shown this once."""
        return self._credentials.issue_token(
            self._holder(tenant, user), label=label, valid=timedelta(days=expires_days)
        )

    def _holder(self, tenant: str, user: str) -> Holder:
        found = self._directory.get(tenant)
        return Holder(found.id, self._people.get(found, user).id)

    def _held(self, holder: Holder | None, channel: str, refusal: str) -> Principal:
        person = holder and self._people.by_id(holder.tenant_id, holder.person_id)
        if not person:
            raise Refused(refusal)
        return self._of(person, self._directory.by_id(person.tenant_id), channel)

    def _of(self, person: Person, tenant: Tenant, channel: str) -> Principal:
        return self._seal(tenant, person.id, person.name, person.role, channel)

    def _seal(self, tenant: Tenant, user_id: str, user: str, role: Role, channel: str) -> Principal:
        return Principal(
            tenant_id=tenant.id,
            tenant=tenant.name,
            user_id=user_id,
            user=user,
            role=role,
            channel=channel,
            seal=principals._SEAL,  # noqa: SLF001 - this is the maker
        )
