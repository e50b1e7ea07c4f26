"""Every operation of the table: what it refuses to send, what it makes of answers and errors, how it is declared."""

import inspect
import typing

import msgspec
import pytest

from tests.table.making import arguments, as_structs, broken, value
from yamarket_async import MarketClient, errors, models
from yamarket_async.arguments import request_of, signature_of
from yamarket_async.checking import bounds_of, outdated, without_none
from yamarket_async.endpoints import Endpoint, snake
from yamarket_async.errors import InvalidRequest
from yamarket_async.families import endpoints, family_of
from yamarket_async.judging import Reply, check
from yamarket_async.models.base import OpenEnum

ALL = list(endpoints().values())


def method_of(endpoint: Endpoint):
    return inspect.unwrap(getattr(MarketClient, snake(endpoint.name)))


def test_there_are_as_many_as_the_description_has_and_get_offers():
    assert len(ALL) == 170
    assert len({snake(endpoint.name) for endpoint in ALL}) == 170


def it_takes_the_least_and_everything(endpoint):
    for full in (False, True):
        request = request_of(endpoint, arguments(endpoint, full=full))
        assert "{" not in request.path
        assert request.endpoint is endpoint
        if request.body is not None:
            assert isinstance(msgspec.json.decode(request.body), dict)


def it_takes_structs_as_it_takes_mappings(endpoint):
    for full in (False, True):
        given = arguments(endpoint, full=full)
        by_mappings, by_structs = (request_of(endpoint, each) for each in (given, as_structs(endpoint, given)))
        assert (by_structs.path, by_structs.query) == (by_mappings.path, by_mappings.query)
        assert json_of(by_structs) == json_of(by_mappings)


def json_of(request):
    return None if request.body is None else msgspec.json.decode(request.body)


def whatever_breaks_a_bound_is_refused_and_the_place_is_named(endpoint):
    for place, wrong in broken(endpoint):
        with pytest.raises(InvalidRequest) as caught:
            request_of(endpoint, wrong)
        assert caught.value.argument == place


def answers_decode_whole_and_bare_with_nulls_and_with_what_is_new(endpoint):
    if endpoint.response is None:
        return
    whole = value(endpoint.response, full=True)
    decoded = endpoint.decoder.decode(encode(whole))
    assert isinstance(decoded, endpoint.response)
    hash(decoded)
    bare = value(endpoint.response, full=False)
    assert endpoint.decoder.decode(encode(bare)) is not None
    assert endpoint.decoder.decode(encode(with_nulls(endpoint.response, whole))) is not None
    newer = endpoint.decoder.decode(encode(with_news(endpoint.response, whole)))
    assert "NEWER_THAN_THIS_VERSION" in str(newer) or not has_enums(endpoint.response)


def encode(payload):
    def hook(unknown):
        raise TypeError(unknown)

    return msgspec.json.Encoder(decimal_format="number", enc_hook=hook).encode(payload)


def walk(kind, given, change):
    """Copy a value with each struct in it changed."""
    bare, _ = bounds_of(without_none(kind))
    if typing.get_origin(bare) is list:
        return [walk(typing.get_args(bare)[0], each, change) for each in given]
    if isinstance(bare, type) and issubclass(bare, msgspec.Struct):
        inner = {
            field.encode_name: walk(field.type, given[field.encode_name], change)
            for field in msgspec.structs.fields(bare)
            if field.encode_name in given
        }
        return change(bare, inner)
    return given


def with_nulls(kind, whole):
    def change(struct, fields):
        return fields | {f.encode_name: None for f in msgspec.structs.fields(struct) if f.default is None}

    return walk(kind, whole, change)


def with_news(kind, whole):
    def change(struct, fields):
        enums = {
            f.encode_name: "NEWER_THAN_THIS_VERSION"
            for f in msgspec.structs.fields(struct)
            if isinstance(bounds_of(without_none(f.type))[0], type)
            and issubclass(bounds_of(without_none(f.type))[0], OpenEnum)
            and f.name != "status"
        }
        return fields | {name: new for name, new in enums.items() if name in fields} | {"newField": [1, {"a": None}]}

    return walk(kind, whole, change)


def has_enums(kind, seen=()):
    bare, _ = bounds_of(without_none(kind))
    if typing.get_origin(bare) is list:
        return has_enums(typing.get_args(bare)[0], seen) and not is_enum(typing.get_args(bare)[0])
    if isinstance(bare, type) and issubclass(bare, msgspec.Struct) and bare not in seen:
        return any(
            (is_enum(f.type) and f.name != "status") or has_enums(f.type, (*seen, bare))
            for f in msgspec.structs.fields(bare)
            if not outdated(f.type)
        )
    return False


def is_enum(kind):
    bare, _ = bounds_of(without_none(kind))
    return isinstance(bare, type) and issubclass(bare, OpenEnum)


def each_documented_error_becomes_its_class(endpoint):
    classes = {
        400: errors.BadRequest,
        401: errors.Unauthorized,
        403: errors.Forbidden,
        404: errors.NotFound,
        420: errors.RateLimited,
        423: errors.Locked,
        500: errors.ServerError,
    }
    for status in endpoint.refusals:
        body = b'{"status":"OK","errors":[{"code":"CODE","message":"words"}]}'
        with pytest.raises(classes[status]) as caught:
            check(endpoint, Reply(status, {}, body))
        assert caught.value.status == status
        assert caught.value.endpoint == endpoint.name
        assert "words" in str(caught.value)


def its_method_takes_what_the_entry_says_in_that_order(endpoint):
    method = method_of(endpoint)
    given = list(inspect.signature(method).parameters.values())[1:]
    ours = {"page_size", "page_token", "isolate", "on_invalid", "timeout", "file", "page"}
    slots = signature_of(endpoint).slots
    assert [p.name for p in given if p.name not in ours] == [slot.argument for slot in slots]
    for parameter, slot in zip([p for p in given if p.name not in ours], slots, strict=True):
        assert (parameter.default is inspect.Parameter.empty) == slot.required
        assert (parameter.kind is inspect.Parameter.KEYWORD_ONLY) != slot.required
    if endpoint.pages and endpoint.pages.by == "token":
        assert inspect.signature(method).parameters["page_size"].default == endpoint.pages.size


def its_docstring_stands_alone(endpoint):
    doc = inspect.getdoc(getattr(MarketClient, snake(endpoint.name)))
    assert "TODO" not in doc
    assert doc.splitlines()[0].endswith(".")
    for slot in signature_of(endpoint).slots:
        assert f"{slot.argument}:" in doc
    for scope in endpoint.scopes:
        assert scope in doc
    if endpoint.quota:
        assert f"{endpoint.quota.medium:,}" in doc
        assert f"{endpoint.quota.none:,}" in doc
    assert doc.rstrip().endswith(f"reference/{endpoint.reference}")
    if endpoint.deprecated:
        assert hasattr(getattr(MarketClient, snake(endpoint.name)), "__deprecated__")
        if endpoint.deprecated.ends:
            assert str(endpoint.deprecated.ends) in getattr(MarketClient, snake(endpoint.name)).__deprecated__


def what_may_not_be_done_twice_names_the_method_to_check_with(endpoint):
    is_once = endpoint.repeat == "never" or endpoint.never_if is not None
    if endpoint.report or not is_once or endpoint.name in NOT_TO_BE_LOOKED_UP:
        assert not endpoint.check_with
    else:
        look = endpoints()[next(name for name in endpoints() if snake(name) == endpoint.check_with)]
        assert look.access == "read"
        assert look.deprecated is None


NOT_TO_BE_LOOKED_UP = {"verifyOrderEac"}  # the Market tells nowhere how many attempts are left


@pytest.mark.parametrize(
    ("name", "given", "once"),
    [
        ("generateOfferBarcodes", {}, False),
        ("generateOfferBarcodes", {"skip_if_exists": True}, False),
        ("generateOfferBarcodes", {"skip_if_exists": False}, True),
        ("updateOrder", {"order": {"id": 1, "extendStoragePeriod": True}}, True),
        (
            "updateOrder",
            {"order": {"id": 1, "customer": {"firstName": "A", "lastName": "B", "phone": "+79001234567"}}},
            False,
        ),
        ("updateGoodsQuestionTextEntity", {}, True),
        (
            "updateGoodsQuestionTextEntity",
            {"operation_type": "UPDATE", "entity_id": {"id": 1, "type": "ANSWER"}, "parent_entity_id": None},
            False,
        ),
        ("sendMessageToChat", {}, True),
        ("deleteOffers", {}, False),
    ],
)
def test_a_call_may_be_repeated_or_not_by_what_it_asks_for(name, given, once):
    endpoint = endpoints()[name]
    assert request_of(endpoint, arguments(endpoint, full=False) | given).once is once


def test_what_the_market_refuses_to_do_twice_is_known_to_be_refused_then():
    names = {
        "deleteCampaignOffers",
        "deleteOffers",
        "addOffersToArchive",
        "deleteOffersFromArchive",
        "deletePromoOffers",
    }
    assert {endpoints()[name].repeat for name in names} == {"detected"}


def test_every_operation_has_a_family():
    assert set(family_of()) == {endpoint.name for endpoint in ALL}


def test_every_struct_says_what_its_fields_mean():
    for name in models.__all__:
        kind = getattr(models, name)
        doc = kind.__doc__
        assert doc, name
        assert "TODO" not in doc, name
        if issubclass(kind, msgspec.Struct):
            own = set(kind.__struct_fields__)
            said = "\n".join(base.__doc__ or "" for base in kind.__mro__)
            assert all(f"{field}:" in said for field in own - {"status", "errors"}), name


def test_names_of_structs_are_unique():
    seen = {}
    for module in models._modules():
        for name in models._public(__import__(module, fromlist=["x"])):
            assert name not in seen, f"{name}: {seen.get(name)} and {module}"
            seen[name] = module


def numbers_that_a_path_still_has_and_nobody_reads_are_numbers(endpoint):
    for name, sent in endpoint.fixed.items():
        assert f"{{{name}}}" in endpoint.path
        assert sent.isascii()
        assert sent.isdigit()


@pytest.mark.parametrize("endpoint", ALL, ids=lambda endpoint: endpoint.name)
def test_an_entry_is_right(endpoint):
    """All that holds for every entry, as one test: pytest needs longer for a test than one of these takes."""
    it_takes_the_least_and_everything(endpoint)
    it_takes_structs_as_it_takes_mappings(endpoint)
    whatever_breaks_a_bound_is_refused_and_the_place_is_named(endpoint)
    answers_decode_whole_and_bare_with_nulls_and_with_what_is_new(endpoint)
    each_documented_error_becomes_its_class(endpoint)
    its_method_takes_what_the_entry_says_in_that_order(endpoint)
    its_docstring_stands_alone(endpoint)
    what_may_not_be_done_twice_names_the_method_to_check_with(endpoint)
    numbers_that_a_path_still_has_and_nobody_reads_are_numbers(endpoint)
