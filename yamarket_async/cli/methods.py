"""`yamarket methods`: the operations of the API, and all that is known of one of them."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any

import click
import msgspec

from yamarket_async.arguments import Slot, signature_of
from yamarket_async.checking import bounds_of, must_be
from yamarket_async.cli import tables
from yamarket_async.cli.descriptions import description_of, families_of_methods
from yamarket_async.cli.lookup import kebab, method_of
from yamarket_async.cli.options import for_people, option_name
from yamarket_async.cli.running import FAILED, say
from yamarket_async.cli.values import in_words
from yamarket_async.cli.wording import wrapped
from yamarket_async.endpoints import REFERENCE, Endpoint
from yamarket_async.families import endpoints
from yamarket_async.models.bounds import Bounds
from yamarket_async.walk import MAX_PAGE_NUMBER

COLUMNS = ("method", "family", "access", "limit", "scopes")


@click.command()
@click.argument("words", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="Print JSON, a line for each operation.")
def methods(*, words: Sequence[str], as_json: bool) -> int | None:
    """Find operations of the API, and read what they take and give.

    Without WORDS all of them are listed; with WORDS those whose name, family, scopes or description hold each of these;
    with the name of one, as getCampaigns, get_campaigns or get-campaigns, all that is known of it.

    Access is read, write, or irreversible: what can't be undone. A limit is that of a seller with a subscription, and
    in brackets that of one without.

    \b
    Examples:
      yamarket methods
      yamarket methods prices write
      yamarket methods updateBusinessPrices
    """
    found = _find(words)
    if not found:
        say(f"no operation is about {' '.join(words)}; `yamarket methods` lists all", color="red")
        return FAILED
    if as_json:
        for endpoint in found:
            click.echo(msgspec.json.encode(facts(endpoint)))
    elif len(found) == 1:
        for line in told(found[0]):
            click.echo(line)
    else:
        rows = [(each.name, family(each), each.access, limit(each), ", ".join(each.scopes)) for each in found]
        tables.show(COLUMNS, rows, title=f"{len(rows)} operations")
    return None


def _find(words: Sequence[str]) -> list[Endpoint]:
    """Find the operations that words lead to: one, if it is called so."""
    known: list[Endpoint] = list(endpoints().values())
    if len(words) == 1:
        wanted = words[0].replace("-", "_")
        exact = [each for each in known if wanted in {each.name, method_of(each)}]
        if exact:
            return exact
    return [each for each in known if all(word.lower() in _searched(each) for word in words)]


def _searched(endpoint: Endpoint) -> str:
    """Give all in which words are looked for."""
    summary = description_of(family(endpoint), method_of(endpoint)).summary
    parts = (endpoint.name, kebab(endpoint.name), family(endpoint), endpoint.access, summary, *endpoint.scopes)
    return " ".join(parts).lower()


def family(endpoint: Endpoint) -> str:
    """Name the family of an operation."""
    return families_of_methods()[method_of(endpoint)]


def limit(endpoint: Endpoint) -> str:
    """Say what the documented limit of an operation is."""
    quota = endpoint.quota
    if quota is None:
        return ""
    with_ = _rate(quota.medium, quota.unit, quota.period)
    without = _rate(quota.none, quota.unit, quota.period_none or quota.period)
    parallel = f", {quota.parallel} at once" if quota.parallel else ""
    return with_ + (f" (without a subscription {without})" if without != with_ else "") + parallel


def _rate(amount: int, unit: str, period: int) -> str:
    per = {60: "a minute", 3600: "an hour", 86_400: "a day"}.get(period, f"in {period:,} s")
    what = "request" if unit == "requests" else "item"
    return f"{amount:,} {what}{'' if amount == 1 else 's'} {per}"


def facts(endpoint: Endpoint) -> Mapping[str, Any]:
    """Give all that is known of an operation, for programs."""
    docs = description_of(family(endpoint), method_of(endpoint))
    return {
        "name": endpoint.name,
        "family": family(endpoint),
        "method": method_of(endpoint),
        "summary": docs.summary,
        "access": endpoint.access,
        "repeat": endpoint.repeat,
        "limit": limit(endpoint),
        "scopes": endpoint.scopes,
        "models": endpoint.models,
        "http": f"{endpoint.http_method} {endpoint.path}",
        "arguments": [_argument(endpoint, slot, docs.arguments) for slot in _slots(endpoint)],
        "answer": docs.returns,
        "errors": docs.errors,
        "paged": bool(endpoint.pages),
        "deprecated": bool(endpoint.deprecated),
        "page": REFERENCE + endpoint.reference,
    }


def _argument(endpoint: Endpoint, slot: Slot, told_: Mapping[str, str]) -> Mapping[str, Any]:
    signature = signature_of(endpoint)
    where = "path" if slot in signature.path else "body" if slot in signature.body else "query"
    return {
        "name": slot.name,
        "option": option_name(slot.argument),
        "where": where,
        "required": slot.required,
        "rule": _rule(endpoint, slot),
        "description": told_.get(slot.argument, ""),
    }


def _slots(endpoint: Endpoint) -> list[Slot]:
    """Give what a call takes: the arguments of the operation, and which page a list begins with, and of what size."""
    slots, pages = [*signature_of(endpoint).slots], endpoint.pages
    if pages is not None and pages.by != "once":
        is_by_token = pages.by == "token"
        size = Annotated[int, Bounds(ge=1, le=pages.size)]
        slots.append(Slot("page_size", "limit" if is_by_token else "pageSize", size, False))
        if is_by_token:
            slots.append(Slot("page_token", "page_token", str, False))
        else:
            slots.append(Slot("page", "page", Annotated[int, Bounds(ge=1, le=MAX_PAGE_NUMBER)], False))
    return slots


def _rule(endpoint: Endpoint, slot: Slot) -> str:
    """Say what an argument must be. A list that is cut into requests may be of any length, unlike that of a request."""
    cut = {each.name: each.at_once for each in endpoint.ids}
    if endpoint.things is not None:
        cut[endpoint.things.name] = endpoint.things.at_once
    if slot.name not in cut:
        return in_words(must_be(slot.kind))
    length = f"{least} or more" if (least := bounds_of(slot.kind)[1].min_length) else "any number of"
    return f"must be a list of {length} items; up to {cut[slot.name]:,} go into a request"


def told(endpoint: Endpoint) -> Iterator[str]:
    """Give all that is known of an operation, for people, line by line."""
    docs = description_of(family(endpoint), method_of(endpoint))
    yield from wrapped(f"{endpoint.name} — {docs.summary}")
    yield ""
    for paragraph in filter(None, docs.text.split("\n\n")):
        yield from wrapped(for_people(paragraph))
        yield ""
    yield from _summary(endpoint)
    slots = _slots(endpoint)
    if slots:
        yield "\nArguments:"
    for slot in slots:
        yield f"  {option_name(slot.argument)}{'  (required)' if slot.required else ''}"
        yield from wrapped(for_people(docs.arguments.get(slot.argument, "")), "      ")
        rule = _rule(endpoint, slot).removeprefix("must be ")
        yield from wrapped(f"{rule[:1].upper()}{rule[1:]}.", "      ")
    yield "\nAnswer:"
    yield from wrapped(_answer(endpoint, docs.returns), "  ")
    yield "\nErrors:"
    for name, when in docs.errors.items():
        if name != "MarketError":
            yield from wrapped(f"{name}: {when}", "  ")
    yield from wrapped(f"HTTP statuses that its page names: {', '.join(map(str, endpoint.refusals))}.", "  ")
    yield f"\nCall it:  yamarket call {kebab(endpoint.name)} --help"


def _answer(endpoint: Endpoint, returns: str) -> str:
    """Say what comes back."""
    if endpoint.files:
        return f"A file: {', '.join(endpoint.files)}."
    return for_people(returns) or "Nothing but that it was done."


def _summary(endpoint: Endpoint) -> Iterator[str]:
    what = {"irreversible": "irreversible: it can't be undone"}.get(endpoint.access, endpoint.access)
    rows = {
        "Family": family(endpoint),
        "Access": what,
        "Limit": limit(endpoint) or "no figure is published",
        "Scopes, one of": ", ".join(endpoint.scopes),
        "Placement models": ", ".join(endpoint.models),
        "Request": f"{endpoint.http_method} {endpoint.path}",
        "Page": REFERENCE + endpoint.reference,
    }
    if endpoint.deprecated:
        ends = f", ends on {endpoint.deprecated.ends}" if endpoint.deprecated.ends else ""
        successor = f"; use {endpoint.deprecated.successor}" if endpoint.deprecated.successor else ""
        rows["Deprecated"] = f"yes{ends}{successor}"
    for name, text in rows.items():
        yield from wrapped(f"{name}: {text}", hanging="    ")
