"""Asyncio client for the Yandex.Market Partner API."""
