"""The view `alerts`: what was answered, by whom; and the level a set was shown with, in `vital_signs`."""

from alembic import op

from models.store import views

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    views.create(op.get_bind())
