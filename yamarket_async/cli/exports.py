"""What can be exported, as data. The next listing method is an entry here."""

import warnings
from collections.abc import AsyncGenerator, Callable, Iterable, Mapping, Sequence
from contextlib import aclosing
from copy import copy
from dataclasses import dataclass
from typing import Any, NamedTuple

import click

from yamarket_async import endpoints
from yamarket_async.cli.parts import Position
from yamarket_async.client import MarketClient
from yamarket_async.endpoints import PagedEndpoint
from yamarket_async.models.base import Model
from yamarket_async.models.campaign_offers import CampaignOffer, OfferCampaignStatusType
from yamarket_async.models.hidden_offers import HiddenOffer
from yamarket_async.models.offers import Offer
from yamarket_async.models.promo_offers import (
    PromoOffer,
    PromoOfferParticipationStatusFilterType,
    PromoOfferParticipationStatusMultiFilterType,
)
from yamarket_async.paging import Pager

Call = Callable[..., Pager[Any]]


class Portion(NamedTuple):
    """What a walk brings at once.

    Attributes:
        items: what is in it.
        position: where to go on behind it; None where it is known to be the last.
        total: how many items there are in all, where that is told.
    """

    items: Sequence[Model]
    position: Position | None
    total: int | None = None


Walk = Callable[[Call, Position], AsyncGenerator[Portion, None]]


async def by_token(call: Call, start: Position) -> AsyncGenerator[Portion, None]:
    """Walk a method that is paged by token."""
    async with aclosing(call(**start).pages()) as pages:
        async for page in pages:
            token = page.next_page_token
            yield Portion(page.items, None if token is None else {"page_token": token})


async def by_number(call: Call, start: Position) -> AsyncGenerator[Portion, None]:
    """Walk a method that is paged by number."""
    number = start.get("page", 1)
    async with aclosing(call(**start).pages()) as pages:
        async for page in pages:
            number += 1
            yield Portion(page.items, {"page": number}, page.pager.total if page.pager else None)


def by_offer_ids(skus: Sequence[str], size: int) -> Walk:
    """Make a walk over a list of SKUs, asked for in batches; a position is how many of them are done.

    Args:
        skus: the products.
        size: how many of them to ask for at once.
    """

    async def walk(call: Call, start: Position) -> AsyncGenerator[Portion, None]:
        for first in range(start.get("done", 0), len(skus), size):
            batch = skus[first : first + size]
            done = first + len(batch)
            yield Portion(await call(offer_ids=batch), {"done": done} if done < len(skus) else None)

    return walk


@dataclass(frozen=True, kw_only=True)
class Export:
    """A list that can be exported.

    Attributes:
        name: what the command calls it.
        summary: what it is.
        endpoint: the method of the Market.
        method: the method of the client.
        item: what it lists.
        owner: the options that say whose list it is, named as the arguments of the method.
        filters: the options that narrow it, named alike.
        takes_offer_ids: whether products can be asked for by SKU.
        walk: how its pages are walked.
        example: arguments that show how to use it.
    """

    name: str
    summary: str
    endpoint: PagedEndpoint[Any, Any]
    method: Callable[..., Pager[Any]]
    item: type[Model]
    owner: tuple[click.Option, ...]
    filters: tuple[click.Option, ...] = ()
    takes_offer_ids: bool = False
    walk: Walk = by_token
    example: str

    def pager(self, market: MarketClient, arguments: Mapping[str, Any]) -> Pager[Any]:
        """Call the method; raises at once where an argument is out of bounds."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # the command's help says it, which is what users see
            return self.method(market, **arguments)


def _option(name: str, *, help: str, **settings: Any) -> click.Option:  # noqa: A002
    return click.Option([name], help=help, **settings)


def _choice(name: str, values: Iterable[str], *, help: str, **settings: Any) -> click.Option:  # noqa: A002
    known = [str(value) for value in values]
    help = f"{help} One of {', '.join(known)}."  # noqa: A001
    return _option(name, help=help, type=click.Choice(known), metavar=name.strip("-").upper(), **settings)


def _id_option(name: str, what: str, **settings: Any) -> click.Option:
    variable = f"YAMARKET_{name.upper().replace('-', '_')}"
    return _option(f"--{name}", help=what, required=True, envvar=variable, show_envvar=True, **settings)


def optional(option: click.Option) -> click.Option:
    """Make an option that may be left out of one that may not."""
    option = copy(option)
    option.required = False
    return option


CAMPAIGN = _id_option("campaign-id", "The store, as `yamarket campaigns` lists it.", type=click.IntRange(1))
BUSINESS = _id_option("business-id", "The cabinet, as `yamarket campaigns` lists it.", type=click.IntRange(1))
PROMO = _id_option("promo-id", "The promotion.")

EXPORTS = (
    Export(
        name="campaign-offers",
        summary="Export the products that are placed in a store, with their prices and status in it.",
        endpoint=endpoints.GET_CAMPAIGN_OFFERS,
        method=MarketClient.get_campaign_offers,
        item=CampaignOffer,
        owner=(CAMPAIGN,),
        filters=(
            _choice(
                "--statuses", OfferCampaignStatusType, help="Only products of this status; repeatable.", multiple=True
            ),
            _option(
                "--category-ids",
                help="Only products of this category of the Market; repeatable.",
                type=int,
                multiple=True,
            ),
            _option("--vendor-names", help="Only products of this brand; repeatable.", multiple=True),
            _option("--tags", help="Only products with this tag; repeatable.", multiple=True),
        ),
        takes_offer_ids=True,
        example="--campaign-id 21000000 --statuses PUBLISHED --statuses NO_STOCKS --output offers.parquet",
    ),
    Export(
        name="hidden-offers",
        summary="Export the products that are hidden in a store.",
        endpoint=endpoints.GET_HIDDEN_OFFERS,
        method=MarketClient.get_hidden_offers,
        item=HiddenOffer,
        owner=(CAMPAIGN,),
        takes_offer_ids=True,
        example="--campaign-id 21000000 --output hidden.csv",
    ),
    Export(
        name="promo-offers",
        summary="Export the products that take part in a promotion or could.",
        endpoint=endpoints.GET_PROMO_OFFERS,
        method=MarketClient.get_promo_offers,
        item=PromoOffer,
        owner=(BUSINESS, PROMO),
        filters=(
            _choice(
                "--statuses",
                PromoOfferParticipationStatusMultiFilterType,
                help="Only products that take part in this way; repeatable.",
                multiple=True,
            ),
            _choice(
                "--status-type",
                PromoOfferParticipationStatusFilterType,
                help="The older filter; what is NOT_MANUALLY_ADDED takes no part or was added automatically.",
            ),
        ),
        example="--business-id 700000 --promo-id cf_100000 --statuses MANUALLY_ADDED --output promo.csv",
    ),
    Export(
        name="offers",
        summary="Search the offers of a store. Deprecated by the Market; campaign-offers is what follows it.",
        endpoint=endpoints.GET_OFFERS,
        method=MarketClient.get_offers,
        item=Offer,
        owner=(CAMPAIGN,),
        filters=(
            _option("--query", help="A search in the Market's query language."),
            _option("--feed-id", help="Only offers of this price list.", type=int),
            _option("--shop-category-id", help="Only offers of this category by the price list."),
            _choice("--currency", ("BYN", "KZT", "RUR", "UAH"), help="Only offers with a price in this currency."),
            _option(
                "--matched/--no-matched",
                help="Only offers that are matched with a model of the Market, or only the others.",
                default=None,
            ),
        ),
        walk=by_number,
        example="--campaign-id 21000000 --query чайник --output offers.jsonl",
    ),
)
