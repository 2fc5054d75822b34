"""The history can be added to and read. The database itself refuses to change or delete a line of it."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

TABLE = "engagement_event"
REFUSAL = "the history is only added to"
SQLITE = [
    f"CREATE TRIGGER {TABLE}_no_{act} BEFORE {act} ON {TABLE} BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    for act in ("UPDATE", "DELETE")
]
POSTGRESQL = [
    f"CREATE FUNCTION {TABLE}_refuse() RETURNS trigger LANGUAGE plpgsql AS "
    f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$",
    f"CREATE TRIGGER {TABLE}_only_added_to BEFORE UPDATE OR DELETE ON {TABLE} "
    f"FOR EACH ROW EXECUTE FUNCTION {TABLE}_refuse()",
]
UNDO = {
    "sqlite": [f"DROP TRIGGER {TABLE}_no_{act}" for act in ("UPDATE", "DELETE")],
    "postgresql": [f"DROP TRIGGER {TABLE}_only_added_to ON {TABLE}", f"DROP FUNCTION {TABLE}_refuse()"],
}


def guard(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    for line in {"sqlite": SQLITE, "postgresql": POSTGRESQL}[editor.connection.vendor]:
        editor.execute(line)


def unguard(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    for line in UNDO[editor.connection.vendor]:
        editor.execute(line)


class Migration(migrations.Migration):
    dependencies = [("engagement", "0001_people")]
    operations = [migrations.RunPython(guard, unguard)]
