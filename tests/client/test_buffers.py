"""The buffers that answers are read into."""

import os
import platform
import subprocess
import sys

import pytest

FRESH_PROCESS = """
import resource, socket, sys
from yamarket_async import MarketClient

if sys.argv[1] == "client":
    MarketClient("ACMA:key")

def faults(reads):
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    for _ in range(reads):
        here.sendall(page)
        there.recv(262_144)  # as asyncio does
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before

here, there = socket.socketpair()
page = bytes(60_000)
faults(2)
print(faults(100))
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="only glibc gives each large block back to the system")
@pytest.mark.parametrize(("who", "least", "most"), [("nobody", 1_000, 10_000), ("client", 0, 100)])
def test_a_client_makes_glibc_keep_the_buffers_of_reads(who: str, least: int, most: int) -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("MALLOC_", "GLIBC_"))}
    command = [sys.executable, "-c", FRESH_PROCESS, who]
    page_faults = int(subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout)
    assert least <= page_faults <= most
