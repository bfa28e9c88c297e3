"""The foot line of every screen: which protocol is in force and whether this ward has approved its limits."""

from __future__ import annotations

from components import html
from models.ward_status import WardStatus

NOT_APPROVED = "limits not approved by this ward"


def protocol_line(status: WardStatus) -> html.P:
    """Changes only with the protocol file, that is with a new start; so it stands in the shell."""
    return html.P(words(status), className="protocol-line", id="protocol-line")


def words(status: WardStatus) -> str:
    line = status.protocol_line
    if status.is_approved or NOT_APPROVED in line:
        return line
    return f"{line} · {NOT_APPROVED}" if line else NOT_APPROVED
