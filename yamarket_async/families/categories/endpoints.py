"""The operations of categories, an entry for each."""

from datetime import date

from yamarket_async.endpoints import Deprecation, Endpoint, Ids, Pages, Quota
from yamarket_async.families.categories.models import (
    CategoriesMaxSaleQuantumRequest,
    CategoriesMaxSaleQuantumResponse,
    CategoriesRequest,
    CategoriesResponse,
)
from yamarket_async.families.scopes import ANY, OFFERS_READ

GET_CATEGORIES_TREE = Endpoint(
    name="getCategoriesTree",
    http_method="POST",
    path="/v2/categories/tree",
    body=CategoriesRequest,
    body_required=False,
    response=CategoriesResponse,
    quota=Quota(50, 100, period=3600),
    scopes=ANY,
    access="read",
    reference="categories/getCategoriesTree",
)

GET_CATEGORIES_MAX_SALE_QUANTUM = Endpoint(
    name="getCategoriesMaxSaleQuantum",
    http_method="POST",
    path="/v2/categories/max-sale-quantum",
    body=CategoriesMaxSaleQuantumRequest,
    response=CategoriesMaxSaleQuantumResponse,
    pages=Pages("results", "", size=None, by="once"),
    ids=(Ids("marketCategoryIds", 1500, key="id", alone=True),),
    quota=Quota(5_000, 5_000, period=3600),
    scopes=OFFERS_READ,
    models=("FBY", "FBS", "DBS", "EXPRESS"),
    access="read",
    deprecated=Deprecation("", degrades=date(2027, 1, 18), ends=date(2027, 4, 5)),
    reference="categories/getCategoriesMaxSaleQuantum",
)
