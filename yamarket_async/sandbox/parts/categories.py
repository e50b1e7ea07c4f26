"""The categories of the pretend Market and their parameters, and how values are checked against them."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

import msgspec

ROOT = 90_400

_TREE: tuple[Any, ...] = (
    (ROOT, "Все товары", "All goods", (
        (198_118, "Бытовая техника", "Household appliances", (
            (90_401, "Чайники электрические", "Electric kettles", ()),
            (13_314_796, "Настольные лампы", "Table lamps", ()),
            (90_564, "Пылесосы", "Vacuum cleaners", ()),
        )),
        (90_719, "Строительство и ремонт", "Construction and repair", (
            (91_491, "Отвёртки и наборы", "Screwdrivers", ()),
            (91_597, "Дрели и шуруповёрты", "Drills", ()),
        )),
        (90_666, "Товары для дома", "Home", (
            (198_119, "Кружки и чашки", "Mugs", ()),
            (90_689, "Полотенца", "Towels", ()),
        )),
        (7_877_999, "Одежда, обувь и аксессуары", "Clothes, shoes and accessories", (
            (7_811_903, "Школьные рюкзаки", "School backpacks", ()),
            (15_714_671, "Резиновые сапоги", "Rubber boots", ()),
        )),
    )),
)  # fmt: skip

BRAND, COLOUR, WEIGHT, KIT, FOR_CHILDREN, GROUP = 7_893_318, 13_887_626, 23_674_510, 16_382_542, 27_142_893, 37_693_330
"""The parameters that every leaf has: an enumeration, another one with several values, a number with a unit, a text,
a yes or no, and the number by which products are put together on one card."""

BRANDS = ("Северный ветер", "Тульский Левша", "Kettlewell", "Ромашка & Ко", "Norrland", "ООО «Лампа»", "Ёлка")
_COLOURS = ("белый", "чёрный", "красный", "синий")
BRAND_VALUES: Mapping[str, int] = {name: 800_001 + number for number, name in enumerate(BRANDS)}
_COLOUR_VALUES = {name: 810_001 + number for number, name in enumerate(_COLOURS)}
GRAM, KILOGRAM = 701, 702

LONGEST_GROUP = 255


class Category(msgspec.Struct, frozen=True):
    """A category.

    Attributes:
        id: its number.
        name: its name.
        name_en: its name in English.
        parent: the one that it belongs to; None for the root.
        children: those that belong to it; none for a leaf, which products can have.
    """

    id: int
    name: str
    name_en: str
    parent: int | None
    children: tuple[int, ...]


@cache
def categories() -> Mapping[int, Category]:
    """Give all categories by their numbers."""
    return {category.id: category for category in _walk(_TREE, None)}


def _walk(nodes: Sequence[Any], parent: int | None) -> Iterator[Category]:
    for id_, name, name_en, children in nodes:
        yield Category(id_, name, name_en, parent, tuple(child[0] for child in children))
        yield from _walk(children, id_)


def is_leaf(category_id: int) -> bool:
    """Tell whether there is a category of this number that products can have."""
    category = categories().get(category_id)
    return category is not None and not category.children


def name_of(category_id: int) -> str:
    """Tell the name of a category, also of one that isn't known."""
    category = categories().get(category_id)
    return category.name if category else f"Категория {category_id}"


@cache
def parameters_of(category_id: int) -> tuple[dict[str, Any], ...]:
    """Give the parameters of a leaf as `CategoryParameterDTO`."""
    return (
        _parameter(
            BRAND, "Бренд", "ENUM", required=True, custom=True, values=BRAND_VALUES, helps=("RECOGNIZED_VENDOR",)
        ),
        {
            **_parameter(
                COLOUR, "Цвет", "ENUM", multivalue=True, distinctive=True, values=_COLOUR_VALUES, helps=("MAIN",)
            ),
            "valueRestrictions": [
                {
                    "limitingParameterId": BRAND,
                    "limitedValues": [
                        {
                            "limitingOptionValueId": BRAND_VALUES[BRANDS[0]],
                            "optionValueIds": list(_COLOUR_VALUES.values())[:2],
                        }
                    ],
                }
            ],
        },
        {
            **_parameter(WEIGHT, "Вес", "NUMERIC", filtering=True, helps=("ADDITIONAL",)),
            "unit": {
                "defaultUnitId": GRAM,
                "units": [
                    {"id": GRAM, "name": "г", "fullName": "грамм"},
                    {"id": KILOGRAM, "name": "кг", "fullName": "килограмм"},
                ],
            },
            "constraints": {"minValue": 0, "maxValue": 1_000_000},
        },
        {
            **_parameter(KIT, "Комплектация", "TEXT", multivalue=category_id % 2 == 0, helps=("ADDITIONAL",)),
            "constraints": {"maxLength": 500},
        },
        _parameter(FOR_CHILDREN, "Для детей", "BOOLEAN", filtering=True, helps=("FILTERABLE",)),
        {
            **_parameter(GROUP, "Номер карточки", "TEXT"),
            "constraints": {"maxLength": LONGEST_GROUP},
        },
    )


def _parameter(
    id_: int,
    name: str,
    kind: str,
    *,
    required: bool = False,
    filtering: bool = False,
    distinctive: bool = False,
    multivalue: bool = False,
    custom: bool = False,
    values: Mapping[str, int] | None = None,
    helps: tuple[str, ...] = (),
) -> dict[str, Any]:
    parameter: dict[str, Any] = {
        "id": id_,
        "name": name,
        "type": kind,
        "description": f"Что указать: {name.lower()}.",
        "required": required,
        "filtering": filtering,
        "distinctive": distinctive,
        "multivalue": multivalue,
        "allowCustomValues": custom,
    }
    if helps:
        parameter["recommendationTypes"] = list(helps)
    if values:
        parameter["values"] = [{"id": number, "value": value} for value, number in values.items()]
    return parameter


class Wrong(NamedTuple):
    """What is wrong with a card: the type of the error, the parameter it is about (None for none), and words."""

    type: str
    parameter_id: int | None
    message: str

    def json(self) -> dict[str, Any]:
        """Write it as `OfferContentErrorDTO`."""
        about = {} if self.parameter_id is None else {"parameterId": self.parameter_id}
        return {"type": self.type, **about, "message": self.message}


def wrong_category(category_id: int) -> Wrong | None:
    """Tell why a product can't have a category; None where it can."""
    if category_id not in categories():
        return Wrong("UNKNOWN_CATEGORY", None, f"Неизвестная категория: {category_id}")
    if not is_leaf(category_id):
        return Wrong("INVALID_CATEGORY", None, f"Категория {category_id} не листовая: укажите одну из её дочерних")
    return None


def wrong_values(category_id: int, values: Sequence[Mapping[str, Any]]) -> list[Wrong]:
    """Tell what is wrong with the values of a category's parameters."""
    known = {parameter["id"]: parameter for parameter in parameters_of(category_id)}
    found = []
    for value in values:
        parameter = known.get(value["parameterId"])
        if parameter is None:
            message = f"У категории нет характеристики {value['parameterId']}"
            found.append(Wrong("UNKNOWN_PARAMETER", value["parameterId"], message))
        else:
            found += _wrong_value(parameter, value)
    return found


def _wrong_value(parameter: Mapping[str, Any], value: Mapping[str, Any]) -> Iterator[Wrong]:
    id_, text, name = parameter["id"], value.get("value"), parameter["name"]
    units = {unit["id"] for unit in parameter.get("unit", {}).get("units", ())}
    if value.get("unitId") is not None and value["unitId"] not in units:
        yield Wrong(
            "INVALID_UNIT_ID", id_, f"Единица измерения {value['unitId']} не подходит к характеристике «{name}»"
        )
    if text is None:
        return
    if parameter["type"] == "BOOLEAN" and text.lower() not in {"true", "false"}:
        yield Wrong("UNEXPECTED_BOOLEAN_VALUE", id_, f"Значение характеристики «{name}» — true или false")
    if parameter["type"] == "NUMERIC" and not _is_number(text):
        yield Wrong("NUMBER_FORMAT", id_, f"Значение характеристики «{name}» должно быть числом")
    if id_ == GROUP and len(text) > LONGEST_GROUP:
        yield Wrong("INVALID_GROUP_ID_LENGTH", id_, f"«{name}» не длиннее {LONGEST_GROUP} символов")
    if id_ == GROUP and not text.isprintable():
        yield Wrong("INVALID_GROUP_ID_CHARACTERS", id_, f"«{name}» содержит недопустимые символы")


def _is_number(text: str) -> bool:
    try:
        float(text.replace(",", "."))
    except ValueError:
        return False
    return True
