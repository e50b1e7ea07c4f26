"""The buffers that answers are read into."""

import os
import platform
import subprocess
import sys

import pytest

FRESH_PROCESS = """
import resource, socket
from yamarket_async import MarketClient

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
def test_reads_of_a_client_cost_no_page_faults() -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("MALLOC_", "GLIBC_"))}
    command = [sys.executable, "-c", FRESH_PROCESS]
    page_faults = int(subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout)
    # Without a client they cost 16 each where glibc unmaps what is freed, which depends on its version.
    assert page_faults <= 100
