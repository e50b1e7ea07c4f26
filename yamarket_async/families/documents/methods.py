"""The methods of documents: certificates and declarations of products."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yamarket_async.calling import Methods
from yamarket_async.families import Family

if TYPE_CHECKING:
    from collections.abc import AsyncIterable, Iterable, Mapping
    from typing import Any, Literal

    from yamarket_async.bulk import Batches, BulkReport
    from yamarket_async.families.documents.models import (
        BusinessDocument,
        DocumentStatusType,
        DocumentType,
        DocumentWrite,
        UpdateDocument,
    )
    from yamarket_async.paging import Pager

api = Family("documents")


class DocumentsMethods(Methods):
    """The methods of documents: certificates and declarations of products."""

    def create_documents(
        self,
        business_id: int,
        documents: Iterable[DocumentWrite | Mapping[str, Any]] | AsyncIterable[DocumentWrite | Mapping[str, Any]],
        *,
        isolate: bool = True,
        on_invalid: Literal["raise", "skip"] = "raise",
    ) -> Batches[BulkReport]:
        """Create documents of products in a cabinet: certificates, declarations of conformity and the like.

        Then tie them to products by putting their numbers into the `certificates` of `update_offer_mappings`. The
        Market checks what it is given: the `status` in `get_documents` tells whether a document is in force.

        Each document is taken or refused by itself: those that failed stand in the report as rejected with a
        `DocumentErrorCodeType`, the others were created. The ids that they got stand in `get_documents`, and when
        batches are iterated in `result.documents` of their `answers`. A repeat creates nothing twice: a number that
        exists is refused with DOCUMENT_ALREADY_EXISTS, and the existing document is not returned; find its id with
        `get_documents`.

        Placement models: DBS, FBY, FBS, EXPRESS, LAAS. Not for sellers of Market Yandex Go.

        Args:
            business_id: the cabinet, 1 or more: the id of the business in `get_campaigns`.
            documents: the documents, any number; up to 100 go into a request, each number once. A request in which one
                stands twice is refused whole.
            isolate: whether one bad thing is found and left out, so that the others are done: what the Market refuses
                is sent again without it. False stops at the first refusal with a `BatchError`.
            on_invalid: "raise" ends the call at the first thing that breaks a rule; "skip" reports it as rejected and
                goes on.

        Returns:
            `Batches` of `BulkReport`: iterate it for the report of each batch, await it for one of all.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            BadRequest: something is malformed, or a number stood twice in a request; nothing of it was created.
            MarketError: see `yamarket_async.errors`.

        Limit: 10 requests a minute for a business with a subscription, 5 requests a minute without. Scopes, one of:
        all-methods, offers-and-cards-management.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/documents/createDocuments
        """
        return self._batches(
            api.CREATE_DOCUMENTS, business_id=business_id, documents=documents, isolate=isolate, on_invalid=on_invalid
        )

    def update_documents(
        self,
        business_id: int,
        documents: Iterable[UpdateDocument | Mapping[str, Any]] | AsyncIterable[UpdateDocument | Mapping[str, Any]],
        *,
        isolate: bool = True,
        on_invalid: Literal["raise", "skip"] = "raise",
    ) -> Batches[BulkReport]:
        """Replace the number, the type and the dates of documents.

        All of a document is replaced: a date that isn't sent is erased. Read the documents with `get_documents` first.
        Each is changed or refused by itself: those that failed stand in the report as rejected with a
        `DocumentErrorCodeType` (DOCUMENT_NOT_FOUND, DOCUMENT_UPDATE_NOT_ALLOWED, DOCUMENT_CONCURRENT_MODIFICATION …),
        the others were changed. A repeat changes nothing.

        Placement models: DBS, FBY, FBS, EXPRESS, LAAS. Not for sellers of Market Yandex Go.

        Args:
            business_id: the cabinet, 1 or more: the id of the business in `get_campaigns`.
            documents: the documents whole, any number; up to 100 go into a request, each id once. A request in which
                one stands twice is refused whole.
            isolate: whether one bad thing is found and left out, so that the others are done: what the Market refuses
                is sent again without it. False stops at the first refusal with a `BatchError`.
            on_invalid: "raise" ends the call at the first thing that breaks a rule; "skip" reports it as rejected and
                goes on.

        Returns:
            `Batches` of `BulkReport`: iterate it for the report of each batch, await it for one of all.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            BadRequest: something is malformed, or an id stood twice in a request; nothing of it was changed.
            MarketError: see `yamarket_async.errors`.

        Limit: 10 requests a minute for a business with a subscription, 5 requests a minute without. Scopes, one of:
        all-methods, offers-and-cards-management.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/documents/updateDocuments
        """
        return self._batches(
            api.UPDATE_DOCUMENTS, business_id=business_id, documents=documents, isolate=isolate, on_invalid=on_invalid
        )

    def delete_documents(
        self,
        business_id: int,
        document_ids: Iterable[int] | AsyncIterable[int],
        *,
        isolate: bool = True,
        on_invalid: Literal["raise", "skip"] = "raise",
    ) -> Batches[BulkReport]:
        """Delete documents of products by their ids.

        Documents that don't exist are no error and don't keep the others from being deleted, so a repeat is answered
        like the first call. The ids are told by `get_documents`.

        Placement models: DBS, FBY, FBS, EXPRESS, LAAS. Not for sellers of Market Yandex Go.

        Args:
            business_id: the cabinet, 1 or more: the id of the business in `get_campaigns`.
            document_ids: the ids, each 1 or more, any number; up to 100 go into a request. Repeats are dropped.
            isolate: whether one bad thing is found and left out, so that the others are done: what the Market refuses
                is sent again without it. False stops at the first refusal with a `BatchError`.
            on_invalid: "raise" ends the call at the first thing that breaks a rule; "skip" reports it as rejected and
                goes on.

        Returns:
            `Batches` of `BulkReport`: iterate it for the report of each batch, await it for one of all.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            BadRequest: something is malformed; nothing of the request was deleted.
            MarketError: see `yamarket_async.errors`.

        Limit: 10 requests a minute for a business with a subscription, 5 requests a minute without. Scopes, one of:
        all-methods, offers-and-cards-management.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/documents/deleteDocuments
        """
        return self._batches(
            api.DELETE_DOCUMENTS,
            business_id=business_id,
            document_ids=document_ids,
            isolate=isolate,
            on_invalid=on_invalid,
        )

    def get_documents(
        self,
        business_id: int,
        *,
        document_ids: Iterable[int] | None = None,
        document_numbers: Iterable[str] | None = None,
        document_types: Iterable[str | DocumentType] | None = None,
        document_statuses: Iterable[str | DocumentStatusType] | None = None,
        page_size: int = 100,
        page_token: str | None = None,
    ) -> Pager[BusinessDocument]:
        """List the documents of products in a cabinet.

        Filters narrow each other down. What one is for is told by its `type`, whether it is in force by its `status`;
        which products it belongs to by the `certificates` of `get_offer_mappings`.

        Placement models: DBS, FBY, FBS, EXPRESS, LAAS. Not for sellers of Market Yandex Go.

        Args:
            business_id: the cabinet, 1 or more: the id of the business in `get_campaigns`.
            document_ids: only documents with these ids, each 1 or more, any number; they are asked for in batches of
                100. Together with `document_numbers` up to 100 of each. Not together with a page token.
            document_numbers: only documents with these numbers, of 1 to 100 characters without spaces at the ends, any
                number; they are asked for in batches of 100. Together with `document_ids` up to 100 of each. Not
                together with a page token.
            document_types: only documents of these `DocumentType`s; None or an empty list for all.
            document_statuses: only documents with these `DocumentStatusType`s; None or an empty list for all.
            page_size: items a page, 1 to 100.
            page_token: where to go on: the `next_page_token` of a page, with the same filters.

        Returns:
            A `Pager` of `BusinessDocument`.

        Raises:
            InvalidRequest: an argument is out of bounds; nothing was sent.
            MarketError: see `yamarket_async.errors`.

        Limit: 30 requests a minute for a business with a subscription, 15 requests a minute without. Scopes, one of:
        all-methods, all-methods:read-only, offers-and-cards-management, offers-and-cards-management:read-only.

        Source: https://yandex.ru/dev/market/partner-api/doc/ru/reference/documents/getDocuments
        """
        return self._pager(
            api.GET_DOCUMENTS,
            business_id=business_id,
            document_ids=document_ids,
            document_numbers=document_numbers,
            document_types=document_types,
            document_statuses=document_statuses,
            page_size=page_size,
            page_token=page_token,
        )
