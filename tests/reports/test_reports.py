"""Reports: begun, waited for and fetched, in one call or in several."""

import asyncio
import subprocess
import sys
from datetime import date, timedelta

import pytest
from aiohttp import web

from tests.reports.conftest import PLENTY
from tests.reports.hosts import ID, Host
from yamarket_async import Limit, MarketClient, Wait
from yamarket_async.arguments import signature_of
from yamarket_async.endpoints import snake
from yamarket_async.errors import (
    BadRequest,
    ClientClosed,
    DecodeError,
    InvalidRequest,
    NoData,
    NotFinished,
    NotFound,
    ReportFailed,
    ServerError,
)
from yamarket_async.families import endpoints
from yamarket_async.sandbox import Sandbox
from yamarket_async.sandbox.parts.catalogue import Catalogue

TODAY = date.today()  # noqa: DTZ011 — a day more or less doesn't matter
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def failing(status: int):
    return lambda: web.json_response({"status": "ERROR", "errors": [{"code": "E"}]}, status=status)


async def labels(client: MarketClient, **options):
    return await client.generate_mass_order_labels_report(1, [1], **options)


async def test_awaiting_a_report_gives_its_file(market: MarketClient, sandbox: Sandbox) -> None:
    file = await market.generate_stocks_report(sandbox.business_id, format="CSV")
    assert file.name.endswith(".zip")
    assert file.content_type == "application/zip"
    assert len(file.content) == file.size > 0


async def test_nothing_is_sent_before_it_is_awaited(client: MarketClient, host: Host) -> None:
    report = client.generate_mass_order_labels_report(1, [1])
    assert repr(report) == "<Report generateMassOrderLabelsReport of token>"
    with pytest.raises(InvalidRequest, match="start\\(\\) the report first"):
        await report.status()
    assert not host.told


async def test_start_gives_the_id_and_the_estimate(client: MarketClient, host: Host) -> None:
    report = client.generate_mass_order_labels_report(1, [1])
    begun = await report.start()
    assert (begun.report_id, begun.estimated_generation_time) == (ID, 0)
    assert host.told == ["POST /v2/reports/documents/labels/generate"]
    assert repr(report) == f"<Report generateMassOrderLabelsReport of token {ID}>"


async def test_a_report_that_was_started_is_gone_on_with_and_then_begun_anew(client: MarketClient, host: Host) -> None:
    report = client.generate_mass_order_labels_report(1, [1])
    await report.start()
    assert (await report.status()).status == "DONE"
    assert (await report).content == host.content
    assert sum("generate" in told for told in host.told) == 1
    await report
    assert sum("generate" in told for told in host.told) == 2


async def test_another_process_goes_on_by_the_id(sandbox: Sandbox, tmp_path) -> None:
    first = (
        "import asyncio, os, sys\nfrom yamarket_async import MarketClient\nasync def main():\n"
        "    market = MarketClient(sys.argv[1], base_url=sys.argv[2])\n"
        "    begun = await market.generate_stocks_report(int(sys.argv[3]), format='JSON').start()\n"
        "    print(begun.report_id, flush=True)\n    os._exit(9)\n"
        "asyncio.run(main())\n"
    )
    command = [sys.executable, "-c", first, sandbox.api_key, sandbox.url, str(sandbox.business_id)]
    killed = await asyncio.to_thread(subprocess.run, command, capture_output=True, text=True)
    assert killed.returncode == 9, killed.stderr
    async with MarketClient(sandbox.api_key, base_url=sandbox.url) as market:
        rows = [row async for row in market.report(killed.stdout.strip()).rows()]
    assert len(rows) == 50  # what lies at the Market, of the FBY store, is in no report of the business
    assert [report.method for report in sandbox.reports.all()] == ["generateStocksReport"]


async def test_a_report_of_elsewhere_is_not_begun(client: MarketClient, host: Host) -> None:
    report = client.report(ID)
    assert repr(report) == f"<Report getReportInfo {ID}>"
    with pytest.raises(InvalidRequest, match="was begun already"):
        await report.start()
    assert (await report).content == (await report).content
    assert not any("generate" in told for told in host.told)


@pytest.mark.parametrize(
    ("arguments", "place"),
    [({"report_id": ""}, "report_id"), ({"report_id": None}, "report_id"), ({"report_id": "a" * 256}, "report_id"),
     ({"report_id": ID, "timeout": 0}, "timeout"), ({"report_id": ID, "timeout": "1"}, "timeout")],
)  # fmt: skip
async def test_what_cant_be_a_report_is_told_at_once(client: MarketClient, arguments, place: str) -> None:
    with pytest.raises(InvalidRequest, match=place):
        client.report(**arguments)


async def test_advertisers_say_so_in_every_request(client: MarketClient, host: Host) -> None:
    await client.generate_boost_consolidated_report(1, TODAY, TODAY, source_type="ADVERTISER")
    assert [told.rpartition("?")[2] for told in host.told] == ["sourceType=ADVERTISER"] * 2


async def test_it_waits_by_the_estimate_and_then_with_growing_pauses(host: Host) -> None:
    waits: list[Wait] = []
    host.begun = lambda: web.json_response({"result": {"reportId": ID, "estimatedGenerationTime": 60}, "status": "OK"})
    host.infos = [{"status": "PENDING"}, {"status": "PROCESSING"}, {"status": "PROCESSING"}, *host.infos]
    async with MarketClient("k", base_url=host.api, on_wait=waits.append) as client:
        await labels(client)
    assert [wait.endpoint for wait in waits] == ["generateMassOrderLabelsReport"] * 4
    first, *growing = [wait.seconds for wait in waits]
    assert first == 0.06
    assert 0.015 <= growing[0] <= 0.02 <= growing[1] * 1.34 <= growing[2] * 1.8


async def test_one_that_goes_on_is_looked_at_first_and_waited_for_by_what_is_left(host: Host) -> None:
    waits: list[Wait] = []
    host.infos = [{"status": "PROCESSING", "estimatedGenerationTime": 10}, *host.infos]
    host.infos[0]["generationRequestedAt"] = "2100-01-01T00:00:00Z"  # by a clock that is ahead of ours
    async with MarketClient("k", base_url=host.api, on_wait=waits.append) as client:
        await client.report(ID)
    assert [(wait.endpoint, wait.seconds) for wait in waits] == [("getReportInfo", 0.01)]


async def test_one_whose_time_is_over_already_is_looked_at_after_the_first_pause(host: Host) -> None:
    waits: list[Wait] = []
    host.infos = [{"status": "PROCESSING", "estimatedGenerationTime": 10}, *host.infos]
    async with MarketClient("k", base_url=host.api, on_wait=waits.append) as client:
        info = await client.report(ID).wait()
    assert info.file
    assert len(host.told) == 2
    assert len(waits) == 1


@pytest.mark.parametrize(
    ("sub_status", "words"),
    [("TOO_LARGE", "shorter period"), ("RESOURCE_NOT_FOUND", "check the ids"), (None, "support"), ("NEW", "support")],
)
@pytest.mark.parametrize("status", ["FAILED", "DONE"])
async def test_a_report_that_fails_says_what_to_do(
    client: MarketClient, host: Host, status: str, sub_status: str | None, words: str
) -> None:
    host.infos = [{"status": status, "subStatus": sub_status}]
    with pytest.raises(ReportFailed, match=words) as told:
        await labels(client)
    assert not isinstance(told.value, NoData)
    assert (told.value.report_id, told.value.sub_status) == (ID, sub_status)
    assert told.value.endpoint == "generateMassOrderLabelsReport"
    assert told.value.info.status == status


@pytest.mark.parametrize("status", ["FAILED", "DONE"])
@pytest.mark.parametrize("sub_status", ["NO_DATA", "NODATA"])
async def test_no_data_is_told_apart(client: MarketClient, host: Host, status: str, sub_status: str) -> None:
    host.infos = [{"status": status, "subStatus": sub_status}]
    with pytest.raises(NoData, match="no failure") as told:
        await labels(client)
    assert told.value.sub_status == "NO_DATA"


async def test_a_document_of_which_only_a_part_could_be_made_is_no_success(client: MarketClient, host: Host) -> None:
    host.infos = [{"status": "DONE", "subStatus": "RESOURCE_NOT_FOUND", "file": "https://host/part.pdf"}]
    with pytest.raises(ReportFailed, match=r"error\.info\.file") as told:
        await labels(client)
    assert told.value.info.file == "https://host/part.pdf"


async def test_after_a_failure_another_one_is_begun(client: MarketClient, host: Host) -> None:
    report = client.generate_mass_order_labels_report(1, [1])
    host.infos = [{"status": "FAILED"}, *host.infos]
    with pytest.raises(ReportFailed):
        await report
    assert (await report).content == host.content
    assert sum("generate" in told for told in host.told) == 2


async def test_each_way_to_fail_of_the_sandbox(market: MarketClient, sandbox: Sandbox) -> None:
    for sub_status in ("NO_DATA", "TOO_LARGE", "RESOURCE_NOT_FOUND", None):
        sandbox.reports.fail_next(sub_status)
        with pytest.raises(ReportFailed) as told:
            await market.generate_stocks_report(sandbox.business_id)
        assert told.value.sub_status == sub_status


async def test_a_report_the_market_forgot(client: MarketClient, host: Host, sandbox: Sandbox) -> None:
    async with MarketClient(sandbox.api_key, base_url=sandbox.url) as market:
        with pytest.raises(NotFound, match="Report not found"):
            await market.report("none")


async def test_the_timeout_bounds_the_whole(client: MarketClient, host: Host) -> None:
    host.infos = [{"status": "PROCESSING"}]
    report = client.generate_mass_order_labels_report(1, [1], timeout=0.1)
    with pytest.raises(NotFinished, match=rf"within 0.1 s.*market\.report\('{ID}'\)") as told:
        await report
    assert told.value.report_id == ID
    assert isinstance(told.value, TimeoutError)
    host.infos = [{"status": "DONE", "file": "{link}"}]
    assert (await report).content == host.content  # goes on, and begins none
    assert sum("generate" in told for told in host.told) == 1


async def test_a_timeout_before_the_start_says_so(client: MarketClient) -> None:
    while client._session.reports.may_take:
        client._session.reports.take()
    with pytest.raises(NotFinished, match="nothing was begun") as told:
        await labels(client, timeout=0.05)
    assert told.value.report_id is None


async def test_a_timeout_during_the_start_says_that_it_may_have_begun(client: MarketClient, host: Host) -> None:
    async def silent(request: web.Request) -> web.Response:
        await asyncio.sleep(60)
        raise AssertionError

    host.market = silent  # type: ignore[method-assign]
    slow = web.Application()
    slow.router.add_route("*", "/{path:.*}", silent)
    runner = web.AppRunner(slow, shutdown_timeout=0.01)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    async with MarketClient("k", base_url=f"http://127.0.0.1:{runner.addresses[0][1]}") as market:
        with pytest.raises(NotFinished, match="may be making the report all the same"):
            await labels(market, timeout=0.1)
    await runner.cleanup()


async def test_a_timeout_of_the_callers_own_stays_his(client: MarketClient, host: Host) -> None:
    host.infos = [{"status": "PROCESSING"}]
    with pytest.raises(TimeoutError) as told:
        await asyncio.wait_for(labels(client, timeout=30), 0.1)
    assert not isinstance(told.value, NotFinished)


async def test_errors_of_work_within_the_time_pass(client: MarketClient, monkeypatch: pytest.MonkeyPatch) -> None:
    report = client.generate_mass_order_labels_report(1, [1], timeout=30)

    async def failing() -> None:
        raise TimeoutError("of the disk")

    with pytest.raises(TimeoutError, match="of the disk"):
        await report._within(failing)


async def test_a_start_whose_answer_was_lost_is_not_repeated_and_says_how_to_find_out(
    client: MarketClient, host: Host
) -> None:
    host.begun = failing(503)
    with pytest.raises(ServerError, match=r"the API lists no reports, so look among those of the seller's account"):
        await labels(client)
    assert len(host.told) == 1
    assert client._session.reports.may_take
    assert not client._session.reports._places


async def test_errors_after_the_start_tell_the_id_to_go_on_with(client: MarketClient, host: Host) -> None:
    host.infos = [{"status": "PENDING", "generationRequestedAt": "yesterday"}]
    with pytest.raises(DecodeError) as told:
        await labels(client)
    assert told.value.__notes__ == [f"The report goes on at the Market: market.report('{ID}') fetches it."]


async def test_a_refusal_of_the_start_tells_of_no_report(client: MarketClient, host: Host) -> None:
    host.begun = failing(400)
    with pytest.raises(BadRequest) as told:
        await labels(client)
    assert not hasattr(told.value, "__notes__")


@pytest.mark.parametrize("result", [None, {"reportId": "", "estimatedGenerationTime": 1}])
async def test_an_answer_without_an_id(client: MarketClient, host: Host, result) -> None:
    host.begun = lambda: web.json_response({"status": "OK", "result": result})
    with pytest.raises(DecodeError, match="no reportId came"):
        await labels(client)


async def test_an_answer_that_says_nothing(client: MarketClient, host: Host) -> None:
    async def nothing(request: web.Request) -> web.Response:
        return web.json_response({"status": "OK"})

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", nothing)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    async with MarketClient("k", base_url=f"http://127.0.0.1:{runner.addresses[0][1]}") as market:
        with pytest.raises(DecodeError, match="nothing is said"):
            await market.report(ID)
    await runner.cleanup()


async def test_closing_the_client_ends_the_wait(host: Host) -> None:
    host.infos = [{"status": "PROCESSING", "estimatedGenerationTime": 60_000}]
    host.infos[0]["generationRequestedAt"] = "2100-01-01T00:00:00Z"
    client = MarketClient("k", base_url=host.api)
    task = asyncio.create_task(client.report(ID).wait())
    while not host.told:
        await asyncio.sleep(0.01)
    await client.close()
    with pytest.raises(ClientClosed):
        await task


async def test_many_reports_at_once_come_in_without_a_refusal(sandbox: Sandbox) -> None:
    sandbox.reports.takes(0.01)
    statuses: list[int | None] = []
    async with MarketClient(
        sandbox.api_key,
        base_url=sandbox.url,
        limits=dict.fromkeys(("getReportInfo", "generateStocksReport"), Limit(PLENTY)),
        on_call=lambda call: statuses.append(call.status),
    ) as market:
        reports = [market.generate_stocks_report(sandbox.business_id, format="CSV") for _ in range(80)]
        files = await asyncio.gather(*reports)
    assert len({report.report_id for report in reports}) == 80
    assert all(file.size for file in files)
    assert set(statuses) == {200}


BODIES = {
    "generateBarcodesReport": lambda s: {
        "campaign_id": s.campaign_ids[1],
        "barcode_offer_infos": [{"offerId": sku_of(s), "barcodeCount": 1}],
    },
    "generateClosureDocumentsDetalizationReport": lambda _: {"contract_type": "INCOME"},
    "generateCompetitorsPositionReport": lambda _: {"category_id": 1},
    "generateGoodsMovementReport": lambda s: {"campaign_id": s.campaign_ids[1]},
    "generateGoodsPricesReport": lambda s: {"business_id": s.business_id},
    "generateGoodsTurnoverReport": lambda s: {"campaign_id": s.campaign_ids[1]},
    "generateMassOrderLabelsReport": lambda s: {"order_ids": [s.orders.place("FBS")]},
    "generateShipmentListDocumentReport": lambda s: {"order_ids": [s.orders.place("FBS")]},
    "generateStocksOnWarehousesReport": lambda s: {"campaign_id": s.campaign_id},
    "generateKeyIndicatorsReport": lambda s: {"business_id": s.business_id},
    "generateShowsSalesReport": lambda s: {"business_id": s.business_id},
    "generateUnitedMarketplaceServicesReport": lambda _: {"date_from": TODAY - timedelta(30), "date_to": TODAY},
    "generateUnitedNettingReport": lambda _: {"date_from": TODAY - timedelta(30), "date_to": TODAY},
}
"""What a starter needs besides what the arguments' names tell."""

USUAL = {
    "date_from": TODAY - timedelta(30),
    "date_to": TODAY,
    "month_of_year": {"year": TODAY.year, "month": TODAY.month},
    "year": TODAY.year,
    "month": TODAY.month,
    "attribution_type": "CLICKS",
    "detalization_level": "MONTH",
    "grouping": "OFFERS",
    "barcode_format": "F_30_20",
}


def sku_of(sandbox: Sandbox) -> str:
    return sandbox.world.part(Catalogue).offer_ids(sandbox.campaign_id)[0]


@pytest.mark.parametrize("name", [name for name, endpoint in endpoints().items() if endpoint.report])
async def test_every_starter(market: MarketClient, sandbox: Sandbox, name: str) -> None:
    usual = {**USUAL, "business_id": sandbox.business_id, "campaign_id": sandbox.campaign_id}
    needed = [slot.argument for slot in signature_of(endpoints()[name]).slots if slot.required]
    arguments = {argument: usual[argument] for argument in needed if argument in usual}
    arguments |= BODIES.get(name, lambda _: {})(sandbox)
    file = await getattr(market, snake(name))(**arguments)
    assert file.size > 0
    assert file.content_type in {"application/pdf", XLSX, "application/zip"}
    assert [(report.method, report.status) for report in sandbox.reports.all()] == [(name, "DONE")]
