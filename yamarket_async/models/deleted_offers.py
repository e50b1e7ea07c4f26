"""The structs of deleteCampaignOffers, and the report that is made of its answers."""

from collections.abc import Sequence
from typing import Self

from yamarket_async.models.answers import ApiResponse
from yamarket_async.models.base import Model


class DeleteCampaignOffers(Model, kw_only=True, frozen=True):
    """What stayed in the store (`DeleteCampaignOffersDTO`).

    Attributes:
        not_deleted_offer_ids: products that were not found or lie in a Market warehouse.
    """

    not_deleted_offer_ids: list[str] | None = None


class DeleteCampaignOffersResponse(ApiResponse, kw_only=True, frozen=True):
    """The answer of deleteCampaignOffers; without `result` when everything was deleted."""

    result: DeleteCampaignOffers | None = None


class DeletedOffers(Model, kw_only=True, frozen=True):
    """What became of the products of a batch, or of a whole call. Every list keeps the order of the input.

    Attributes:
        offer_ids: the products that the Market was asked to delete.
        deleted_offer_ids: those that it deleted.
        not_deleted_offer_ids: those that stayed: not found, or in a Market warehouse.
        unconfirmed_offer_ids: those that the Market named as not deleted in the answer to a repeated request, whose
            first answer was lost: the first request may have deleted them.
    """

    offer_ids: list[str]
    deleted_offer_ids: list[str]
    not_deleted_offer_ids: list[str]
    unconfirmed_offer_ids: list[str]

    @classmethod
    def of(cls, offer_ids: list[str], response: DeleteCampaignOffersResponse, *, repeated: bool) -> Self:
        """Make the result of a batch of what was asked and what was answered."""
        named = {sku.strip(" \t") for sku in (response.result and response.result.not_deleted_offer_ids) or ()}
        stayed = [sku for sku in offer_ids if sku in named]
        return cls(
            offer_ids=offer_ids,
            deleted_offer_ids=[sku for sku in offer_ids if sku not in named],
            not_deleted_offer_ids=[] if repeated else stayed,
            unconfirmed_offer_ids=stayed if repeated else [],
        )

    @classmethod
    def merged(cls, results: Sequence[Self]) -> Self:
        """Make one report of the results of all batches."""
        return cls(
            offer_ids=[sku for result in results for sku in result.offer_ids],
            deleted_offer_ids=[sku for result in results for sku in result.deleted_offer_ids],
            not_deleted_offer_ids=[sku for result in results for sku in result.not_deleted_offer_ids],
            unconfirmed_offer_ids=[sku for result in results for sku in result.unconfirmed_offer_ids],
        )
