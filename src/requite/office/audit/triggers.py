"""The triggers by which the database refuses to change the trail: they, and no others."""

from typing import Final

from django.db import connection

TABLES: Final = ("audit_event", "audit_chain")
SQLITE: Final = {
    "audit_event_is_not_changed": (
        "CREATE TRIGGER audit_event_is_not_changed BEFORE UPDATE ON audit_event "
        "BEGIN SELECT RAISE(ABORT, 'audit events are only added'); END"
    ),
    "audit_event_is_not_deleted": (
        "CREATE TRIGGER audit_event_is_not_deleted BEFORE DELETE ON audit_event "
        "BEGIN SELECT RAISE(ABORT, 'audit events are only added'); END"
    ),
    "audit_chain_is_not_shortened": (
        "CREATE TRIGGER audit_chain_is_not_shortened BEFORE UPDATE ON audit_chain "
        "WHEN NEW.length < OLD.length OR NEW.name <> OLD.name "
        "BEGIN SELECT RAISE(ABORT, 'audit events are only added'); END"
    ),
    "audit_chain_is_not_deleted": (
        "CREATE TRIGGER audit_chain_is_not_deleted BEFORE DELETE ON audit_chain "
        "BEGIN SELECT RAISE(ABORT, 'audit events are only added'); END"
    ),
}
FUNCTION: Final = "audit_events_are_only_added"
BODY: Final = " BEGIN RAISE EXCEPTION 'audit events are only added'; END "
POSTGRESQL: Final = {
    "audit_event_is_not_changed": (
        "CREATE TRIGGER audit_event_is_not_changed BEFORE DELETE OR UPDATE ON audit_event "
        "FOR EACH ROW EXECUTE FUNCTION audit_events_are_only_added()"
    ),
    "audit_event_is_not_emptied": (
        "CREATE TRIGGER audit_event_is_not_emptied BEFORE TRUNCATE ON audit_event "
        "FOR EACH STATEMENT EXECUTE FUNCTION audit_events_are_only_added()"
    ),
    "audit_chain_is_not_shortened": (
        "CREATE TRIGGER audit_chain_is_not_shortened BEFORE UPDATE ON audit_chain FOR EACH ROW "
        "WHEN (((new.length < old.length) OR ((new.name)::text <> (old.name)::text))) "
        "EXECUTE FUNCTION audit_events_are_only_added()"
    ),
    "audit_chain_is_not_deleted": (
        "CREATE TRIGGER audit_chain_is_not_deleted BEFORE DELETE ON audit_chain "
        "FOR EACH ROW EXECUTE FUNCTION audit_events_are_only_added()"
    ),
    "audit_chain_is_not_emptied": (
        "CREATE TRIGGER audit_chain_is_not_emptied BEFORE TRUNCATE ON audit_chain "
        "FOR EACH STATEMENT EXECUTE FUNCTION audit_events_are_only_added()"
    ),
}
ON_SQLITE: Final = (
    "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' "
    "UNION SELECT name, sql FROM sqlite_temp_master WHERE type = 'trigger'"
)
# A schema's name before a table's depends on the path by which it is looked for: told without it.
ON_POSTGRESQL: Final = (
    "SELECT tgname, pg_get_triggerdef(t.oid, true), tgenabled FROM pg_trigger t "
    "JOIN pg_class c ON c.oid = tgrelid WHERE relname IN (%s, %s) AND NOT tgisinternal "
    "AND relnamespace = current_schema()::regnamespace"
)
# A trigger on another table would let the office believe that it wrote what it did not.
ON_OTHER_TABLES: Final = (
    "SELECT 'trigger ' || tgname FROM pg_trigger t JOIN pg_class c ON c.oid = tgrelid "
    "WHERE relname NOT IN (%s, %s) AND NOT tgisinternal "
    "AND relnamespace = current_schema()::regnamespace "
    "UNION ALL SELECT 'rule ' || rulename FROM pg_rules WHERE schemaname = current_schema()"
)
ALWAYS: Final = "A"  # also where a session says that it only repeats what another one did


def trigger_problems() -> list[str]:
    """Which triggers of the trail are missing, are others, or are too many; nothing where none."""
    if connection.vendor == "sqlite":
        return _differences(SQLITE, _on_sqlite())
    return [*_differences(POSTGRESQL, _on_postgresql()), *_around_them()]


def _differences(wanted: dict[str, str], found: dict[str, str]) -> list[str]:
    problems = [f"The trigger {name} is missing." for name in wanted if name not in found]
    for name, definition in found.items():
        if name not in wanted:
            problems.append(f"The trigger {name} is not of the office.")
        elif _plain(definition) != _plain(wanted[name]):
            problems.append(f"The trigger {name} was changed.")
    return problems


def _plain(definition: str) -> str:
    """A definition without what is written in several ways: spaces, outer brackets."""
    return "".join(definition.replace("(", "").replace(")", "").split())


def _on_sqlite() -> dict[str, str]:
    with connection.cursor() as cursor:
        cursor.execute(ON_SQLITE)
        return dict(cursor.fetchall())


def _on_postgresql() -> dict[str, str]:
    with connection.cursor() as cursor:
        cursor.execute(ON_POSTGRESQL, TABLES)
        found = cursor.fetchall()
    return {
        name: definition if enabled == ALWAYS else f"{definition} (not always enabled)"
        for name, definition, enabled in found
    }


def _around_them() -> list[str]:
    """What PostgreSQL has besides triggers that would let an event be lost or changed."""
    problems = []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT prosrc, prolang = (SELECT oid FROM pg_language WHERE lanname = 'plpgsql') "
            "FROM pg_proc WHERE proname = %s AND pronamespace = current_schema()::regnamespace",
            [FUNCTION],
        )
        if cursor.fetchall() != [(BODY, True)]:
            problems.append(f"The function {FUNCTION} was changed.")
        cursor.execute(ON_OTHER_TABLES, TABLES)
        problems += [f"The {what} is not of the office." for (what,) in cursor.fetchall()]
        cursor.execute(
            "SELECT relname FROM pg_class "
            "WHERE relnamespace = current_schema()::regnamespace AND relrowsecurity"
        )
        problems += [f"Rows of {name} are hidden by a policy." for (name,) in cursor.fetchall()]
    return problems
