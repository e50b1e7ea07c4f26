"""The rules that pages state beside types and bounds: each is checked before anything is sent, and names its place."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import get_args

import pytest

from tests.table.making import arguments
from yamarket_async.arguments import request_of, signature_of
from yamarket_async.checking import bounds_of, checker
from yamarket_async.errors import InvalidRequest
from yamarket_async.families import endpoints

NOW = datetime.now(UTC)
TODAY = (NOW + timedelta(hours=3)).date()
DAY = timedelta(days=1)
RUR = {"currencyId": "RUR"}


def price(value, base=None, **more):
    return {"offerId": "a", "price": {"value": value, **RUR} | ({"discountBase": base} if base else {}) | more}


def product(**fields):
    return {"offer": {"offerId": "a"} | fields}


def box(*items):
    return {"boxes": [{"items": list(items)}]}


def licence(**fields):
    day = datetime(2026, 9, 1, tzinfo=UTC)
    whole = {"outletId": 1, "licenseType": "ALCOHOL", "number": "7", "dateOfIssue": day, "dateOfExpiry": day}
    return whole | fields


def delivery(**fields):
    return {"type": "DEPOT", "delivery_rules": [fields]}


BACKWARDS = {
    "deliveryDateInterval": {"fromDate": TODAY, "toDate": TODAY - DAY},
    "deliveryTimeInterval": {"fromTime": "10:00", "toTime": "12:00"},
}

THINGS = [
    ("updatePrices", {"price": {"value": 1, **RUR}}, "offerId"),
    ("updatePrices", {"offerId": "a"}, "price.value"),
    ("updatePrices", {"offerId": "a", "price": RUR}, "price.value"),
    ("updatePrices", price(96, 100), "price.discountBase"),
    ("updatePrices", price(Decimal("0.5"), 100), "price.discountBase"),
    ("updatePrices", price(100, 100), "price.discountBase"),
    ("updatePrices", price(50, Decimal("100.5")), "price.discountBase"),
    ("updatePrices", price(Decimal("1.00000001")), "price.value"),
    ("updatePrices", price(1, vat=7), "price.vat"),
    ("updatePrices", price(1, vat=3), "price.vat"),
    ("updateBusinessPrices", price(120, 100), "price.discountBase"),
    (
        "updateBusinessPrices",
        price(1, minimumForBestseller=Decimal("1.00000001")),
        "price.minimumForBestseller",
    ),
    ("updateCampaignOffers", {"offerId": "a", "vat": 7}, "vat"),
    ("putBidsForBusiness", {"sku": "a", "bid": 49}, "bid"),
    ("putBidsForCampaign", {"sku": "a", "bid": 1}, "bid"),
    (
        "updatePromoOffers",
        {"offerId": "a", "params": {"discountParams": {"price": 100}}},
        "params.discountParams.promoPrice",
    ),
    (
        "updatePromoOffers",
        {"offerId": "a", "params": {"discountParams": {"promoPrice": 1}}},
        "params.discountParams.price",
    ),
    (
        "updatePromoOffers",
        {"offerId": "a", "params": {"discountParams": {"price": 100, "promoPrice": 96}}},
        "params.discountParams.promoPrice",
    ),
    (
        "createDocuments",
        {"number": "1", "type": "CONFORMITY_DECLARATION", "activeFromDate": TODAY, "activeToDate": TODAY - DAY},
        "activeToDate",
    ),
    ("updateStocks", {"sku": "a", "items": [{"count": 1, "updatedAt": NOW + DAY}]}, "items[0].updatedAt"),
    ("updateStocks", {"sku": "a", "items": [{"count": 1, "updatedAt": NOW - 2 * DAY}]}, "items[0].updatedAt"),
    (
        "updateStocksOnPartnerWarehouses",
        {"sku": "a", "partnerWarehouseId": 1, "count": 1, "updatedAt": NOW - 2 * DAY},
        "updatedAt",
    ),
    (
        "updateOfferMappings",
        product(basicPrice={"value": 99, "discountBase": 100, **RUR}),
        "offer.basicPrice.discountBase",
    ),
    ("updateOfferMappings", product(deleteParameters=["TAGS"], tags=["x"]), "offer.deleteParameters[0]"),
    (
        "updateOfferMappings",
        product(deleteParameters=["PARAMETERS"], parameterValues=[{"parameterId": 1}]),
        "offer.deleteParameters[0]",
    ),
    (
        "updateOfferMappings",
        product(weightDimensions={"length": 1, "width": 0, "height": 1, "weight": 1}),
        "offer.weightDimensions.width",
    ),
    ("updateOfferMappings", product(tags=["x" * 21]), "offer.tags[0]"),
    ("updateOfferMappings", product(barcodes=[" "]), "offer.barcodes[0]"),
    ("updateOfferMappings", product(manufacturerCountries=["Россия", ""]), "offer.manufacturerCountries[1]"),
    ("updateOfferMappings", product(pictures=["/images/1.jpg"]), "offer.pictures[0]"),
    ("updateOfferMappings", product(age={"value": 7, "ageUnit": "YEAR"}), "offer.age.value"),
    (
        "updateOfferMappings",
        product(commodityCodes=[{"code": "123", "type": "CUSTOMS_COMMODITY_CODE"}]),
        "offer.commodityCodes[0].code",
    ),
    ("updateOrderStatuses", {"id": 1, "status": "RETURNED"}, "status"),
    ("updateOrderStatuses", {"id": 1, "status": "CANCELLED"}, "substatus"),
    ("updateOutletLicenses", licence(licenseType="UNKNOWN"), "licenseType"),
    ("updateOutletLicenses", licence(dateOfIssue=datetime(2026, 8, 1, 12, tzinfo=UTC)), "dateOfIssue"),
    ("updateOutletLicenses", licence(dateOfExpiry=datetime(2026, 8, 1, tzinfo=UTC)), "dateOfExpiry"),
]

CALLS = [
    ("deletePromoOffers", {"offer_ids": None}, "offer_ids"),
    ("deletePromoOffers", {"delete_all_offers": True}, "delete_all_offers"),
    ("getStocks", {"has_stocks": True}, "has_stocks"),
    ("calculateTariffs", {"parameters": {}}, "parameters"),
    ("calculateTariffs", {"parameters": {"campaignId": 1, "sellingProgram": "FBS"}}, "parameters"),
    ("calculateTariffs", {"parameters": {"campaignId": 1, "paymentDelayWeeks": 3}}, "parameters.paymentDelayWeeks"),
    (
        "calculateTariffs",
        {"parameters": {"campaignId": 1, "frequency": "DAILY", "paymentDelayWeeks": 1}},
        "parameters.paymentDelayWeeks",
    ),
    ("calculateTariffs", {"parameters": {"campaignId": 1, "paymentDelayWeeks": 2}}, "parameters.paymentDelayWeeks"),
    (
        "getBusinessOrders",
        {"dates": {"creationDateFrom": TODAY, "creationDateTo": TODAY - DAY}},
        "dates.creationDateTo",
    ),
    ("getOrders", {"from_date": TODAY, "to_date": TODAY - DAY}, "to_date"),
    ("getBusinessOrders", {"dates": {"creationDateFrom": TODAY - 31 * DAY}}, "dates.creationDateFrom"),
    ("getBusinessOrders", {"dates": {"creationDateTo": TODAY - 31 * DAY}}, "dates.creationDateTo"),
    ("getOrders", {"from_date": TODAY - 31 * DAY}, "from_date"),
    ("getOrders", {"to_date": TODAY - 31 * DAY}, "to_date"),
    ("updateOrder", {"order": {"id": 1}}, "order"),
    ("updateOrder", {"order": {"id": 1, "extendStoragePeriod": False}}, "order"),
    (
        "updateOrder",
        {"order": {"id": 1, "deliveryInterval": BACKWARDS}},
        "order.deliveryInterval.deliveryDateInterval.toDate",
    ),
    ("createOrder", {"order.destination.pickupDelivery": None}, "order.destination"),
    (
        "createOrder",
        {
            "order.destination.pickupDelivery": None,
            "order.destination.courierDelivery": {"address": {"fullAddress": "Тула, 1"}},
            "order.itemsDelivery.0.deliveryTimeInterval": None,
        },
        "order.itemsDelivery[0].deliveryTimeInterval",
    ),
    ("updateOrderStatus", {"order": {"status": "PLACING"}}, "order.status"),
    (
        "updateOrderStatus",
        {"order": {"status": "DELIVERY", "delivery": {"dates": {"realDeliveryDate": TODAY}}}},
        "order.delivery.dates.realDeliveryDate",
    ),
    (
        "updateOrderStatus",
        {"order": {"status": "DELIVERED", "delivery": {"dates": {"realDeliveryDate": TODAY + 2 * DAY}}}},
        "order.delivery.dates.realDeliveryDate",
    ),
    ("setOrderBoxLayout", box({"id": 1}), "boxes[0].items[0]"),
    (
        "setOrderBoxLayout",
        box({"id": 1, "partialCount": {"current": 3, "total": 2}}),
        "boxes[0].items[0].partialCount.current",
    ),
    (
        "setOrderBoxLayout",
        box({"id": 1, "partialCount": {"current": 1, "total": 2}}, {"id": 2, "fullCount": 1}),
        "boxes[0].items[0]",
    ),
    ("setOrderBoxLayout", box({"id": 1, "fullCount": 1, "instances": [{}]}), "boxes[0].items[0].instances[0]"),
    ("provideOrderItemIdentifiers", {"items": [{"id": 1, "instances": [{"uin": "12"}]}]}, "items[0].instances[0].uin"),
    (
        "updateOrderItems",
        {"items": [{"id": 1, "count": 1, "instances": [{"cis": "1", "gtd": "2"}]}]},
        "items[0].instances[0]",
    ),
    ("updateOrderItems", {"items": [{"id": 1, "count": 0}, {"id": 2, "count": 0}]}, "items"),
    ("updateOrderItems", {"items": [{"id": 1, "count": 2}, {"id": 1, "count": 1}]}, "items[1].id"),
    (
        "provideOrderDigitalCodes",
        {"items": [{"id": 1, "codes": ["A"], "slip": "x", "activate_till": TODAY}] * 2},
        "items[1].id",
    ),
    ("provideOrderDigitalCodes", {"items": [{"id": 1, "slip": "x", "activate_till": TODAY}]}, "items[0].codes"),
    ("acceptOrderCancellation", {"accepted": False, "reason": None}, "reason"),
    ("getOrdersStats", {"date_from": TODAY, "update_from": TODAY}, "update_from"),
    ("getOrdersStats", {"update_to": TODAY, "date_to": TODAY}, "update_to"),
    ("getOrdersStats", {"date_from": TODAY, "date_to": TODAY - DAY}, "date_to"),
    ("getReturns", {"from_date": TODAY, "to_date": TODAY - DAY}, "to_date"),
    ("setReturnDecision", {"compensation": {"value": 1, **RUR}}, "compensation"),
    ("setReturnDecision", {"decision_type": "REPAIR", "comment": None}, "comment"),
    ("setReturnDecision", {"decision_type": "DECLINE_REFUND", "comment": None}, "comment"),
    (
        "submitReturnDecision",
        {"return_item_decisions": [{"returnItemId": 1, "decisionType": "DECLINE_REFUND"}]},
        "return_item_decisions[0].comment",
    ),
    ("getReturnPhoto", {"image_hash": ""}, "image_hash"),
    (
        "submitReturnDecision",
        {"return_item_decisions": [{"returnItemId": 1, "decisionType": "REFUND_MONEY"}] * 2},
        "return_item_decisions[1].returnItemId",
    ),
    (
        "submitReturnDecision",
        {
            "return_item_decisions": [
                {"returnItemId": 1, "decisionType": "REFUND_MONEY", "decisionReasonType": "MECHANICAL_DAMAGE"}
            ]
        },
        "return_item_decisions[0].decisionReasonType",
    ),
    ("createReturn", {"new_return.items.0.subreasonType": "WRONG_COLOR"}, "new_return.items[0].subreasonType"),
    ("searchShipments", {"date_from": TODAY, "date_to": TODAY - DAY}, "date_to"),
    ("confirmShipment", {"signatory": "seller@yandex.ru"}, "signatory"),
    ("downloadShipmentReceptionTransferAct", {"signatory": "seller@yandex.ru"}, "signatory"),
    ("getSupplyRequests", {"request_date_from": NOW, "request_date_to": NOW - DAY}, "request_date_to"),
    ("generateUnitedNettingReport", {"date_from": None, "date_to": None}, "date_from"),
    ("generateUnitedNettingReport", {"date_to": None}, "date_to"),
    ("generateUnitedNettingReport", {"month_of_year": {"year": 2026, "month": 1}}, "month_of_year"),
    ("generateUnitedNettingReport", {"date_from": date(2026, 1, 1), "date_to": date(2026, 6, 1)}, "date_to"),
    (
        "generateUnitedMarketplaceServicesReport",
        {"date_from": None, "date_to": None, "year_from": 2026, "month_from": 5, "year_to": 2026, "month_to": 4},
        "year_to",
    ),
    ("generateUnitedOrdersReport", {"date_from": date(2024, 1, 1), "date_to": date(2026, 1, 1)}, "date_to"),
    ("generateGoodsMovementReport", {"date_from": TODAY, "date_to": TODAY - DAY}, "date_to"),
    ("generateStocksOnWarehousesReport", {"campaign_id": 1}, "campaign_id"),
    ("generateStocksOnWarehousesReport", {"business_id": None, "campaign_id": 1, "campaign_ids": [1]}, "campaign_ids"),
    ("generateStocksOnWarehousesReport", {"warehouse_ids": [1]}, "warehouse_ids"),
    ("generateShowsSalesReport", {"business_id": None}, "business_id"),
    ("generateGoodsPricesReport", {"business_id": None}, "business_id"),
    ("generateShipmentListDocumentReport", {"shipment_id": None}, "shipment_id"),
    ("generateBarcodesReport", {"barcode_offer_infos": None}, "barcode_offer_infos"),
    (
        "generateBarcodesReport",
        {"barcode_offer_infos": [{"offerId": str(n), "barcodeCount": 100} for n in range(16)]},
        "barcode_offer_infos",
    ),
    (
        "generateBarcodesReport",
        {"barcode_offer_infos": [{"offerId": "a", "barcodeCount": 1}] * 2},
        "barcode_offer_infos[1].offerId",
    ),
    ("generateClosureDocumentsReport", {"contract_types": ["MARKETING"]}, "contract_types"),
    ("generateClosureDocumentsDetalizationReport", {"contract_type": "MARKETING"}, "contract_type"),
    ("getQualityRatings", {"date_from": TODAY - 40 * DAY}, "date_from"),
    ("getQualityRatings", {"date_from": TODAY + 2 * DAY}, "date_from"),
    ("getQualityRatings", {"date_to": TODAY + 2 * DAY}, "date_to"),
    ("getDeliveryOptions", {"pickup_delivery": None}, "pickup_delivery"),
    (
        "getDeliveryOptions",
        {"items": [{"offerId": "a", "count": 1}, {"offerId": " a", "count": 1}]},
        "items[1].offerId",
    ),
    ("getOutletLicenses", {"outlet_ids": None}, "outlet_ids"),
    ("getOutletLicenses", {"ids": [1]}, "ids"),
    ("createOutlet", {"type": "NOT_DEFINED"}, "type"),
    ("createOutlet", {"visibility": "UNKNOWN"}, "visibility"),
    ("createOutlet", {"type": "DEPOT", "delivery_rules": None}, "delivery_rules"),
    ("createOutlet", {"coords": "55.7"}, "coords"),
    ("createOutlet", {"coords": "200, 10"}, "coords"),
    ("updateOutlet", delivery(unspecifiedDeliveryInterval=False), "delivery_rules[0].unspecifiedDeliveryInterval"),
    (
        "updateOutlet",
        delivery(unspecifiedDeliveryInterval=True, minDeliveryDays=1),
        "delivery_rules[0].unspecifiedDeliveryInterval",
    ),
    ("updateOutlet", delivery(minDeliveryDays=1), "delivery_rules[0]"),
    ("updateOutlet", delivery(), "delivery_rules[0]"),
    ("updateOutlet", delivery(minDeliveryDays=3, maxDeliveryDays=8), "delivery_rules[0].maxDeliveryDays"),
    ("updateOutlet", delivery(minDeliveryDays=20, maxDeliveryDays=41), "delivery_rules[0].maxDeliveryDays"),
    ("getGoodsQuestions", {"date_from": TODAY, "date_to": TODAY - DAY}, "date_to"),
    ("getGoodsQuestionAnswers", {"question_id": None}, "question_id"),
    ("updateGoodsQuestionTextEntity", {"parent_entity_id": None}, "parent_entity_id"),
    ("updateGoodsQuestionTextEntity", {"parent_entity_id": {"id": 1, "type": "COMMENT"}}, "parent_entity_id.type"),
    ("updateGoodsQuestionTextEntity", {"entity_id": {"id": 1, "type": "ANSWER"}}, "entity_id"),
    ("updateGoodsQuestionTextEntity", {"text": None}, "text"),
    ("updateGoodsQuestionTextEntity", {"operation_type": "DELETE"}, "entity_id"),
    (
        "updateGoodsQuestionTextEntity",
        {"operation_type": "UPDATE", "entity_id": {"id": 1, "type": "QUESTION"}},
        "entity_id.type",
    ),
    ("createChat", {"context": None}, "context"),
    ("getGoodsFeedbacks", {"rating_values": [0]}, "rating_values[0]"),
    ("getGoodsFeedbacks", {"date_time_from": NOW, "date_time_to": NOW - DAY}, "date_time_to"),
    ("getGoodsFeedbackComments", {"feedback_id": None}, "feedback_id"),
]


KEPT = [
    ("getBusinessOrders", {"dates": {"creationDateFrom": TODAY - 30 * DAY}}),
    ("getBusinessOrders", {"dates": {"creationDateTo": TODAY - 30 * DAY}}),
    ("getBusinessOrders", {"dates": {"creationDateFrom": TODAY - 400 * DAY, "updateDateFrom": NOW - DAY}}),
    ("getOrders", {"from_date": TODAY - 30 * DAY}),
    (
        "submitReturnDecision",
        {
            "return_item_decisions": [
                {"returnItemId": 1, "decisionType": "DECLINE_REFUND", "decisionReasonType": "DEVICE_ACTIVATED"}
            ]
        },
    ),
    ("updateOutlet", delivery(unspecifiedDeliveryInterval=True)),
    (
        "updateGoodsQuestionTextEntity",
        {"operation_type": "UPDATE", "entity_id": {"id": 1, "type": "ANSWER"}, "parent_entity_id": None},
    ),
    (
        "generateUnitedMarketplaceServicesReport",
        {"date_from": None, "date_to": None, "year_from": 2026, "month_from": 4, "year_to": 2026, "month_to": 4},
    ),
    ("generateUnitedNettingReport", {"date_from": None, "date_to": None, "month_of_year": {"year": 2026, "month": 1}}),
    ("calculateTariffs", {"parameters": {"campaignId": 1, "paymentDelayWeeks": 0}}),
    ("calculateTariffs", {"parameters": {"campaignId": 1, "frequency": "WEEKLY", "paymentDelayWeeks": 4}}),
]


@pytest.mark.parametrize(("name", "changes"), KEPT, ids=lambda each: each if isinstance(each, str) else "")
def test_a_call_that_keeps_them_is_taken(name, changes):
    endpoint = endpoints()[name]
    assert request_of(endpoint, arguments(endpoint, full=False) | changes).endpoint is endpoint


def test_what_is_deleted_may_stand_beside_other_things():
    endpoint = endpoints()["updateOfferMappings"]
    _, checked = checker(list_item(endpoint)).read("thing", product(deleteParameters=["AGE", "TAGS"], adult=True))
    assert [broken for rule in endpoint.things.rules for broken in rule(checked)] == []


@pytest.mark.parametrize(("name", "thing", "place"), THINGS, ids=lambda each: each if isinstance(each, str) else "")
def test_a_thing_that_breaks_a_rule_is_refused(name, thing, place):
    endpoint = endpoints()[name]
    _, checked = checker(list_item(endpoint)).read("thing", thing)
    places = [broken.place for rule in endpoint.things.rules for broken in rule(checked)]
    assert places[:1] == [place]


def list_item(endpoint):
    slot = next(slot for slot in signature_of(endpoint).slots if slot.name == endpoint.things.name)
    return get_args(bounds_of(slot.kind)[0])[0]


@pytest.mark.parametrize(("name", "changes", "place"), CALLS, ids=lambda each: each if isinstance(each, str) else "")
def test_a_call_that_breaks_a_rule_is_refused(name, changes, place):
    endpoint = endpoints()[name]
    right = arguments(endpoint, full=False)
    request_of(endpoint, right)
    for where, given in changes.items():
        holder = right
        *path, last = where.split(".")
        for part in path:
            holder = holder[int(part)] if isinstance(holder, list) else holder[part]
        holder[last] = given
    with pytest.raises(InvalidRequest) as caught:
        request_of(endpoint, right)
    assert caught.value.argument == place
    assert caught.value.rule
