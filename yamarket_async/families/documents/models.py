"""The structs of documents."""

from datetime import date
from typing import Annotated

from yamarket_async.models.answers import ApiResponse, ForwardScrollingPager
from yamarket_async.models.base import Model, OpenEnum
from yamarket_async.models.bounds import Bounds, Id


class DocumentStatusType(OpenEnum):
    """Whether a document is in force."""

    ACTIVE = "ACTIVE"
    """In force."""
    NOT_FOUND = "NOT_FOUND"
    """Not in the state register."""
    VALIDATING = "VALIDATING"
    """Being checked."""
    WAITING_FIXES = "WAITING_FIXES"
    """To be mended by the seller."""
    EXPIRED = "EXPIRED"
    """Past its last day."""
    REVOKED = "REVOKED"
    """Revoked."""


class DocumentType(OpenEnum):
    """The kind of a document."""

    CONFORMITY_DECLARATION = "CONFORMITY_DECLARATION"
    """A declaration of conformity."""
    CONFORMITY_CERTIFICATE = "CONFORMITY_CERTIFICATE"
    """A certificate of conformity."""
    STATE_REGISTRATION_CERTIFICATE = "STATE_REGISTRATION_CERTIFICATE"
    """A state registration of a product under sanitary rules."""
    MEDICINAL_PRODUCT_CERTIFICATE = "MEDICINAL_PRODUCT_CERTIFICATE"
    """The documents that pharmacies must have."""
    BIOLOGICALLY_ACTIVE_ADDITIVE_CERTIFICATE = "BIOLOGICALLY_ACTIVE_ADDITIVE_CERTIFICATE"
    """A state registration of a food supplement."""
    MEDICAL_DEVICE_CERTIFICATE = "MEDICAL_DEVICE_CERTIFICATE"
    """A registration of a medical device."""
    AGROCHEMICAL_PESTICIDE_CERTIFICATE = "AGROCHEMICAL_PESTICIDE_CERTIFICATE"
    """A state registration of a pesticide or agrochemical."""


class DocumentWrite(Model, kw_only=True, frozen=True):
    """What a document says.

    Attributes:
        number: the number on it, 1 to 100 characters without spaces at the ends.
        type: its kind.
        active_from_date: the first day of its validity; None for none.
        active_to_date: the last day of its validity; None for none.
    """

    number: Annotated[str, Bounds(min_length=1, max_length=100, pattern=r"^\S(?:.*\S)?$")]
    type: DocumentType
    active_from_date: date | None = None
    active_to_date: date | None = None


class BusinessDocument(DocumentWrite, kw_only=True, frozen=True):
    """A document of a cabinet.

    Attributes:
        id: its id.
        status: whether it is in force.
    """

    id: Id
    status: DocumentStatusType


class DocumentErrorCodeType(OpenEnum):
    """Why a document was not created or changed."""

    DOCUMENT_VALIDATION_FAILED = "DOCUMENT_VALIDATION_FAILED"
    """It didn't pass the check."""
    DOCUMENT_ALREADY_EXISTS = "DOCUMENT_ALREADY_EXISTS"
    """There is one with this number."""
    DOCUMENT_NOT_FOUND = "DOCUMENT_NOT_FOUND"
    """There is none with this id."""
    DOCUMENT_UPDATE_NOT_ALLOWED = "DOCUMENT_UPDATE_NOT_ALLOWED"
    """It may not be changed."""
    DOCUMENT_CONCURRENT_MODIFICATION = "DOCUMENT_CONCURRENT_MODIFICATION"
    """Something else changed it at the same time; read it again and repeat."""


class CreateDocumentError(Model, kw_only=True, frozen=True):
    """A document that was not created.

    Attributes:
        number: its number, 1 to 100 characters.
        code: why.
        message: the reason in words, for people.
    """

    number: Annotated[str, Bounds(min_length=1, max_length=100, pattern=r"^\S(?:.*\S)?$")]
    code: DocumentErrorCodeType
    message: str | None = None


class CreateDocumentsRequest(Model, kw_only=True, frozen=True):
    """What createDocuments takes.

    Attributes:
        documents: the documents, any number; up to 100 go into a request, each number once. A request in which one
            stands twice is refused whole.
    """

    documents: Annotated[list[DocumentWrite], Bounds(min_length=1, max_length=100)]


class CreateDocumentsResult(Model, kw_only=True, frozen=True):
    """What came of creating documents; the answer's `status` is ERROR as soon as one failed.

    Attributes:
        documents: those that this request created.
        errors: those that were not created.
    """

    documents: Annotated[list[BusinessDocument], Bounds(min_length=1, max_length=100)] | None = None
    errors: Annotated[list[CreateDocumentError], Bounds(min_length=1, max_length=100)] | None = None


class CreateDocumentsResponse(ApiResponse, kw_only=True, frozen=True):
    """The answer of createDocuments.

    Attributes:
        result: what was asked for.
    """

    result: CreateDocumentsResult


class DeleteDocumentsRequest(Model, kw_only=True, frozen=True):
    """What deleteDocuments takes.

    Attributes:
        document_ids: the ids, each 1 or more, any number; up to 100 go into a request. Repeats are dropped.
    """

    document_ids: Annotated[list[Id], Bounds(min_length=1, max_length=100, unique=True)]


class DocumentsRequest(Model, kw_only=True, frozen=True):
    """What getDocuments takes.

    Attributes:
        document_ids: only documents with these ids, each 1 or more, any number; they are asked for in batches of 100.
            Together with `document_numbers` up to 100 of each. Not together with a page token.
        document_numbers: only documents with these numbers, of 1 to 100 characters without spaces at the ends, any
            number; they are asked for in batches of 100. Together with `document_ids` up to 100 of each. Not together
            with a page token.
        document_types: only documents of these `DocumentType`s; None or an empty list for all.
        document_statuses: only documents with these `DocumentStatusType`s; None or an empty list for all.
    """

    document_ids: Annotated[list[Id], Bounds(min_length=0, max_length=100, unique=True)] | None = None
    document_numbers: (
        Annotated[
            list[Annotated[str, Bounds(min_length=1, max_length=100, pattern=r"^\S(?:.*\S)?$")]],
            Bounds(min_length=0, max_length=100, unique=True),
        ]
        | None
    ) = None
    document_types: Annotated[list[DocumentType], Bounds(min_length=0, unique=True)] | None = None
    document_statuses: Annotated[list[DocumentStatusType], Bounds(min_length=0, unique=True)] | None = None


class DocumentsResult(Model, kw_only=True, frozen=True):
    """A page of documents.

    Attributes:
        documents: the documents.
        paging: the way to the next page.
    """

    documents: list[BusinessDocument]
    paging: ForwardScrollingPager


class DocumentsResponse(ApiResponse, kw_only=True, frozen=True):
    """The answer of getDocuments.

    Attributes:
        result: what was asked for.
    """

    result: DocumentsResult


class UpdateDocument(DocumentWrite, kw_only=True, frozen=True):
    """A document as it is to be: what isn't given is erased.

    Attributes:
        id: its id, 1 or more.
    """

    id: Id


class UpdateDocumentError(Model, kw_only=True, frozen=True):
    """A document that was not changed.

    Attributes:
        id: its id.
        code: why.
        message: the reason in words, for people.
    """

    id: Id
    code: DocumentErrorCodeType
    message: str | None = None


class UpdateDocumentsRequest(Model, kw_only=True, frozen=True):
    """What updateDocuments takes.

    Attributes:
        documents: the documents whole, any number; up to 100 go into a request, each id once. A request in which one
            stands twice is refused whole.
    """

    documents: Annotated[list[UpdateDocument], Bounds(min_length=1, max_length=100)]


class UpdateDocumentsResult(Model, kw_only=True, frozen=True):
    """The documents that were not changed; the answer's `status` is ERROR then.

    Attributes:
        errors: those that were not changed.
    """

    errors: Annotated[list[UpdateDocumentError], Bounds(min_length=1, max_length=100)]


class UpdateDocumentsResponse(ApiResponse, kw_only=True, frozen=True):
    """The answer of updateDocuments; without a result where all were changed.

    Attributes:
        result: what was asked for.
    """

    result: UpdateDocumentsResult | None = None
