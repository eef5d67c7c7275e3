"""`/desk/api/cases/{id}/…`: book, move and cancel for the customer; `/slots`: when the courier can come."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response
from starlette.responses import JSONResponse

from actions.ports import BookingKind, PickupSlot
from actions.usecases.book_shipment import Booked, BookingFailed, BookingRefused, BookingUnderWay, SlotGone
from actions.usecases.cancel_pickup import Cancelled, CancelRefused, NotCancelled, NothingToCancel, cancel_pickup
from actions.usecases.move_pickup import NewSlotGone, NoPickup, NotMoved, PickupMoved, TooLate, move_pickup
from actions.usecases.plan_shipment import NotCollected, SlotsOffered, plan_shipment
from actions.usecases.ship_for_customer import Order, ship_for_customer
from bot.gateway.bodies import json_object
from bot.gateway.desk.case_calls import CaseCalls, day, fields, short
from bot.gateway.desk.case_shapes import not_done
from bot.gateway.desk.seats import Seats
from bot.gateway.errors import ApiError, Problem
from bot.gateway.parts import Parts

ACKS = ("data_ack", "backup_ack", "packed_ready", "approved")


def routes(parts: Parts, seats: Seats) -> APIRouter:
    """The calls."""
    router = APIRouter(prefix="/desk/api")
    calls = CaseCalls(parts)

    @router.get("/slots")
    async def slots(request: Request) -> Response:
        await seats.of(request)
        postcode = short(request.query_params.get("postcode", ""))
        planned = await calls.reading(lambda stores: plan_shipment(stores.courier, postcode, calls.now()))
        if isinstance(planned, SlotsOffered):
            offered = [{"date": slot.date.isoformat(), "window": slot.window} for slot in planned.slots]
            return JSONResponse({"slots": offered})
        return not_done(parts.words, "not_collected" if isinstance(planned, NotCollected) else "no_slots")

    @router.post("/cases/{case_id}/bookings")
    async def book(case_id: str, request: Request) -> Response:
        agent = await seats.acting(request)
        order = _order(case_id, await json_object(request))
        outcome = await calls.acting(agent, lambda world, at: ship_for_customer(world, order, at))
        match outcome:
            case Booked():
                return await calls.whole(case_id)
            case BookingUnderWay():
                return await calls.whole(case_id, under_way=True)
            case BookingRefused(missing):
                return calls.refused("missing", missing=sorted(str(each) for each in missing))
            case SlotGone():
                return calls.refused("slot_gone")
            case BookingFailed(reason):
                return calls.refused(reason if reason in ("unavailable", "unknown") else "courier_refused")

    @router.post("/cases/{case_id}/move")
    async def move(case_id: str, request: Request) -> Response:
        agent = await seats.acting(request)
        given = fields(await json_object(request), "date", "window")
        slot = PickupSlot(day(given["date"]), given["window"])
        outcome = await calls.acting(agent, lambda world, at: move_pickup(world.desk, world.courier, case_id, slot, at))
        match outcome:
            case PickupMoved():
                return await calls.whole(case_id)
            case NoPickup():
                return calls.refused("no_pickup")
            case TooLate():
                return calls.refused("too_late")
            case NewSlotGone():
                return calls.refused("slot_gone")
            case NotMoved(reason):
                return calls.refused(reason)

    @router.post("/cases/{case_id}/cancel")
    async def cancel(case_id: str, request: Request) -> Response:
        agent = await seats.acting(request)
        all_of_it = (await json_object(request)).get("whole_case")
        if not isinstance(all_of_it, bool):
            raise ApiError(Problem.MALFORMED)
        outcome = await calls.acting(
            agent, lambda world, at: cancel_pickup(world.desk, world.courier, case_id, all_of_it, at, by="agent")
        )
        match outcome:
            case Cancelled():
                return await calls.whole(case_id)
            case CancelRefused():
                return calls.refused("too_late")
            case NothingToCancel():
                return calls.refused("nothing_to_cancel")
            case NotCancelled(reason):
                return calls.refused(reason)

    return router


def _order(case_id: str, body: Any) -> Order:
    """What is to be booked. Raises ApiError 400."""
    given = fields(body, "kind", "street", "postcode", "city", "date", "window")
    said = {name: body.get(name, False) for name in ACKS}
    kinds = (BookingKind.PICKUP, BookingKind.LABEL, BookingKind.CSR_PART)
    kind = next((kind for kind in kinds if kind == given["kind"]), None)
    if kind is None or not all(isinstance(each, bool) for each in said.values()):
        raise ApiError(Problem.MALFORMED)
    on = day(given["date"]) if given["date"] else None
    return Order(case_id, kind, given["street"], given["postcode"], given["city"], on, given["window"], **said)
