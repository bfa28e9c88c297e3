"""The HTTP API under /api: what the screens, a monitor or a hospital system may read and record."""

# Annotations are read at run time here, some of them local to a function: they must not become text.

from typing import Annotated, Any

from fastapi import APIRouter, Depends, FastAPI, Path, Request, Response
from fastapi import Body as Entry
from fastapi.concurrency import run_in_threadpool
from fastapi.exception_handlers import http_exception_handler
from fastapi.openapi.utils import get_openapi
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from dashboard.api.acts import ROUTES, Route
from dashboard.api.alarm_statistics import add_alarm_statistics
from dashboard.api.answers import Json, day_json, recorded_json, ward_json
from dashboard.api.at_once import ActsAtOnce, AtOnce
from dashboard.api.body import Body
from dashboard.api.day_list import add_day_list, add_find
from dashboard.api.offers import struck_set
from dashboard.api.rate_preview import add_rate_preview
from dashboard.api.reads import ward_now
from dashboard.api.refusals import WardRoute
from dashboard.api.tap import DESCRIBED, Tap, tap_of
from dashboard.api.ward_bodies import Book, CloseWard
from dashboard.settings import Settings
from models.alarm_load import AlarmLoad
from models.charting import Act, Charting, Recorded
from models.clinical.protocol import Protocol
from models.live_ward import LiveWard
from models.store.ward_store import WardStore

DayId = Annotated[str, Path(max_length=100, description="`infusion_day_id`")]
SIGNED_ON: dict[int | str, dict[str, Any]] = {
    401: {"description": "Nobody is signed on"},
    404: {"description": "No such infusion day"},
    409: {"description": "Somebody was first, not now, or the tap is too old: `refusal` says which"},
    422: {"description": "`refusal` says what is wrong with `field`; `confirm` asks to send `confirmed: true`"},
}


def register(
    server: FastAPI,
    charting: Charting,
    live_ward: LiveWard,
    store: WardStore,
    settings: Settings,
    protocol: Protocol,
    alarm_load: AlarmLoad,
) -> None:
    router = APIRouter(prefix="/api", route_class=WardRoute, responses=SIGNED_ON)
    server.add_middleware(
        ActsAtOnce, acts={route.path: add_act(router, charting, live_ward, route) for route in ROUTES}
    )
    add_reads(router, charting, live_ward)
    add_rate_preview(router, charting)
    add_book(router, charting)
    add_day_list(router, charting)
    add_find(router, charting)
    add_close_ward(router, charting)
    add_alarm_statistics(router, alarm_load)

    @router.get("/openapi.json", include_in_schema=False)
    async def openapi() -> Json:
        described: Json = get_openapi(title="Chairside", version="1", routes=server.routes)
        described["paths"] = {path: one for path, one in described["paths"].items() if path.startswith("/api/")}
        return described

    server.include_router(router)

    @server.exception_handler(HTTPException)
    async def nothing_here(request: Request, fault: HTTPException) -> Response:
        """An address or a method the API does not have; other pages keep their own words."""
        if not request.url.path.startswith("/api/"):
            return await http_exception_handler(request, fault)
        return JSONResponse({"refusal": "The API has nothing at this address."}, fault.status_code)


NEEDS_NO_WORDS = frozenset({"arrive", "infusion/start", "infusion/stop", "infusion/resume", "infusion/complete"})
"""Acts that may be sent with an empty body."""


def add_reads(router: APIRouter, charting: Charting, live_ward: LiveWard) -> None:
    @router.get("/ward", tags=["reads"], summary="Every chair of today as it stands now")
    def ward() -> Json:
        return ward_json(ward_now(charting, live_ward), charting.protocol)

    @router.get("/infusion-days/{day_id}", tags=["reads"], summary="One infusion day: its status and its facts")
    def infusion_day(day_id: DayId) -> Json:
        return day_json(charting.status(day_id), charting.names().staff, late_after_s(charting))


def add_book(router: APIRouter, charting: Charting) -> None:
    @router.post(
        "/infusion-days", status_code=201, tags=["acts"], summary="Book an infusion day", openapi_extra=DESCRIBED
    )
    def book(body: Book, tap: Annotated[Tap, Depends(tap_of)]) -> Json:
        return answer(charting, charting.book(tap.act(body), body.booking(), confirmed=body.confirmed))


def add_close_ward(router: APIRouter, charting: Charting) -> None:
    @router.post(
        "/ward/close",
        status_code=201,
        tags=["acts"],
        summary="The night: a receiver for every open day",
        openapi_extra=DESCRIBED,
    )
    def close_ward(body: CloseWard, tap: Annotated[Tap, Depends(tap_of)]) -> Json:
        recorded = charting.close_ward(tap.act(body), body.named())
        return {"closed": [answer(charting, one) for one in recorded], "again": any(one.again for one in recorded)}


def add_act(router: APIRouter, charting: Charting, live_ward: LiveWard, route: Route) -> AtOnce:
    nothing = Entry(default=route.body()) if route.path in NEEDS_NO_WORDS else Entry()

    async def record(
        day_id: DayId,
        tap: Annotated[Tap, Depends(tap_of)],
        body: route.body = nothing,  # type: ignore[name-defined]
    ) -> Response:
        recorded, struck = await run_in_threadpool(carry_out, tap.act(body), day_id, body)
        await live_ward.told()  # the screens first: writing the answer would hold them up
        return JSONResponse(recorded_json(recorded, live_ward.status().staff, late_after_s(charting)) | struck, 201)

    def carry_out(act: Act, day_id: str, body: Body) -> tuple[Recorded, Json]:
        recorded = route.record(charting, act, day_id, body)
        return recorded, struck_set(charting, recorded)

    path = f"/infusion-days/{{day_id}}/{route.path}"
    name = route.path.replace("/", "_").replace("-", "_")
    router.add_api_route(
        path,
        record,
        methods=["POST"],
        status_code=201,
        response_model=Json,
        tags=["acts"],
        name=name,
        summary=route.words,
        openapi_extra=DESCRIBED,
    )
    return AtOnce(route.body, record)


def answer(charting: Charting, recorded: Any) -> Json:
    return recorded_json(recorded, charting.names().staff, late_after_s(charting))


def late_after_s(charting: Charting) -> float:
    return charting.protocol.durations.late_entry.total_seconds()
