"""Every operation of the official description, called by schemathesis: the sandbox answers what the description allows.

    python .ci/described.py ../shared/api/openapi.json [--cases 3] [--seed 17] [--only getOrders]

Half of the requests are right by the description and half are wrong; in most of both, ids and days that the sandbox
knows take the place of made up ones, so that a request gets behind the first check. Exits with 1 where an answer is a
5xx, has a status that neither the method's page nor the page of errors names, or a body or a content type that the
description doesn't allow.
"""

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from schemathesis import Case, GenerationMode, Response
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi.checks import content_type_conformance, response_schema_conformance

from yamarket_async.families import endpoints
from yamarket_async.sandbox import Sandbox
from yamarket_async.sandbox.moments import day
from yamarket_async.sandbox.parts.shipments import Shipments
from yamarket_async.sandbox.world import Store

COMMON = frozenset({400, 401, 403, 404, 405, 414, 415, 420, 423})
"""The statuses that any method may answer by the page of errors; those from 500 on come of a fault only."""

KNOWN = 0.9
"""How probable it is that a field holds what the sandbox knows."""

LIMIT = 10**9
"""Of each method, so that no request is refused for the number of those before it."""


def world() -> Sandbox:
    """Make a sandbox in which there is something of everything."""
    limits = dict.fromkeys(endpoints(), LIMIT)
    return Sandbox(
        offers=60, campaigns=["FBS", "FBY", "DBS", "EXPRESS", "LAAS"], seed=17, limits=limits, strict=False, record=0
    )


def known(sandbox: Sandbox) -> dict[str, list[Any]]:
    """Gather what the sandbox knows, by the names of fields and parameters."""
    offers = sandbox.offer_ids()[:10]
    today = day(sandbox.now())
    chats = [sandbox.chats.start("Алло", order_id=4711 + number) for number in range(3)]
    feedback = [sandbox.feedback.leave(offer) for offer in offers[:3]]
    comments = [sandbox.feedback.comment(each, "?") for each in feedback]
    questions = [sandbox.questions.ask(offer) for offer in offers[:3]]
    sandbox.ratings.blame(4711, "FBS_LATE_SHIP_RATE")
    values: dict[str, list[Any]] = {
        "businessId": [sandbox.business_id],
        "offerId": offers,
        "shopSku": offers,
        "sku": offers,
        "promoId": [sandbox.promo_id],
        "chatId": chats,
        "feedbackId": feedback,
        "commentId": comments,
        "questionId": questions,
        "requestId": sandbox.supplies.ids(sandbox.campaign_ids[1]),
        "outletId": sandbox.outlets.ids(sandbox.campaign_ids[2]),
        "regionId": [213, 2, 1],
        "categoryId": [90_401, 91_491],
        "year": [today.year],
        "month": [today.month],
    }
    for name in ("dateFrom", "fromDate", "creationDateFrom"):
        values[name] = [(today - timedelta(days=days)).isoformat() for days in (1, 20)]
    for name in ("dateTo", "toDate", "creationDateTo"):
        values[name] = [today.isoformat()]
    return values


def of_store(sandbox: Sandbox, store: Store) -> dict[str, list[Any]]:
    """Gather what a store has, by the names of fields and parameters."""
    if store.model != "LAAS":
        for _ in range(3):
            sandbox.orders.place(campaign_id=store.id)
    orders = list(sandbox.orders.all(store.id))
    returns = list(sandbox.returns.all(store.id))
    return {
        "campaignId": [store.id],
        "orderId": [order.id for order in orders],
        "itemId": [item.id for order in orders for item in order.lines],
        "returnId": [each.id for each in returns],
        "shipmentId": [each.id for each in sandbox.world.part(Shipments).all(store.id)],
    }


def as_documented(description: Path) -> dict[str, Any]:
    """Read the description; where the pages tell another form than its `format`, hold answers against the pages.

    Hours have no offset (`HH:MM`), and so has the moment of a status in getOrdersStats, which is Moscow's. A class of
    characters inside a class is Java's, and other validators take it for something else.
    """
    document: dict[str, Any] = json.loads(description.read_text(encoding="utf-8"))
    for schema_name, schema in document["components"]["schemas"].items():
        for name, field in schema.get("properties", {}).items():
            if "pattern" in field:
                field["pattern"] = field["pattern"].replace("[[a-zA-Z0-9]- ]", "[a-zA-Z0-9 -]")
            if field.get("format") == "time":
                field["pattern"] = r"^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$"
                del field["format"]
            elif (schema_name, name) == ("OrdersStatsOrderDTO", "statusUpdateDate"):
                field["pattern"] = r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$"
                del field["format"]
    return document


def placed(sent: Any, values: dict[str, list[Any]], random: Random) -> Any:
    """Put what is known in the place of what is made up, where the name of a field says what it is."""
    if isinstance(sent, list):
        return [placed(each, values, random) for each in sent]
    if not isinstance(sent, dict):
        return sent
    result = {}
    for name, value in sent.items():
        several = isinstance(value, list)
        choice = values.get(str(name).removesuffix("s") if several else name)
        if choice and not isinstance(value, dict) and random.random() < KNOWN:
            chosen = random.choice(choice)
            result[name] = [chosen] if several else chosen
        else:
            result[name] = placed(value, values, random)
    return result


class Run:
    """One run over the description."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox
        self.session = requests.Session()
        self.values = known(sandbox)
        self.stores = list(sandbox.world.stores.values())
        self.of_stores = {store.id: of_store(sandbox, store) for store in self.stores}
        self.statuses: Counter[int] = Counter()
        self.answered: set[str] = set()
        self.failures: dict[tuple[str, str], str] = {}
        self.began = sandbox.snapshot()

    @property
    def key(self) -> dict[str, str]:
        """The headers of a request that may do everything."""
        return {"Api-Key": self.sandbox.api_key}

    def ask(self, case: Case, random: Random) -> None:
        """Send a request; hold the answer against the description."""
        name = case.operation.definition.raw["operationId"]
        stores = [store for store in self.stores if store.model in endpoints()[name].models] or self.stores
        values = self.values | self.of_stores[random.choice(stores).id]
        # A return is of one order, so both are chosen together.
        pair = random.choice(self._returns(values) or [{}])
        values |= pair if "returnId" in case.path_parameters else {}
        for place in ("path_parameters", "query", "body"):
            sent = getattr(case, place)
            if isinstance(sent, (dict, list)):
                setattr(case, place, placed(sent, values, random))
        response = case.call(base_url=self.sandbox.url, session=self.session, headers=self.key)
        self.statuses[response.status_code] += 1
        if response.status_code == 200:
            self.answered.add(name)
        for failure in self._failures(case, response):
            seen = f"{failure}\n{case.as_curl_command()}\n{response.text[:600]}"
            self.failures.setdefault((name, failure.split("\n", maxsplit=1)[0]), seen)

    def _returns(self, values: dict[str, list[Any]]) -> list[dict[str, list[Any]]]:
        returns = self.sandbox.returns.all(values["campaignId"][0])
        return [{"orderId": [each.order_id], "returnId": [each.id]} for each in returns]

    def _failures(self, case: Case, response: Response) -> Iterator[str]:
        status, documented = response.status_code, case.operation.definition.raw["responses"]
        if status >= 500:
            yield f"answers {status}"
            return
        if str(status) not in documented:
            if status not in COMMON:
                yield f"answers {status}, which no page names"
            body = response.json()
            if body.get("status") != "ERROR" or not all(error.get("code") for error in body["errors"]):
                yield f"answers {status} without an error"
            return
        try:
            case.validate_response(response, checks=[content_type_conformance, response_schema_conformance])
        except FailureGroup as group:
            for failure in group.exceptions:
                yield f"{status}: {failure.title}: {failure.message}"


def main() -> int:
    """Ask everything; print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("description", type=Path)
    parser.add_argument("--cases", type=int, default=3, help="requests of each kind for an operation")
    parser.add_argument("--seed", type=int, default=17)
    parser.add_argument("--only", nargs="*", help="the operations to ask; all without it")
    wanted = parser.parse_args()
    began = time.monotonic()
    schema = schemathesis.openapi.from_dict(as_documented(wanted.description))
    with world() as sandbox:
        run, asked = Run(sandbox), 0
        for result in schema.get_all_operations():
            operation = result.ok()
            if wanted.only and operation.definition.raw["operationId"] not in wanted.only:
                continue
            asked += 1
            modes = [GenerationMode.POSITIVE]
            if any((operation.path_parameters, operation.query, operation.body)):
                modes.append(GenerationMode.NEGATIVE)  # there is something that can be wrong
            run.sandbox.restore(run.began)  # what one operation deletes, the next one may need
            for mode in modes:

                @seed(wanted.seed)
                @settings(
                    max_examples=wanted.cases,
                    database=None,
                    deadline=None,
                    phases=[Phase.generate],
                    suppress_health_check=list(HealthCheck),
                )
                @given(case=operation.as_strategy(generation_mode=mode), random=st.randoms(use_true_random=False))
                def ask(case: Case, random: Random) -> None:
                    run.ask(case, random)

                ask()
        for (name, _), failure in run.failures.items():
            print(f"{name}: {failure}\n")
    print(
        f"{asked} operations, {run.statuses.total()} requests in {time.monotonic() - began:.0f} s:",
        dict(sorted(run.statuses.items())),
    )
    print(f"{len(run.answered)} of them answered 200 at least once; {len(run.failures)} failures")
    return 1 if run.failures or not asked else 0


if __name__ == "__main__":
    sys.exit(main())
