"""Bulk calls: changes of many things, read from anywhere, sent in batches, and each thing accounted for.

`reading` reads, checks and cuts what the caller gave; `sending` sends a batch until the fate of each of its things is
known; `running` keeps several on their way; `report` tells what came of them; `calls` is what callers see.
"""

from yamarket_async.bulk.calls import Batches, batches
from yamarket_async.bulk.report import BulkReport, DeletedOffers, Rejected, Warned

__all__ = ["Batches", "BulkReport", "DeletedOffers", "Rejected", "Warned", "batches"]
