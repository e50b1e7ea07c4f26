"""The stores of the business and their settings, the settings of the business, and the key that a call came with."""

from typing import Any

from yamarket_async.sandbox.answers import answers
from yamarket_async.sandbox.calls import Call, Refusal
from yamarket_async.sandbox.pages import paged
from yamarket_async.sandbox.parts.regions import regions
from yamarket_async.sandbox.world import Store

BUSINESS_NAME = "ООО «Песочница»"

HOME_REGION, COUNTRY = 213, 225
"""Where the stores are."""


def campaign(call: Call, store: Store) -> dict[str, Any]:
    """Write a store as JSON has it."""
    inactive = call.world.settings["inactive"]
    return {
        "id": store.id,
        "domain": store.name,
        "business": {"id": call.world.business_id, "name": BUSINESS_NAME},
        "placementType": "FBS" if store.model == "EXPRESS" else store.model,
        "apiAvailability": inactive.get(store.id, "AVAILABLE"),
    }


@answers("getCampaigns", reality="reflected")
def campaigns(call: Call) -> dict[str, Any]:
    """All stores."""
    return paged(
        call, call.world.stores.values(), key=lambda store: store.id, write=lambda store: campaign(call, store)
    )


@answers("getCampaign", reality="reflected")
def one_campaign(call: Call) -> dict[str, Any]:
    """One store."""
    return {"status": "OK", "campaign": campaign(call, call.world.stores[call.campaign_id])}


@answers("getCampaignSettings", reality="reflected")
def campaign_settings(call: Call) -> dict[str, Any]:
    """The settings of a store."""
    store, region = call.world.stores[call.campaign_id], regions()[HOME_REGION]
    schedule = {
        "availableOnHolidays": False,
        "customHolidays": [],
        "customWorkingDays": [],
        "totalHolidays": [],
        "weeklyHolidays": [7],
    }
    local = {
        "id": region.id,
        "name": region.name,
        "type": region.type,
        "deliveryOptionsSource": "WEB",
        "delivery": {"schedule": schedule},
    }
    settings = {
        "countryRegion": COUNTRY,
        "shopName": store.name,
        "showInContext": True,
        "showInPremium": True,
        "useOpenStat": False,
        "localRegion": local,
        "taxation": {"vat": "VAT_22"},
    }
    return {"status": "OK", "settings": settings}


@answers("getBusinessSettings", reality="reflected")
def business_settings(call: Call) -> dict[str, Any]:
    """The settings of the business."""
    given = call.world.settings
    return {
        "status": "OK",
        "result": {
            "info": {"id": call.world.business_id, "name": BUSINESS_NAME},
            "settings": {"onlyDefaultPrice": bool(given.get("only_default_price")), "currency": "RUR"},
            "subscriptionLevel": str(given.get("tier", "medium")).upper(),
        },
    }


@answers("getAuthTokenInfo", reality="reflected")
def token_info(call: Call) -> dict[str, Any]:
    """The name and the accesses of the key that the call came with."""
    if call.key.oauth:
        raise Refusal(401, "UNAUTHORIZED", "Api-Key token is not specified")
    scopes = [scope.replace(":", "-").replace("-", "_").upper() for scope in call.key.scopes]
    return {"status": "OK", "result": {"apiKey": {"name": call.key.name, "authScopes": scopes}}}
