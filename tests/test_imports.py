"""What can be imported from where, and what that loads."""

import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from types import ModuleType

import pytest

import yamarket_async
from yamarket_async import errors, families, models, notifications

pytestmark = pytest.mark.usefixtures("unmeasured")


def loaded_by(program: str) -> set[str]:
    """The modules that a fresh Python has loaded after a program, which must raise and print nothing itself."""
    shown = f"{program}\nimport sys\nsys.stdout.write(' '.join(sys.modules))"
    done = subprocess.run([sys.executable, "-W", "error", "-c", shown], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    return set(done.stdout.split())


def test_the_package_alone_loads_nothing_else() -> None:
    modules = loaded_by("import yamarket_async")
    assert not {"aiohttp", "msgspec", "asyncio"} & modules
    assert {name for name in modules if name.startswith("yamarket_async")} == {"yamarket_async"}


def test_the_client_loads_no_extra_and_no_sandbox() -> None:
    modules = loaded_by("from yamarket_async import MarketClient")
    extras = {"redis", "opentelemetry", "click", "rich", "pyarrow", "pydantic", "pydantic_core", "pytest"}
    assert not (extras | {"aiohttp.web", "yamarket_async.sandbox", "yamarket_async.cli"}) & modules


def test_all_names_can_be_imported_without_extras() -> None:
    missing = "sys.modules |= dict.fromkeys(['redis', 'opentelemetry', 'click', 'rich', 'pyarrow'])"
    loaded_by(f"import sys\n{missing}\nfrom yamarket_async import *\nMarketClient, Retry, Limit, Wait")


SUBMODULES = {"errors", "models", "notifications", "otel", "sandbox"}


@pytest.mark.parametrize(
    ("module", "more"),
    [
        (yamarket_async, {"RedisLimiter", *SUBMODULES}),
        (errors, set()),
        (models, set()),
        (notifications, {"RedisStore"}),
    ],
)
def test_completion_shows_every_name_and_nothing_else_and_each_is_there(module: ModuleType, more: set[str]) -> None:
    assert dir(module) == sorted({*module.__all__, *more})
    for name in dir(module):
        assert getattr(module, name) is not None


def test_submodules_that_completion_shows_are_there_before_they_are_imported() -> None:
    each_in_a_process_of_its_own = f"""
import os, sys, yamarket_async
for name in {sorted(SUBMODULES)}:
    if not (child := os.fork()):
        getattr(yamarket_async, name)
        os._exit(f"yamarket_async.{{name}}" not in sys.modules)
    assert os.waitpid(child, 0)[1] == 0, name
"""
    loaded_by(each_in_a_process_of_its_own)


def test_a_name_that_is_not_there_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'MarketClent'"):
        _ = yamarket_async.MarketClent


def test_every_error_is_public() -> None:
    own = {
        name for name, value in vars(errors).items() if isinstance(value, type) and value.__module__ == errors.__name__
    }
    public = {name for name in own if issubclass(vars(errors)[name], (errors.MarketError, errors.ErrorDetail))}
    assert set(errors.__all__) == public


def test_a_name_that_there_is_not_is_none_of_the_models():
    for name in ("NoSuchStruct", "no_such_function", "_private"):
        with pytest.raises(AttributeError, match=name):
            getattr(models, name)
    assert {"Order", "CampaignOffer"} <= set(dir(models))


def test_checkers_see_the_structs_of_the_modules_in_which_they_are_found_at_run_time():
    written = re.findall(r"^    (from \S+ import \*)$", Path(models.__file__).read_text("utf-8"), re.MULTILINE)
    wanted = [f"from {name} import *" for name in sorted(models._modules())]
    problems = [f"add {line!r} under TYPE_CHECKING" for line in wanted if line not in written]
    problems += [f"remove {line!r}: nothing is found there at run time" for line in written if line not in wanted]
    assert not problems, f"{models.__file__}: {'; '.join(problems)}"
    assert written == wanted, "in alphabetical order"


def test_every_folder_of_a_family_and_every_shared_module_of_structs_is_named():
    folders = [module.name for module in iter_modules(families.__path__) if module.ispkg]
    assert sorted(folders) == sorted(families.FAMILIES), "families/names.py names the folders beside it"
    for beside in iter_modules(models.__path__):
        defined = models._public(import_module(f"{models.__name__}.{beside.name}")).values()
        if any(issubclass(kind, (models.Model, models.OpenEnum)) for kind in defined):
            assert beside.name in models._SHARED, f"add {beside.name!r} to _SHARED in {models.__file__}"
