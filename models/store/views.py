"""What every migration makes anew: views for people who analyse, and the triggers that keep the record append-only."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sqlalchemy import Connection, UniqueConstraint, inspect
from sqlalchemy import Table as SqlTable

from models.store.tables import Table

APPEND_ONLY = ("patient", "course", "infusion_day", "fact", "protocol_version")

# ---- views -----------------------------------------------------------------------------------------------------------

# Column of the view → (path in the details, type on PostgreSQL).
VITAL_SIGNS = {
    "heart_rate": "integer",
    "systolic": "integer",
    "diastolic": "integer",
    "temperature": "numeric",
    "spo2": "integer",
    "respiratory_rate": "integer",
    "consciousness": "text",
    "arm": "text",
    "confirmed": "boolean",
    "partial_reason": "text",
    "adds_to": "integer",
    "level_shown": "text",
}
CHANGES = {"rate_ml_per_hour": "numeric", "reason": "text", "note": "text"}
KINDS_OF_CHANGE = {
    "InfusionStarted": "started",
    "RateChanged": "rate changed",
    "InfusionPaused": "paused",
    "InfusionResumed": "resumed",
    "InfusionStopped": "stopped",
    "InfusionCompleted": "completed",
}
ANSWERS = {"answer": "text", "doctor": "text", "until": "timestamptz", "outcome": "text", "note": "text"}
Value = Callable[[str, str, str], str]
"""SQL for one value of a JSON text: (text, name, type)."""


def value_sqlite(text: str, name: str, kind: str) -> str:
    return f"json_extract({text}, '$.{name}')"


def value_postgresql(text: str, name: str, kind: str) -> str:
    return f"({text}::json ->> '{name}')::{kind}"


SYMPTOMS = {
    "sqlite": "(SELECT coalesce(group_concat(json_extract(one.value, '$.symptom'), ', '), '')"
    " FROM json_each(fact.details, '$.symptoms') AS one)",
    "postgresql": "(SELECT coalesce(string_agg(one ->> 'symptom', ', '), '')"
    " FROM json_array_elements(CASE json_typeof(fact.details::json -> 'symptoms') WHEN 'array'"
    " THEN fact.details::json -> 'symptoms' ELSE '[]'::json END) AS one)",
}


# An alert's id is its rule, a slash, and the position of the reading that raised it or the time of the task.
RULE = {"sqlite": "substr({id}, 1, instr({id}, '/') - 1)", "postgresql": "split_part({id}, '/', 1)"}
READING = {
    "sqlite": "CASE WHEN substr({id}, instr({id}, '/') + 1) NOT GLOB '*[^0-9]*'"
    " THEN CAST(substr({id}, instr({id}, '/') + 1) AS INTEGER) END",
    "postgresql": "CASE WHEN split_part({id}, '/', 2) ~ '^[0-9]+$' THEN split_part({id}, '/', 2)::integer END",
}


def line(value: Value, columns: str, kinds: str) -> str:
    """One row per fact of these kinds: whose, which day, when, by whom, whether struck; then `columns`."""
    position = value("error.details", "position", "integer")
    return (
        "SELECT patient.patient_id, course.number AS course, infusion_day.day, infusion_day.date,"
        " fact.infusion_day_id, fact.position, fact.happened_at, fact.recorded_at, fact.recorded_by,"
        " EXISTS (SELECT 1 FROM fact AS error WHERE error.infusion_day_id = fact.infusion_day_id"
        f" AND error.kind = 'EnteredInError' AND {position} = fact.position) AS struck, {columns}"
        " FROM fact JOIN infusion_day ON infusion_day.id = fact.infusion_day_id"
        " JOIN course ON course.id = infusion_day.course_id JOIN patient ON patient.id = course.patient_key"
        f" WHERE fact.kind IN ({kinds})"
    )


def views(dialect: str) -> Mapping[str, str]:
    value = value_sqlite if dialect == "sqlite" else value_postgresql
    signs = [f"{value('fact.details', name, kind)} AS {name}" for name, kind in VITAL_SIGNS.items()]
    asked = f"CASE WHEN {value('fact.details', 'symptoms', 'text')} IS NOT NULL THEN {SYMPTOMS[dialect]} END"
    changes = [f"{value('fact.details', name, kind)} AS {name}" for name, kind in CHANGES.items()]
    answers = [f"{value('fact.details', name, kind)} AS {name}" for name, kind in ANSWERS.items()]
    words = " ".join(f"WHEN '{kind}' THEN '{word}'" for kind, word in KINDS_OF_CHANGE.items())
    return {
        "vital_signs": line(value, ", ".join([*signs, f"{asked} AS symptoms"]), "'VitalSignsRecorded'"),
        "infusion_changes": line(
            value,
            ", ".join([f"CASE fact.kind {words} END AS change", *changes]),
            ", ".join(f"'{kind}'" for kind in KINDS_OF_CHANGE),
        ),
        "alerts": line(value, ", ".join([*what_was_answered(dialect, value), *answers]), "'AlertAnswered'"),
    }


def what_was_answered(dialect: str, value: Value) -> list[str]:
    """The alert, its rule, who answered, and of the reading that raised it where, when and with which level it stood.

    Alerts themselves are derived from the record and stand in no table; only what somebody answered is a fact.
    """
    alert = value("fact.details", "alert", "text")
    reading = READING[dialect].format(id=alert)

    def of_reading(column: str) -> str:
        return (
            f"(SELECT {column} FROM fact AS reading WHERE reading.infusion_day_id = fact.infusion_day_id"
            f" AND reading.position = {reading})"
        )

    return [
        f"{alert} AS alert",
        f"{RULE[dialect].format(id=alert)} AS rule",
        "(SELECT staff.name FROM staff WHERE staff.id = fact.recorded_by) AS answered_by",
        f"{reading} AS reading",
        f"{of_reading('reading.recorded_at')} AS reading_recorded_at",
        f"{of_reading(value('reading.details', 'level_shown', 'text'))} AS level_shown",
    ]


# ---- triggers --------------------------------------------------------------------------------------------------------

REFUSED = "the record is appended to, never changed"
FUNCTION = "chairside_append_only"
BODY = f"BEGIN RAISE EXCEPTION '{REFUSED}'; END;"


def triggers_sqlite(table: SqlTable) -> Mapping[str, str]:
    """REPLACE deletes without asking a DELETE trigger, so an insert over an existing row is refused first."""
    unique = [[column.name for column in table.primary_key]] + [
        [column.name for column in rule.columns]
        for rule in sorted(table.constraints, key=lambda rule: str(rule.name))
        if isinstance(rule, UniqueConstraint)
    ]
    same = " OR ".join("(" + " AND ".join(f"{c} = NEW.{c}" for c in columns) + ")" for columns in unique)
    refuse = f"BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END"
    name = table.name
    return {
        f"{name}_no_update": f"CREATE TRIGGER {name}_no_update BEFORE UPDATE ON {name} {refuse}",
        f"{name}_no_delete": f"CREATE TRIGGER {name}_no_delete BEFORE DELETE ON {name} {refuse}",
        f"{name}_no_replace": f"CREATE TRIGGER {name}_no_replace BEFORE INSERT ON {name}"
        f" WHEN EXISTS (SELECT 1 FROM {name} WHERE {same}) {refuse}",
    }


def triggers_postgresql(table: SqlTable) -> Mapping[str, str]:
    """Per statement: an INSERT … ON CONFLICT DO UPDATE fires it too, whether or not it meets a row."""
    name = f"{table.name}_append_only"
    return {
        name: f"CREATE TRIGGER {name} BEFORE UPDATE OR DELETE OR TRUNCATE ON {table.name}"
        f" FOR EACH STATEMENT EXECUTE FUNCTION {FUNCTION}()"
    }


def triggers(dialect: str) -> Mapping[str, str]:
    of_table = triggers_sqlite if dialect == "sqlite" else triggers_postgresql
    return {name: sql for table in APPEND_ONLY for name, sql in of_table(Table.metadata.tables[table]).items()}


# ---- making and checking ---------------------------------------------------------------------------------------------


def drop(connection: Connection) -> None:
    """Views only: a migration cannot rebuild a table a view looks at. Triggers stay until they are made anew."""
    for name in views(connection.dialect.name):
        connection.exec_driver_sql(f"DROP VIEW IF EXISTS {name}")


def create(connection: Connection) -> None:
    dialect = connection.dialect.name
    drop(connection)
    for name, select in views(dialect).items():
        connection.exec_driver_sql(f"CREATE VIEW {name} AS {select}")
    if dialect == "postgresql":
        function = f"CREATE OR REPLACE FUNCTION {FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS $${BODY}$$"
        connection.exec_driver_sql(function)
    for name, sql in triggers(dialect).items():
        table = name.rsplit("_", 2)[0]
        where = f" ON {table}" if dialect == "postgresql" else ""
        connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {name}{where}")
        connection.exec_driver_sql(sql)


def absent(connection: Connection) -> list[str]:
    """Views and triggers that are missing, altered or switched off."""
    dialect = connection.dialect.name
    found = standing_sqlite(connection) if dialect == "sqlite" else standing_postgresql(connection)
    return sorted(name for name in [*views(dialect), *triggers(dialect)] if name not in found)


def standing_sqlite(connection: Connection) -> set[str]:
    expected = {name: f"CREATE VIEW {name} AS {select}" for name, select in views("sqlite").items()}
    expected |= triggers("sqlite")
    kept = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type IN ('trigger', 'view')")
    return {name for name, sql in kept if expected.get(name) == sql}


def standing_postgresql(connection: Connection) -> set[str]:
    enabled = connection.exec_driver_sql(
        "SELECT tgname FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid"
        " WHERE tgenabled IN ('O', 'A') AND proname = %s AND prosrc = %s",
        (FUNCTION, BODY),
    ).scalars()
    return set(enabled) | set(inspect(connection).get_view_names())
