"""`yamarket sandbox`: what it prints, serves and says when it ends."""

import asyncio
import os
import pty
import re
import signal
import socket
import sys
from contextlib import asynccontextmanager

import aiohttp
import pytest
from click.testing import CliRunner

from yamarket_async.cli.sandbox import sandbox
from yamarket_async.families import endpoints
from yamarket_async.sandbox import Sandbox

IDS = ("CAMPAIGN_ID", "BUSINESS_ID", "PROMO_ID")
COMMAND = [sys.executable, "-c", "from yamarket_async.cli.sandbox import sandbox; sandbox()", "--port", "0"]


@asynccontextmanager
async def running(*options, **streams):
    streams = {"stdout": asyncio.subprocess.PIPE, "stderr": asyncio.subprocess.PIPE} | streams
    process = await asyncio.create_subprocess_exec(*COMMAND, *options, **streams)
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def introduction(process) -> str:
    lines = []
    async with asyncio.timeout(10):
        while not lines or not lines[-1].startswith("Ctrl-C"):
            lines.append((await process.stdout.readline()).decode())
    return "".join(lines)


def environment(printed: str) -> dict[str, str]:
    return dict(re.findall(r"^export (\w+)=(\S+)\r?$", printed, re.MULTILINE))


async def get(variables: dict[str, str], path: str) -> int:
    async with aiohttp.ClientSession() as session:
        headers = {"Api-Key": variables["YAMARKET_API_KEY"]}
        async with session.get(variables["YAMARKET_BASE_URL"] + path, headers=headers) as response:
            await response.read()
            return response.status


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
async def test_it_serves_until_it_is_told_to_end(number):
    async with running("--offers", "50", "--campaigns", "2", "--seed", "3", "--fault", "html_502=0") as process:
        printed = await introduction(process)
        variables = environment(printed)
        assert set(variables) == {f"YAMARKET_{name}" for name in ("BASE_URL", "API_KEY", *IDS)}
        table = printed.partition("export")[0]
        assert all(value in table for value in variables.values())
        assert str(int(variables["YAMARKET_CAMPAIGN_ID"]) + 1) in table
        path = f"/v2/campaigns/{variables['YAMARKET_CAMPAIGN_ID']}/hidden-offers"
        assert await get(variables, path) == 200
        process.send_signal(number)
        out, err = await process.communicate()
        assert (process.returncode, err) == (0, b"")
        assert out.decode() == "The sandbox is closed. It got 1 request and answered 0 of them 420.\n"


async def test_on_a_terminal_it_prints_a_line_for_each_request():
    ours, theirs = pty.openpty()
    wide = os.environ | {"COLUMNS": "150"}
    async with running("--offers", "50", "--fault", "html_502=1", stdout=theirs, env=wide) as process:
        os.close(theirs)
        printed = await read_until(ours, "Ctrl-C")
        variables = environment(printed)
        path = f"/v2/campaigns/{variables['YAMARKET_CAMPAIGN_ID']}/hidden-offers?limit=[3]"
        assert await get(variables, path) == 502
        assert await get(variables, "/v2/nowhere") == 404
        process.send_signal(signal.SIGINT)
        printed = await read_until(ours, "420.")
        assert await process.wait() == 0
    os.close(ours)
    lines = re.sub(r"\x1b\[[0-9;]*m", "", printed).splitlines()
    shown = [line for line in lines if " GET " in line]
    path = r"/v2/campaigns/\d+/hidden-offers\?limit=%5B3%5D"
    assert re.search(rf"\d\d:\d\d:\d\d 502 +\d+ ms GET  {path} html_502", shown[0])
    assert re.search(r"404 +\d+ ms GET  /v2/nowhere", shown[1])


async def read_until(descriptor: int, text: str) -> str:
    printed = ""
    async with asyncio.timeout(10):
        while text not in printed:
            printed += (await asyncio.to_thread(os.read, descriptor, 65_536)).decode()
    return printed


def test_a_port_in_use_is_one_clear_line():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        result = CliRunner().invoke(sandbox, ["--port", str(port), "--offers", "1"])
    assert result.exit_code == 1
    assert result.output == f"Error: can't listen on port {port}: Address already in use; choose another --port\n"


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--fault", "eror_500=1"], "there is no fault 'eror_500'"),
        (["--fault", "error_500=2"], "must be NAME=RATE with a rate from 0 to 1"),
        (["--fault", "error_500"], "must be NAME=RATE with a rate from 0 to 1"),
        (["--offers", "5", "--hidden", "6"], "hidden=6: must be between 0 and offers=5"),
        (["--window", "0"], "0"),
        (["--tier", "high"], "'medium', 'none'"),
    ],
)
def test_options_that_make_no_sense_are_an_error(options, said):
    result = CliRunner().invoke(sandbox, options)
    assert result.exit_code == 2
    assert said in " ".join(result.output.split())
    assert "Traceback" not in result.output


def test_help_names_every_option():
    printed = CliRunner().invoke(sandbox, ["--help"]).output
    for option in (
        "--port", "--offers", "--hidden", "--campaigns", "--seed", "--window", "--tier", "--latency", "--parallel",
        "--no-keep-alive", "--fault", "lost_answer",
    ):  # fmt: skip
        assert option in printed


def test_how_real_the_answers_are_is_listed():
    told = CliRunner().invoke(sandbox, ["--methods"]).output
    header, *rows = [line.split("\t") for line in told.splitlines()]
    assert header == ["method", "family", "answers"]
    assert {row[0]: row[2] for row in rows} == {name: Sandbox.reality(name) for name in endpoints()}
