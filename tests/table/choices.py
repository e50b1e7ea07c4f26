"""What methods ask for beside the types of their arguments: what to give so that a call keeps all rules.

For each operation arguments that replace the made ones, None where one must be left out: the same for a call with the
least and with everything, unless `LEAST` or `EVERYTHING` says more.
"""

from datetime import UTC, datetime, timedelta
from typing import Any

TODAY = datetime.now(UTC).date()
MIDNIGHT = datetime(2026, 9, 1, tzinfo=UTC)
DAY = TODAY - timedelta(days=3)
PRICE = {"value": 95, "discountBase": 100, "currencyId": "RUR"}
LICENSE = {"id": 1, "outletId": 1, "licenseType": "ALCOHOL", "number": "7"}
UNIT = [{"cis": "0104620", "countryCode": "RU"}]
RULES_OF_DELIVERY = [{"minDeliveryDays": 1, "maxDeliveryDays": 3, "orderBefore": 13}]

BOTH: dict[str, dict[str, Any]] = {
    "updatePrices": {"offers": [{"offerId": "a", "price": PRICE | {"vat": 14}}]},
    "updateBusinessPrices": {"offers": [{"offerId": "a", "price": PRICE}]},
    "createChat": {"context": {"type": "ORDER", "id": 1}},
    "deletePromoOffers": {"offer_ids": ["a", "b"], "delete_all_offers": None},
    "calculateTariffs": {"parameters": {"campaignId": 1, "frequency": "WEEKLY", "paymentDelayWeeks": 2}},
    "updateOrderStatus": {"order": {"status": "CANCELLED", "substatus": "SHOP_FAILED"}},
    "updateOrderStatuses": {"orders": [{"id": 1, "status": "PROCESSING", "substatus": "READY_TO_SHIP"}]},
    "provideOrderItemIdentifiers": {"items": [{"id": 1, "instances": UNIT}]},
    "provideOrderDigitalCodes": {
        "items": [{"id": 1, "codes": ["KEY"], "slip": "words", "activate_till": DAY}],
    },
    "setOrderBoxLayout": {"boxes": [{"items": [{"id": 1, "fullCount": 2, "instances": UNIT}]}]},
    "submitReturnDecision": {"return_item_decisions": [{"returnItemId": 1, "decisionType": "REFUND_MONEY"}]},
    "setReturnDecision": {"decision_type": "REFUND_MONEY", "compensation": None},
    "getOutletLicenses": {"outlet_ids": [1, 2], "ids": None},
    "updateOutletLicenses": {"licenses": [LICENSE | {"dateOfIssue": MIDNIGHT, "dateOfExpiry": MIDNIGHT}]},
    "getDeliveryOptions": {"courier_delivery": None},
    "getQualityRatings": {"date_from": None, "date_to": None},
    "getGoodsFeedbackComments": {"feedback_id": 1, "comment_ids": None},
    "updateGoodsQuestionTextEntity": {
        "operation_type": "CREATE",
        "parent_entity_id": {"id": 1, "type": "QUESTION"},
        "text": "words",
        "entity_id": None,
    },
    "generateShowsSalesReport": {"business_id": 1, "campaign_id": None},
    "generateKeyIndicatorsReport": {"business_id": 1, "campaign_id": None},
    "generateGoodsPricesReport": {"business_id": 1},
    "generateStocksOnWarehousesReport": {
        "business_id": 1, "campaign_id": None, "warehouse_ids": None, "report_date": None,
    },
    "generateUnitedNettingReport": {
        "date_from": DAY, "date_to": DAY, "bank_order_id": None, "bank_order_date_time": None, "month_of_year": None,
    },
    "generateUnitedMarketplaceServicesReport": {
        "date_from": DAY, "date_to": DAY, "year_from": None, "month_from": None, "year_to": None, "month_to": None,
    },
    "generateBarcodesReport": {"barcode_offer_infos": [{"offerId": "a", "barcodeCount": 2}], "supply_request_id": None},
    "generateShipmentListDocumentReport": {"shipment_id": 1},
    "createOutlet": {"delivery_rules": RULES_OF_DELIVERY, "coords": "37.588144, 55.733842"},
    "updateOutlet": {"delivery_rules": RULES_OF_DELIVERY, "coords": "37.588144, 55.733842"},
    "updateOrderItems": {"items": [{"id": 1, "count": 2, "instances": UNIT}]},
}  # fmt: skip

LEAST: dict[str, dict[str, Any]] = {
    "updateOrder": {"order": {"id": 1, "extendStoragePeriod": True}},
    "createOutlet": {"type": "RETAIL"},
    "updateOutlet": {"type": "RETAIL"},
    "getDeliveryOptions": {"pickup_delivery": {"logisticPointsIds": [1]}},
    "getGoodsQuestionAnswers": {"question_id": 1},
}
EVERYTHING: dict[str, dict[str, Any]] = {
    "getOrdersStats": {"update_from": None, "update_to": None},
    "updateOutlet": {"type": "MIXED"},
    "createOutlet": {"type": "MIXED"},
    "putBidsForBusiness": {"bids": [{"sku": "a", "bid": 50}, {"sku": "b", "bid": 0}]},
    "putBidsForCampaign": {"bids": [{"sku": "a", "bid": 50}, {"sku": "b", "bid": 0}]},
    "updateCampaignOffers": {"offers": [{"offerId": "a", "vat": 14}]},
    "updatePromoOffers": {
        "offers": [{"offerId": "a", "params": {"discountParams": {"price": 100, "promoPrice": 95}}}],
    },
}

PATCHES: dict[str, dict[str, Any]] = {
    "createOrder": {
        "order.destination.courierDelivery": None,
        "order.destination.pickupDelivery": {"logisticPointId": 1},
    },
    "createReturn": {"new_return.items.0.reasonType": "BAD_QUALITY", "new_return.items.0.subreasonType": "DAMAGED"},
    "updateOfferMappings": {
        "offer_mappings.0.offer.deleteParameters": None,
        "offer_mappings.0.offer.pictures": ["https://example.com/1.jpg"],
        "offer_mappings.0.offer.videos": None,
        "offer_mappings.0.offer.weightDimensions": {"length": 10.5, "width": 1, "height": 2, "weight": 0.1},
        "offer_mappings.1": None,
        "offer_mappings.0.offer.commodityCodes": [{"code": "8517610008", "type": "CUSTOMS_COMMODITY_CODE"}],
        "offer_mappings.0.offer.age": {"value": 6, "ageUnit": "YEAR"},
        "offer_mappings.0.offer.basicPrice": {"value": 50, "discountBase": 100, "currencyId": "RUR"},
    },
}
"""The same within arguments, by the place on the wire; where what holds it was not made, nothing is done."""
