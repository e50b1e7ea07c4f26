"""Answers made of the types of the description, where no code knows better: valid, and the same to one question."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from hashlib import blake2b
from random import Random
from typing import Any, get_args, get_origin

import msgspec

from yamarket_async.checking import bounds_of, fields_of, outdated, without_none
from yamarket_async.endpoints import Endpoint, snake
from yamarket_async.models.base import OpenEnum
from yamarket_async.models.bounds import Bounds
from yamarket_async.models.days import MOSCOW, DottedDay, MoscowMoment
from yamarket_async.sandbox.calls import Answer, Call
from yamarket_async.sandbox.documents import pdf, png, xls

DEEPEST = 6
"""How deep structs may lie in each other before what is optional is left out."""

ITEMS = 3
"""How many items a list has where nothing says how many there are."""

_TEXTS: Mapping[str, tuple[str, ...]] = {
    "city": ("Москва", "Казань", "Тула"),
    "street": ("Льва Толстого", "Профсоюзная", "Садовая"),
    "country": ("Россия",),
    "name": ("Чайник электрический", "Кружка эмалированная", "Лампа настольная"),
    "firstName": ("Анна", "Иван", "Мария"),
    "lastName": ("Петрова", "Сидоров", "Ким"),
    "middleName": ("Сергеевна", "Петрович", "Олеговна"),
    "vendor": ("Ромашка", "Norrland", "Kettlewell"),
    "currency": ("RUR",),
    "text": ("Спасибо, всё хорошо.", "Подскажите, когда привезут?", "Отличный товар."),
    "message": ("Проверьте данные.", "Готово.", "Попробуйте позже."),
    "inn": ("7704357909",),
    "kpp": ("770401001",),
    "postcode": ("119021",),
    "email": ("seller@example.com",),
    "startTime": ("09:00",),
    "endTime": ("18:00",),
    "fromTime": ("09:00",),
    "toTime": ("18:00",),
    "coords": ("37.588144, 55.733842",),
    "countryCode": ("RU",),
    "identifier": ("YLOG_ID",),
}
"""What strings say, by the name of their field."""


class Synthesis:
    """Makes answers.

    Args:
        seed: what everything follows from, beside the method and what was sent.
    """

    def __init__(self, seed: int) -> None:
        self._seed = seed

    def answer(self, call: Call) -> dict[str, Any] | None:
        """Make the answer of a method, out of its struct; None where it has none."""
        endpoint = call.endpoint
        if endpoint.response is None:
            return None
        maker = _Maker(Random(self._seal(call)), call, _echoes(call))
        payload: dict[str, Any] = {"status": "OK"}
        for field in fields_of(endpoint.response):
            if field.name not in ("status", "errors") and (field.required or not outdated(field.type)):
                payload[field.encode_name] = maker.value(field.type, field.encode_name, field.encode_name, 0)
        self._list(call, payload, maker)
        return payload

    def _seal(self, call: Call) -> str:
        sent = msgspec.json.encode(
            [sorted(call.ids.items()), sorted(map(str, call.query.items())), call.content.decode("utf-8", "replace")]
        )
        return blake2b(f"{self._seed} {call.endpoint.name} ".encode() + sent, digest_size=16).hexdigest()

    def _list(self, call: Call, payload: dict[str, Any], maker: "_Maker") -> None:
        """Let a list have an item for each id that was asked for, and tell that there is no page behind it."""
        endpoint = call.endpoint
        if endpoint.pages is None:
            return
        *path, last = endpoint.pages.items.split(".")
        holder = payload
        for name in path:
            holder = holder.setdefault(name, {})
        if "paging" in holder:
            holder["paging"] = {}
        if "paging" in payload:
            payload["paging"] = {}
        for ids in endpoint.ids:
            asked = call.sent(ids.name) or call.query.get(ids.name)
            if asked and ids.key and isinstance(asked, list):
                item = _item_of(endpoint)
                holder[last] = [maker.keyed(item, ids.key, each) for each in asked]
        if isinstance(holder.get(last), list) and call.limit:
            del holder[last][call.limit :]


def document(endpoint: Endpoint) -> Answer:
    """Make the file that a method answers with: a small one that opens, and says which method it is of."""
    kind = endpoint.files[-1]
    if kind == "application/pdf":
        return Answer(pdf([[endpoint.name]]), content_type=kind)
    if kind.startswith("image/"):
        return Answer(png(64, 64, (255, 204, 0)), content_type=kind)
    return Answer(xls(endpoint.name[:31], [[endpoint.name]]), content_type=kind)


def _item_of(endpoint: Endpoint) -> Any:
    kind: Any = endpoint.response
    for name in endpoint.pages.items.split(".") if endpoint.pages else ():
        kind = next(f.type for f in fields_of(bounds_of(without_none(kind))[0]) if f.encode_name == name)
    return get_args(bounds_of(without_none(kind))[0])[0]


def _echoes(call: Call) -> dict[str, Any]:
    """Gather what was sent, by the names of fields: an answer says the same."""
    found: dict[str, Any] = {}

    def gather(value: Any) -> None:
        if isinstance(value, dict):
            for name, inner in value.items():
                if isinstance(inner, (str, int, bool, Decimal)):
                    found.setdefault(name, inner)
                gather(inner)
        elif isinstance(value, list) and len(value) == 1:
            gather(value[0])

    gather(dict(call.ids))
    gather(call.query)
    gather(call.body)
    return found


class _Maker:
    """Makes the values of one answer."""

    def __init__(self, random: Random, call: Call, echoes: Mapping[str, Any]) -> None:
        self._random = random
        self._now = call.now
        self._echoes = echoes

    def keyed(self, kind: Any, path: str, key: Any) -> dict[str, Any]:
        """Make an item whose id is known."""
        item: dict[str, Any] = self.value(kind, "", "", 1)
        holder, inside = item, kind
        names = path.split(".")
        for depth, name in enumerate(names, 1):
            fields = {field.name: field for field in fields_of(bounds_of(without_none(inside))[0])}
            wire, inside = fields[name].encode_name, fields[name].type
            if depth == len(names):
                holder[wire] = key
            else:
                holder = holder.setdefault(wire, {})
        return item

    def value(self, kind: Any, name: str, place: str, depth: int) -> Any:
        """Make a value of a type."""
        bare, bounds = bounds_of(without_none(kind))
        if get_origin(bare) is list:
            count = max(bounds.min_length or 0, min(ITEMS, bounds.max_length or ITEMS))
            if depth >= DEEPEST:
                count = bounds.min_length or 0
            several = [
                self.value(get_args(bare)[0], name.removesuffix("s"), f"{place}[{i}]", depth + 1) for i in range(count)
            ]
            return _distinct(several) if bounds.unique else several
        if isinstance(bare, type) and issubclass(bare, msgspec.Struct):
            return self._struct(bare, place, depth)
        echoed = self._echoes.get(name)
        if echoed is not None and _fits(bare, echoed):
            return echoed
        return self._plain(bare, bounds, name)

    def _struct(self, kind: type[msgspec.Struct], place: str, depth: int) -> dict[str, Any]:
        made = {}
        for field in fields_of(kind):
            if not field.required and (outdated(field.type) or depth >= DEEPEST):
                continue
            made[field.encode_name] = self.value(
                field.type, field.encode_name, f"{place}.{field.encode_name}", depth + 1
            )
        return made

    def _plain(self, kind: Any, bounds: Bounds, name: str) -> Any:
        random = self._random
        if isinstance(kind, type) and issubclass(kind, OpenEnum):
            members = [member.value for member in kind if member.value != "UNKNOWN"]
            return "RUR" if "RUR" in members else random.choice(members)
        if kind is bool:
            return random.random() < 0.5
        if kind in (int, float, Decimal):
            return self._number(kind, bounds, name)
        if kind in (date, DottedDay):
            return self._day().strftime("%Y-%m-%d" if kind is date else "%d-%m-%Y")
        if kind in (datetime, MoscowMoment):
            moment = self._moment()
            return moment.isoformat() if kind is datetime else moment.strftime("%d-%m-%Y %H:%M:%S")
        return self._text(bounds, name)

    def _day(self) -> date:
        today = datetime.fromtimestamp(self._now, MOSCOW).date()
        return today - timedelta(days=self._random.randrange(20))

    def _moment(self) -> datetime:
        ago = timedelta(seconds=self._random.randrange(20 * 86_400))
        return (datetime.fromtimestamp(self._now, MOSCOW) - ago).replace(microsecond=0)

    def _number(self, kind: Any, bounds: Bounds, name: str) -> Any:
        least = bounds.ge if bounds.ge is not None and bounds.ge > -(2**31) else 0
        if bounds.gt is not None:
            least = bounds.gt + 1
        most = bounds.le if bounds.le is not None and bounds.le < 2**31 - 1 else least + 10_000
        if name.lower().endswith(("percent", "rating")):
            most = min(most, 100)
        whole = self._random.randint(int(max(least, min(1, most))), int(max(most, least)))
        return whole if kind is int else Decimal(whole)

    def _text(self, bounds: Bounds, name: str) -> str:
        random = self._random
        text = self._words(name)
        if bounds.pattern and bounds.pattern.startswith("^SCM_"):
            text = f"SCM_{random.randrange(10**9)}"
        elif bounds.pattern and bounds.pattern.startswith("^([0-1]"):
            text = "10:00"
        elif bounds.pattern == "^[A-Z]{2}$":
            text = "RU"
        text = text[: bounds.max_length] if bounds.max_length else text
        return text.ljust(bounds.min_length or 0, "0")

    def _words(self, name: str) -> str:  # noqa: PLR0911 — one for each kind of name
        random = self._random
        if name in _TEXTS:
            return random.choice(_TEXTS[name])
        lower = name.lower()
        if lower.endswith(("url", "link")) or lower in {"file", "picture", "pictures", "video"}:
            return f"https://example.com/{snake(name)}/{random.randrange(10**6)}"
        if lower.endswith("sku") or lower.startswith("offerid"):
            return f"SKU-{random.randrange(10**6):06}"
        if lower.endswith(("id", "ids")):
            return str(random.randrange(1, 10**9))
        if "time" in lower:
            return "10:00"
        if "phone" in lower:
            return f"+7900{random.randrange(10**7):07}"
        return f"{snake(name).replace('_', ' ')} {random.randrange(1_000)}".strip()


def _fits(kind: Any, value: Any) -> bool:
    """Tell whether something that was sent may stand in an answer in this type."""
    if isinstance(kind, type) and issubclass(kind, OpenEnum):
        return isinstance(value, str) and value in kind.__members__
    if kind is bool:
        return isinstance(value, bool)
    if kind is int:
        return isinstance(value, int) and not isinstance(value, bool)
    if kind in (float, Decimal):
        return isinstance(value, (int, Decimal)) and not isinstance(value, bool)
    return kind is str and isinstance(value, str)


def _distinct(values: list[Any]) -> list[Any]:
    kept = []
    for value in values:
        if value not in kept:
            kept.append(value)
    return kept
