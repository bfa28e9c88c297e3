"""The first tables: ward, chairs, patients, courses, infusion days, facts, people, devices, protocols."""

from datetime import datetime

import sqlalchemy as sa
from alembic import op

from models.store import views

revision = "0001"
down_revision = None


def text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=False)


def counter(name: str) -> sa.Column[int]:
    kind = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    return sa.Column(name, kind, primary_key=True, autoincrement=True)


def moment(name: str, nullable: bool = False) -> sa.Column[datetime]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def upgrade() -> None:
    ward_and_people()
    patients()
    facts()
    views.create(op.get_bind())


def ward_and_people() -> None:
    op.create_table(
        "ward",
        sa.Column("id", sa.Integer(), nullable=False),
        text("name"),
        text("mode"),
        text("zone"),
        sa.Column("set_up", sa.Boolean(), nullable=False),
        text("set_up_code_hash"),
        text("supervising_neurologist"),
        text("emergency_contact"),
        sa.Column("doctors", sa.Text(), nullable=False),
        sa.Column("call_numbers", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_ward"),
        sa.CheckConstraint("id = 1", name=op.f("ck_ward_only_one")),
        sa.CheckConstraint("mode IN ('training', 'ward')", name=op.f("ck_ward_mode")),
    )
    op.create_table(
        "chair",
        text("label"),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("label", name="pk_chair"),
    )
    op.create_table(
        "staff",
        text("id"),
        text("name"),
        text("role"),
        text("pin_hash"),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_staff"),
    )
    op.create_table(
        "sign_on",
        counter("epoch"),
        text("token_hash"),
        text("staff_id"),
        text("device"),
        moment("started_at"),
        moment("ended_at", nullable=True),
        sa.UniqueConstraint("token_hash", name="uq_sign_on_token_hash"),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_sign_on_staff_id_staff"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "device",
        text("id"),
        text("name"),
        moment("first_seen_at"),
        sa.PrimaryKeyConstraint("id", name="pk_device"),
    )
    op.create_table(
        "protocol_version",
        text("digest"),
        text("version"),
        sa.Column("content", sa.Text(), nullable=False),
        moment("first_used_at"),
        sa.PrimaryKeyConstraint("digest", name="pk_protocol_version"),
    )


def patients() -> None:
    op.create_table(
        "patient",
        text("id"),
        text("patient_id"),
        text("family_name"),
        text("given_name"),
        sa.Column("born", sa.Date(), nullable=False),
        text("allergies"),
        sa.PrimaryKeyConstraint("id", name="pk_patient"),
        sa.UniqueConstraint("patient_id", name="uq_patient_patient_id"),
    )
    op.create_table(
        "course",
        text("id"),
        text("patient_key"),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_course"),
        sa.UniqueConstraint("patient_key", "number", name="uq_course_patient_key_number"),
        sa.CheckConstraint("number >= 1", name=op.f("ck_course_number")),
        sa.ForeignKeyConstraint(["patient_key"], ["patient.id"], name="fk_course_patient_key_patient"),
    )
    op.create_table(
        "infusion_day",
        text("id"),
        text("course_id"),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_infusion_day"),
        sa.CheckConstraint("day >= 1", name=op.f("ck_infusion_day_day")),
        sa.ForeignKeyConstraint(["course_id"], ["course.id"], name="fk_infusion_day_course_id_course"),
    )
    op.create_index("ix_infusion_day_course_id", "infusion_day", ["course_id"])
    op.create_index("ix_infusion_day_date", "infusion_day", ["date"])


def facts() -> None:
    op.create_table(
        "fact",
        counter("seq"),
        text("key"),
        sa.Column("part", sa.Integer(), nullable=False),
        text("request_digest"),
        text("infusion_day_id"),
        sa.Column("position", sa.Integer(), nullable=False),
        text("kind"),
        moment("happened_at"),
        moment("recorded_at"),
        text("recorded_by"),
        text("device"),
        sa.Column("caused_by", sa.Integer(), nullable=True),
        sa.Column("details", sa.Text(), nullable=False),
        text("previous_hash"),
        text("hash"),
        sa.UniqueConstraint("key", "part", name="uq_fact_key_part"),
        sa.UniqueConstraint("infusion_day_id", "position", name="uq_fact_infusion_day_id_position"),
        sa.CheckConstraint("position >= 1", name=op.f("ck_fact_position")),
        sa.CheckConstraint("length(hash) = 64 AND length(previous_hash) = 64", name=op.f("ck_fact_hash")),
        sa.ForeignKeyConstraint(["infusion_day_id"], ["infusion_day.id"], name="fk_fact_infusion_day_id_infusion_day"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_fact_infusion_day_id_kind", "fact", ["infusion_day_id", "kind"])
    op.create_table(
        "open_day",
        text("infusion_day_id"),
        sa.PrimaryKeyConstraint("infusion_day_id", name="pk_open_day"),
        sa.ForeignKeyConstraint(
            ["infusion_day_id"], ["infusion_day.id"], name="fk_open_day_infusion_day_id_infusion_day"
        ),
    )
