"""The operations of documents, an entry for each."""

from collections.abc import Iterable
from typing import Any

from yamarket_async.endpoints import Endpoint, Ids, Judgement, Pages, Quota, Things
from yamarket_async.families.documents import rules
from yamarket_async.families.documents.models import (
    CreateDocumentsRequest,
    CreateDocumentsResponse,
    DeleteDocumentsRequest,
    DocumentsRequest,
    DocumentsResponse,
    UpdateDocumentsRequest,
    UpdateDocumentsResponse,
)
from yamarket_async.families.scopes import OFFERS, OFFERS_READ
from yamarket_async.models.answers import ApiResponse


def created(answer: Any) -> Iterable[Judgement]:
    """Read which documents were not created; the others were."""
    for error in answer.result.errors or ():
        yield Judgement(error.number, error.code, error.message)


def updated_documents(answer: Any) -> Iterable[Judgement]:
    """Read which documents were not changed; the others were."""
    for error in (answer.result and answer.result.errors) or ():
        yield Judgement(error.id, error.code, error.message)


CREATE_DOCUMENTS = Endpoint(
    name="createDocuments",
    http_method="POST",
    path="/v1/businesses/{businessId}/offers/documents/create",
    body=CreateDocumentsRequest,
    response=CreateDocumentsResponse,
    things=Things("documents", 100, key=("number",), judge=created, rules=(rules.period,)),
    quota=Quota(5, 10, period=60),
    scopes=OFFERS,
    models=("FBY", "FBS", "DBS", "EXPRESS", "LAAS"),
    yandex_go=False,
    refusals=(400, 401, 403, 420, 500),
    access="write",
    repeat="detected",
    reference="documents/createDocuments",
)

UPDATE_DOCUMENTS = Endpoint(
    name="updateDocuments",
    http_method="POST",
    path="/v1/businesses/{businessId}/offers/documents/update",
    body=UpdateDocumentsRequest,
    response=UpdateDocumentsResponse,
    things=Things("documents", 100, key=("id",), judge=updated_documents, rules=(rules.period,)),
    quota=Quota(5, 10, period=60),
    scopes=OFFERS,
    models=("FBY", "FBS", "DBS", "EXPRESS", "LAAS"),
    yandex_go=False,
    refusals=(400, 401, 403, 420, 500),
    access="write",
    reference="documents/updateDocuments",
)

DELETE_DOCUMENTS = Endpoint(
    name="deleteDocuments",
    http_method="POST",
    path="/v1/businesses/{businessId}/offers/documents/delete",
    body=DeleteDocumentsRequest,
    response=ApiResponse,
    things=Things("documentIds", 100),
    quota=Quota(5, 10, period=60),
    scopes=OFFERS,
    models=("FBY", "FBS", "DBS", "EXPRESS", "LAAS"),
    yandex_go=False,
    refusals=(400, 401, 403, 420, 500),
    access="irreversible",
    reference="documents/deleteDocuments",
)

GET_DOCUMENTS = Endpoint(
    name="getDocuments",
    http_method="POST",
    path="/v1/businesses/{businessId}/offers/documents",
    body=DocumentsRequest,
    response=DocumentsResponse,
    pages=Pages("result.documents", "result.paging", size=100, default=50),
    ids=(Ids("documentIds", 100, key="id"), Ids("documentNumbers", 100, key="number")),
    quota=Quota(15, 30, period=60),
    scopes=OFFERS_READ,
    models=("FBY", "FBS", "DBS", "EXPRESS", "LAAS"),
    yandex_go=False,
    refusals=(400, 401, 403, 420, 500),
    access="read",
    reference="documents/getDocuments",
)
