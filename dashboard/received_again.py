"""A body that has been read, given once more to whoever reads next."""

from __future__ import annotations

from starlette.types import Message, Receive


def received_again(body: bytes, receive: Receive) -> Receive:
    """What follows the body, such as the end of the connection, still comes from `receive`."""
    given = False

    async def replay() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return replay
