"""${message}."""

import sqlalchemy as sa
from alembic import op

from models.store import views

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}


def upgrade() -> None:
    views.drop(op.get_bind())
    ${upgrades if upgrades else "# never batch-alter an append-only table: it would lose its rows' protection"}
    views.create(op.get_bind())  # a rebuilt table has lost its triggers
