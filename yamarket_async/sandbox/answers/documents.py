"""Documents of products."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from yamarket_async.sandbox.answers import answers
from yamarket_async.sandbox.calls import Call, bad_request
from yamarket_async.sandbox.pages import paged
from yamarket_async.sandbox.parts.documents import Document, Documents

WORDS = {
    "DOCUMENT_VALIDATION_FAILED": "The last day of the document is before its first",
    "DOCUMENT_ALREADY_EXISTS": "There is a document of this number already",
    "DOCUMENT_NOT_FOUND": "There is no such document",
    "DOCUMENT_UPDATE_NOT_ALLOWED": "The document was revoked",
    "DOCUMENT_CONCURRENT_MODIFICATION": "The document is being changed by somebody else",
}
"""What is said of documents that can't be written, by the code of the error; the words are the sandbox's."""


def _json(document: Document, now: float) -> dict[str, Any]:
    days = {"activeFromDate": document.active_from, "activeToDate": document.active_to}
    return {
        "id": document.id,
        "number": document.number,
        "type": document.type,
        "status": document.status_at(now),
        **{name: day for name, day in days.items() if day is not None},
    }


@answers("getDocuments")
def get_documents(call: Call) -> dict[str, Any]:
    """Documents; several filters all have to let one through, an empty one lets everything through."""
    wanted = {
        name: set(call.sent(name, ()))
        for name in ("documentIds", "documentNumbers", "documentTypes", "documentStatuses")
    }

    def accepts(document: Document) -> bool:
        told = (document.id, document.number, document.type, document.status_at(call.now))
        return all(not asked or value in asked for asked, value in zip(wanted.values(), told, strict=True))

    found = filter(accepts, call.world.part(Documents).documents.values())
    return paged(call, found, key=lambda each: each.id, write=lambda each: _json(each, call.now))


@answers("createDocuments")
def create_documents(call: Call) -> dict[str, Any]:
    """Add documents, each for itself."""
    documents, sent = call.world.part(Documents), call.sent("documents")
    _refuse_repeats("number", (each["number"] for each in sent))
    made, errors = [], []
    for each in sent:
        code = _wrong_days(each) or ("DOCUMENT_ALREADY_EXISTS" if documents.by_number(each["number"]) else "")
        if code:
            errors.append({"number": each["number"], "code": code, "message": WORDS[code]})
        else:
            days = each.get("activeFromDate"), each.get("activeToDate")
            made.append(documents.create(each["number"], each["type"], *days, call.now))
    result: dict[str, Any] = {"documents": [_json(each, call.now) for each in made], "errors": errors}
    told = {name: several for name, several in result.items() if several}
    return {"status": "ERROR" if errors else "OK", "result": told}


@answers("updateDocuments")
def update_documents(call: Call) -> dict[str, Any]:
    """Replace documents, each for itself: a day that isn't sent is gone then."""
    documents, sent = call.world.part(Documents), call.sent("documents")
    _refuse_repeats("id", (each["id"] for each in sent))
    errors = []
    for each in sent:
        code = _update(documents, each, call.now)
        if code:
            errors.append({"id": each["id"], "code": code, "message": WORDS[code]})
    return {"status": "ERROR", "result": {"errors": errors}} if errors else {"status": "OK"}


def _update(documents: Documents, sent: Mapping[str, Any], now: float) -> str:
    """Replace a document; give the code of the error where that can't be."""
    known = documents.documents.get(sent["id"])
    if known is None:
        return "DOCUMENT_NOT_FOUND"
    if known.contested:
        known.contested = False
        return "DOCUMENT_CONCURRENT_MODIFICATION"
    if known.status_at(now) == "REVOKED":
        return "DOCUMENT_UPDATE_NOT_ALLOWED"
    if _wrong_days(sent):
        return _wrong_days(sent)
    if _is_anothers(documents, known, sent):
        return "DOCUMENT_ALREADY_EXISTS"
    known.number, known.type, known.written_at = sent["number"], sent["type"], now
    known.active_from, known.active_to = sent.get("activeFromDate"), sent.get("activeToDate")
    known.status = None
    return ""


def _is_anothers(documents: Documents, known: Document, sent: Mapping[str, Any]) -> bool:
    other = documents.by_number(sent["number"])
    return other is not None and other is not known


def _wrong_days(sent: Mapping[str, Any]) -> str:
    first, last = sent.get("activeFromDate"), sent.get("activeToDate")
    wrong = first and last and date.fromisoformat(last) < date.fromisoformat(first)
    return "DOCUMENT_VALIDATION_FAILED" if wrong else ""


def _refuse_repeats(name: str, keys: Iterable[object]) -> None:
    every = list(keys)
    if len(set(every)) != len(every):
        raise bad_request(f"'documents' must contain only unique elements: repeated '{name}'")


@answers("deleteDocuments")
def delete_documents(call: Call) -> None:
    """Delete documents; those that aren't there are no mistake."""
    for id_ in call.sent("documentIds"):
        call.world.part(Documents).documents.pop(id_, None)
