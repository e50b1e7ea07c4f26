"""The accesses that a key can have, in the sets that the pages name at their top."""

ALL_READ = ("all-methods", "all-methods:read-only")
OFFERS = ("all-methods", "offers-and-cards-management")
OFFERS_READ = (
    "all-methods",
    "all-methods:read-only",
    "offers-and-cards-management",
    "offers-and-cards-management:read-only",
)
ORDERS = ("all-methods", "inventory-and-order-processing")
ORDERS_READ = (
    "all-methods",
    "all-methods:read-only",
    "inventory-and-order-processing",
    "inventory-and-order-processing:read-only",
)
PRICES = ("all-methods", "pricing")
PRICES_READ = ("all-methods", "all-methods:read-only", "pricing", "pricing:read-only")
PROMOTION = ("all-methods", "promotion")
PROMOTION_READ = ("all-methods", "all-methods:read-only", "promotion", "promotion:read-only")
COMMUNICATION = ("all-methods", "communication")
COMMUNICATION_READ = ("all-methods", "all-methods:read-only", "communication")
FINANCE_READ = ("all-methods", "all-methods:read-only", "finance-and-accounting")
SETTINGS = ("all-methods", "settings-management")
SETTINGS_READ = ("all-methods", "all-methods:read-only", "settings-management")
SUPPLIES_READ = ("all-methods", "all-methods:read-only", "supplies-management:read-only")
ANY = (
    "all-methods",
    "all-methods:read-only",
    "settings-management",
    "finance-and-accounting",
    "offers-and-cards-management",
    "offers-and-cards-management:read-only",
    "pricing",
    "pricing:read-only",
    "inventory-and-order-processing",
    "inventory-and-order-processing:read-only",
    "promotion",
    "promotion:read-only",
    "communication",
    "supplies-management:read-only",
)
