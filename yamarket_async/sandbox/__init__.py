"""The pretend Market: a real HTTP server on loopback that behaves as the Market does, limits and failures included."""

from .faults import Faults
from .record import RecordedRequest
from .server import Sandbox

__all__ = ["Faults", "RecordedRequest", "Sandbox"]
