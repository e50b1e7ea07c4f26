"""The pretend Market: a real HTTP server on loopback that behaves as the Market does, limits and failures included."""

from yamarket_async.sandbox.faults import Faults
from yamarket_async.sandbox.record import RecordedRequest
from yamarket_async.sandbox.server import Sandbox

__all__ = ["Faults", "RecordedRequest", "Sandbox"]
