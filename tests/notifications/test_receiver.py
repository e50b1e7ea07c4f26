"""`Receiver`: what is answered, when, and what becomes of the callback's work. In virtual time."""

import asyncio
import json
import logging

import pytest

from yamarket_async import notifications
from yamarket_async.errors import InvalidRequest

pytestmark = pytest.mark.looptime(resolution=1e-9)


def now() -> float:
    return asyncio.get_running_loop().time()


async def hang(_notification):
    await asyncio.sleep(3600)


async def ignore_cancelling(_notification):
    while True:
        try:
            await asyncio.sleep(60)
        except asyncio.CancelledError:
            if now() > 100:
                raise


async def fail(_notification):
    raise RuntimeError("secret of the shop")


def error_of(answer) -> tuple[str, str]:
    error = json.loads(answer.body)["error"]
    return error["type"], error["message"]


async def test_the_callback_gets_each_type(body, kinds):
    got = []
    receiver = notifications.Receiver(got.append, name="my-shop", version="1.4")
    for kind in kinds:
        answer = await receiver.receive(body(kind))
        assert answer.status == 200
        assert {"name": "my-shop", "version": "1.4"}.items() <= json.loads(answer.body).items()
    assert [one.notification_type for one in got] == [kind for kind in kinds if kind != "PING"]


async def test_a_type_that_is_not_known_goes_to_the_callback(body):
    got = []
    answer = await notifications.Receiver(got.append).receive(body("PARCEL_EATEN_BY_DOG"))
    assert answer.status == 200
    assert [one.notification_type for one in got] == ["PARCEL_EATEN_BY_DOG"]


async def test_awaited_the_answer_says_that_the_work_is_done(body):
    done = []

    async def work(notification):
        await asyncio.sleep(3)
        done.append(notification)

    answer = await notifications.Receiver(work).receive(body("ORDER_CREATED"))
    assert (answer.status, len(done), now()) == (200, 1, 3)


async def test_awaited_a_callback_that_raises_is_answered_500_without_its_secrets(body, caplog):
    receiver = notifications.Receiver(fail)
    answer = await receiver.receive(body("ORDER_CREATED"))
    assert (answer.status, error_of(answer)) == (500, ("UNKNOWN", "the callback failed"))
    assert "the callback failed, the Market will repeat: OrderCreated(order_id=57037000000" in caplog.text
    assert "secret of the shop" in caplog.text
    assert receiver.pending == 0


async def test_awaited_a_callback_that_cancels_itself_is_answered_500(body):
    async def cancel(_notification):
        raise asyncio.CancelledError

    assert (await notifications.Receiver(cancel).receive(body("ORDER_CREATED"))).status == 500


async def test_a_function_that_raises_is_answered_500(body, caplog):
    def raises(_notification):
        raise ValueError("no")

    assert (await notifications.Receiver(raises).receive(body("ORDER_CREATED"))).status == 500
    assert "ValueError: no" in caplog.text


async def test_awaited_a_callback_that_hangs_is_cancelled_and_answered_500_in_time(body):
    receiver = notifications.Receiver(hang)
    answer = await receiver.receive(body("ORDER_CREATED"))
    assert (answer.status, now()) == (500, 8)
    assert error_of(answer) == ("UNKNOWN", "the callback was not done within 8 s")
    await asyncio.sleep(0.001)
    assert receiver.pending == 0


async def test_awaited_a_callback_that_ignores_being_cancelled_holds_no_answer_back(body):
    receiver = notifications.Receiver(ignore_cancelling, timeout=2.5)
    answer = await receiver.receive(body("ORDER_CREATED"))
    assert (answer.status, now(), receiver.pending) == (500, 2.5, 1)
    await asyncio.sleep(200)
    await receiver.aclose()
    assert receiver.pending == 0


async def test_awaited_the_work_of_a_caller_that_goes_away_is_cancelled(body):
    receiver = notifications.Receiver(hang)
    caller = asyncio.create_task(receiver.receive(body("ORDER_CREATED")))
    await asyncio.sleep(1)
    assert receiver.pending == 1
    caller.cancel()
    with pytest.raises(asyncio.CancelledError):
        await caller
    await asyncio.sleep(0.001)
    assert receiver.pending == 0


@pytest.mark.parametrize("callback", [hang, fail, ignore_cancelling])
async def test_in_the_background_no_callback_holds_the_answer_back(body, callback):
    receiver = notifications.Receiver(callback, background=True)
    answer = await receiver.receive(body("ORDER_CREATED"))
    assert (answer.status, now()) == (200, 0)
    await asyncio.sleep(150)
    await receiver.aclose(timeout=0)


async def test_in_the_background_the_work_goes_on_behind_the_answer(body):
    done = []

    async def work(notification):
        await asyncio.sleep(60)
        done.append(notification)

    receiver = notifications.Receiver(work, background=True)
    await receiver.receive(body("ORDER_CREATED"))
    assert (done, receiver.pending) == ([], 1)
    await asyncio.sleep(61)
    assert (len(done), receiver.pending) == (1, 0)


async def test_in_the_background_the_log_names_what_a_callback_that_raises_lost(body, caplog):
    receiver = notifications.Receiver(fail, background=True)
    await receiver.receive(body("ORDER_CREATED"))
    await receiver.aclose()
    assert "lost a notification that was accepted: OrderCreated(order_id=57037000000" in caplog.text
    assert "secret of the shop" in caplog.text


async def test_in_the_background_a_timeout_ends_the_callback(body, caplog):
    receiver = notifications.Receiver(hang, background=True, timeout=30)
    await receiver.receive(body("ORDER_CREATED"))
    await asyncio.sleep(29)
    assert receiver.pending == 1
    await asyncio.sleep(2)
    assert receiver.pending == 0
    assert "lost a notification" in caplog.text


@pytest.mark.parametrize("background", [False, True])
async def test_above_the_bound_the_answer_is_500_at_once(body, background):
    receiver = notifications.Receiver(hang, background=background, max_pending=2)
    first = [asyncio.create_task(receiver.receive(body("ORDER_CREATED"))) for _ in range(2)]
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    answer = await receiver.receive(body("ORDER_CREATED"))
    assert (answer.status, now()) == (500, 0)
    assert error_of(answer) == ("UNKNOWN", "the receiver has 2 notifications under way")
    assert (await receiver.receive(body("PING"))).status == 200
    await receiver.aclose(timeout=0)
    await asyncio.wait(first)


async def test_callbacks_run_at_once_up_to_the_bound(body):
    running, most = 0, 0

    async def work(_notification):
        nonlocal running, most
        running += 1
        most = max(most, running)
        await asyncio.sleep(1)
        running -= 1

    receiver = notifications.Receiver(work, max_running=3)
    answers = await asyncio.gather(*(receiver.receive(body("ORDER_CREATED", orderId=number)) for number in range(7)))
    assert [answer.status for answer in answers] == [200] * 7
    assert (most, now()) == (3, 3)


async def test_waiting_for_a_turn_counts(body):
    receiver = notifications.Receiver(hang, max_running=1)
    answers = await asyncio.gather(*(receiver.receive(body("ORDER_CREATED")) for _ in range(3)))
    assert [answer.status for answer in answers] == [500] * 3
    assert now() == 8


async def test_a_ping_is_answered_at_once_and_by_itself(body):
    got = []
    receiver = notifications.Receiver(got.append)
    answer = await receiver.receive(body("PING"))
    assert (answer.status, got, now()) == (200, [], 0)


async def test_a_callback_that_wants_pings_gets_them_behind_the_answer(body):
    got = []

    async def work(notification):
        await asyncio.sleep(5)
        got.append(notification)

    receiver = notifications.Receiver(work, pings=True, max_pending=1)
    assert (await receiver.receive(body("PING"))).status == 200
    assert (await receiver.receive(body("PING"))).status == 200  # no room for it any more
    assert now() == 0
    await receiver.aclose()
    assert [one.notification_type for one in got] == ["PING"]


async def test_closing_waits_for_what_is_under_way_and_takes_nothing_in(body):
    done = []

    async def work(notification):
        await asyncio.sleep(4)
        done.append(notification)

    receiver = notifications.Receiver(work, background=True)
    assert repr(receiver) == "<Receiver background, 0 pending>"
    await receiver.receive(body("ORDER_CREATED"))
    closing = asyncio.create_task(receiver.aclose())
    await asyncio.sleep(0)
    answer = await receiver.receive(body("ORDER_CREATED"))
    assert (answer.status, error_of(answer)[1]) == (500, "the receiver is closing")
    await closing
    assert (len(done), now()) == (1, 4)
    assert repr(notifications.Receiver(print)) == "<Receiver awaited, 0 pending>"
    assert repr(receiver) == "<Receiver background, 0 pending, closed>"


async def test_closing_waits_no_longer_than_it_is_told(body, caplog):
    receiver = notifications.Receiver(hang, background=True)
    await receiver.receive(body("ORDER_CREATED"))
    await asyncio.sleep(0)
    await receiver.aclose(None, timeout=3)
    assert now() == 3
    assert "lost a notification that was accepted: OrderCreated" in caplog.text


async def test_what_cant_be_read_is_answered_400_and_logged(body, caplog):
    with caplog.at_level(logging.ERROR):
        answer = await notifications.Receiver(print).receive(body("ORDER_CREATED", orderId="one"))
    assert answer.status == 400
    kind, message = error_of(answer)
    assert kind == "WRONG_EVENT_FORMAT"
    assert message.startswith("orderId: expected `int`, got `str`")
    assert f"refused a notification: {message}" in caplog.text


@pytest.mark.parametrize("content_type", ["application/json", "Application/JSON; charset=utf-8"])
async def test_json_is_json(body, content_type):
    assert (await notifications.Receiver(list.__init__).receive(body("PING"), content_type)).status == 200


@pytest.mark.parametrize("content_type", ["", "text/plain", "application/x-www-form-urlencoded", "application/jsonl"])
async def test_other_types_of_content_are_answered_400(body, content_type):
    answer = await notifications.Receiver(print).receive(body("PING"), content_type)
    assert answer.status == 400
    assert error_of(answer) == (
        "WRONG_EVENT_FORMAT",
        f"Content-Type is {content_type!r}, must be application/json",
    )


async def test_a_body_above_the_bound_is_answered_400(body):
    sent = body("PING")
    assert (await notifications.Receiver(print, max_body=len(sent)).receive(sent)).status == 200
    answer = await notifications.Receiver(print, max_body=len(sent) - 1).receive(sent)
    assert (answer.status, error_of(answer)[1]) == (400, f"the body is longer than {len(sent) - 1} bytes")


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"callback": None}, "callback=None: must be a function"),
        ({"timeout": 0}, "timeout=0: must be a number of seconds above 0 up to 9"),
        ({"timeout": 9.5}, "timeout=9.5: must be a number of seconds above 0 up to 9, since the Market waits for ten"),
        ({"timeout": -1, "background": True}, "timeout=-1: must be a number of seconds above 0$"),
        ({"max_running": 0}, "max_running=0: must be a whole number, 1 or more"),
        ({"max_pending": 1.5}, "max_pending=1.5"),
        ({"max_body": True}, "max_body=True"),
        ({"name": ""}, "name='': must be a string of 1 to 100 characters"),
        ({"version": "x" * 101}, "version="),
    ],
)
async def test_settings_that_make_no_sense_are_an_error(settings, said):
    with pytest.raises(InvalidRequest, match=said):
        notifications.Receiver(**{"callback": print, **settings})
