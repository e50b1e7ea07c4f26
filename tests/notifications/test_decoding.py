"""`notifications.decode`: what a body becomes, and what is said of one that is none."""

import pickle
import subprocess
import sys
from datetime import UTC, datetime

import pytest

from yamarket_async import notifications
from yamarket_async.errors import MarketError
from yamarket_async.extras import pip_command

MOMENT = datetime(2026, 11, 24, 10, 0, 0, 213_000, tzinfo=UTC)


def test_each_type_has_a_struct_of_its_own(body, kinds):
    decoded = [notifications.decode(body(kind)) for kind in kinds]
    assert [type(one).__name__ for one in decoded] == [kind.title().replace("_", "") for kind in kinds]
    assert [one.notification_type for one in decoded] == kinds == list(notifications.NotificationType)


def test_each_tells_when_it_happened(body, kind):
    assert notifications.decode(body(kind)).event_time == MOMENT


def test_a_ping_needs_no_time(body):
    ping = notifications.decode(body("PING", time=None))
    assert ping == notifications.Ping()
    assert ping.event_time is None


def test_fields_come_typed(body):
    assert notifications.decode(body("ORDER_CREATED")) == notifications.OrderCreated(
        order_id=57_037_000_000,
        campaign_id=21_000_000,
        items=(notifications.NotificationOrderItem(offer_id="Чайник 4231700", count=2),),
        created_at=MOMENT,
        order_line_services=(notifications.NotificationOrderLineService(item_id=1, service_article="assembly"),),
    )
    assert notifications.decode(body("ORDER_RETURN_STATUS_UPDATED")).statuses == (
        notifications.NotificationUpdatedReturnStatuses(
            shipment_status=notifications.ReturnShipmentStatusType.IN_TRANSIT
        )
    )
    service = notifications.decode(body("ORDER_LINE_SERVICE_STATUS_UPDATED"))
    assert service.statuses[0].status is notifications.OrderLineServiceStatusType.CANCELLED
    assert service.cancel_reason is notifications.OrderLineServiceCancelReasonType.USER_REQUESTED


def test_the_type_may_stand_last(body):
    text = body("CHAT_CREATED").decode()
    reordered = text.replace('"notificationType": "CHAT_CREATED", ', "")[:-1] + ', "notificationType": "CHAT_CREATED"}'
    assert notifications.decode(reordered) == notifications.decode(text)


def test_a_status_that_is_not_known_is_kept(body):
    updated = notifications.decode(body("ORDER_STATUS_UPDATED", status="ON_THE_MOON", substatus="LANDED"))
    assert (updated.status, updated.substatus) == ("ON_THE_MOON", "LANDED")
    assert not updated.status.known


def test_fields_that_are_not_known_are_kept_in_raw(body, kind):
    sent = body(kind, novelty={"of": ["2027"]})
    notification = notifications.decode(sent)
    assert notification.raw == sent
    assert notification == notifications.decode(body(kind))


def test_a_type_that_is_not_known_is_kept(body):
    sent = body("PARCEL_EATEN_BY_DOG", dogId=1)
    notification = notifications.decode(sent)
    assert notification == notifications.UnknownNotification(notification_type="PARCEL_EATEN_BY_DOG", raw=sent)
    assert notification.event_time is None


def test_one_that_was_made_by_hand_has_its_json_as_raw(body, kind):
    notification = notifications.decode(body(kind))
    copy = pickle.loads(pickle.dumps(notification))  # noqa: S301 — a pickle holds the fields, and nothing else
    assert copy == notification
    assert notifications.decode(copy.raw) == notification


@pytest.mark.parametrize("wrap", [bytes, bytearray, memoryview, bytes.decode])
def test_any_kind_of_text_is_read(body, wrap):
    assert notifications.decode(wrap(body("ORDER_CREATED"))) == notifications.decode(body("ORDER_CREATED"))


def test_notifications_can_be_hashed_and_matched(body, kind):
    sent = body(kind)
    assert len({notifications.decode(sent), notifications.decode(sent)}) == 1
    assert isinstance(notifications.decode(sent), notifications.Notification)


@pytest.mark.parametrize(
    ("changes", "place", "reason"),
    [
        ({"orderId": "1"}, "orderId", "expected `int`, got `str`"),
        ({"orderId": 1.5}, "orderId", "expected `int`, got `float`"),
        ({"items": None}, "items", "expected `array`, got `null`"),
        ({"items": [{"offerId": "a", "count": 1}, {"offerId": "a"}]}, "items[1].count", "is missing"),
        ({"createdAt": "yesterday"}, "createdAt", "invalid RFC3339 encoded datetime"),
        ({"createdAt": "2026-11-24T10:00:00"}, "createdAt", "expected `datetime` with a timezone component"),
        ({"notificationType": 1}, "notificationType", "expected `str`, got `int`"),
        ({"orderLineServices": [{"itemId": None}]}, "orderLineServices[0].itemId", "expected `int`, got `null`"),
    ],
)
def test_what_is_malformed_is_an_error_that_names_the_place(body, changes, place, reason):
    sent = body("ORDER_CREATED", **changes)
    with pytest.raises(notifications.MalformedNotification) as caught:
        notifications.decode(sent)
    assert (caught.value.place, caught.value.reason) == (place, reason)
    assert caught.value.body == sent[:200]
    assert str(caught.value).startswith(f"{place}: {reason}; the notification begins with '{{\"notif")
    assert isinstance(caught.value, MarketError)
    assert isinstance(caught.value, ValueError)


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        (b"", "no JSON (Input data was truncated); the notification begins with nothing"),
        (b"{}", "notificationType: is missing"),
        (b"[]", "expected `object`, got `array`"),
        (b"null", "expected `object`, got `null`"),
        (b"<html>", "no JSON"),
        (b'{"notificationType":"PING"', "no JSON (Input data was truncated)"),
        (b'{"notificationType":"NEW"', "no JSON (Input data was truncated)"),
        (b'{"notificationType":"NEW"}}', "no JSON"),
        (b'{"notificationType":"PING","a":"\xff"}', "no JSON ('utf-8' codec can't decode"),
        (b'{"notificationType":"PING","a":' + b"[" * 100_000, "no JSON"),
        (b'{"notificationType":"NEW","a":' + b"[" * 100_000, "no JSON"),
        ('{"notificationType":"\ud800"}', "no JSON ('utf-8' codec can't decode"),
    ],
)
def test_what_is_no_notification_is_an_error_that_shows_its_beginning(sent, said):
    with pytest.raises(notifications.MalformedNotification) as caught:
        notifications.decode(sent)
    assert str(caught.value).startswith(said)


def test_the_error_can_be_pickled(body):
    with pytest.raises(notifications.MalformedNotification) as caught:
        notifications.decode(body("ORDER_CREATED", orderId="1"))
    copy = pickle.loads(pickle.dumps(caught.value))  # noqa: S301
    assert (str(copy), copy.place, copy.body) == (str(caught.value), caught.value.place, caught.value.body)


def test_the_import_loads_neither_a_server_nor_redis():
    program = """
import sys
from yamarket_async import notifications
from yamarket_async.notifications import *
assert not {"aiohttp.web", "redis", "click"} & set(sys.modules)
assert not hasattr(notifications, "nothing")
assert notifications.RedisStore is notifications.RedisStore
assert "aiohttp.web" not in sys.modules
"""
    done = subprocess.run([sys.executable, "-W", "error", "-c", program], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


def test_without_its_extra_the_redis_store_says_what_to_install():
    program = """
import sys
sys.modules["redis.exceptions"] = None
from yamarket_async import notifications
try:
    notifications.RedisStore
except ModuleNotFoundError as error:
    print(error)
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.stdout == f"RedisStore needs redis-py; {pip_command('redis')}\n", done.stderr
