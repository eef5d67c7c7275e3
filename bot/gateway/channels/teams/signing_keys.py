"""The issuer's signing keys: fetched when first needed, kept over an outage, looked up anew for an unknown one (T1)."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import httpx
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from jwt.algorithms import RSAAlgorithm
from jwt.exceptions import PyJWTError

log = logging.getLogger(__name__)
LEAST_BITS = 2048
MOST_KEYS = 200
FETCH_SECONDS = 5.0


class NoKeys(Exception):
    """None were ever had: nobody can be told apart."""


@dataclass(frozen=True)
class SigningKey:
    """A key and the channels that it may speak for."""

    key: RSAPublicKey
    endorsements: frozenset[str]


class SigningKeys:
    """Keys by their `kid`. `clock` counts seconds."""

    MOST_AGE = 24 * 3600.0
    PAUSE = 60.0  # between two look-ups for keys that nobody knows, and between two tries to renew old ones
    FIRST_PAUSE = 5.0  # between two tries while there are none at all

    def __init__(self, client: httpx.AsyncClient, document_url: str, clock: Callable[[], float]) -> None:
        self._client, self._url, self._clock = client, document_url, clock
        self._keys: Mapping[str, SigningKey] = {}
        self._fetched_at: float | None = None
        self._next_try = float("-inf")  # for want of keys, or of young ones
        self._next_search = float("-inf")  # for a key that nobody knows
        self._fetching = asyncio.Lock()

    async def find(self, kid: str) -> SigningKey | None:
        """The key, or None where the issuer names no such one. Raises NoKeys."""
        if self._wanting(kid):
            async with self._fetching:
                if self._wanting(kid):  # whoever waited for the same look-up needs none of his own
                    await self._fetch()
        if self._fetched_at is None:
            raise NoKeys
        return self._keys.get(kid)

    def _wanting(self, kid: str) -> bool:
        """Whether the issuer should be asked now."""
        now = self._clock()
        if self._fetched_at is None or now - self._fetched_at >= self.MOST_AGE:
            return now >= self._next_try
        return kid not in self._keys and now >= self._next_search

    async def _fetch(self) -> None:
        """Replace the keys, or keep what there is where the issuer can't be read."""
        had = self._fetched_at is not None
        await self._replace()
        # Only now, so that whoever came meanwhile waits for this look-up instead of doing without.
        if had:
            self._next_search = self._clock() + self.PAUSE
        self._next_try = self._clock() + (self.PAUSE if had else self.FIRST_PAUSE)

    async def _replace(self) -> None:
        try:
            async with asyncio.timeout(FETCH_SECONDS):
                document = await self._json(self._url)
                keys = read_keys(await self._json(str(document.get("jwks_uri", ""))))
        except (httpx.HTTPError, httpx.InvalidURL, TimeoutError, ValueError) as error:
            log.warning("the signing keys for Teams can't be had: %s", type(error).__name__)
            return
        if not keys:
            log.warning("the issuer for Teams names no usable signing key")
            return
        self._keys, self._fetched_at = keys, self._clock()

    async def _json(self, url: str) -> Mapping[str, Any]:
        answer = await self._client.get(url)
        answer.raise_for_status()
        found = answer.json()
        if not isinstance(found, dict):
            raise ValueError("not an object")
        return found


def read_keys(document: Mapping[str, Any]) -> dict[str, SigningKey]:
    """The usable keys of a JWKS document: RSA, for signing, long enough, with a name."""
    listed = document.get("keys")
    found: dict[str, SigningKey] = {}
    for entry in listed[:MOST_KEYS] if isinstance(listed, list) else ():
        if not isinstance(entry, Mapping) or entry.get("kty") != "RSA" or not isinstance(entry.get("kid"), str):
            continue
        if entry.get("use", "sig") != "sig" or entry.get("alg", "RS256") != "RS256":
            continue
        try:
            key = RSAAlgorithm.from_jwk({name: entry[name] for name in ("kty", "n", "e")})
        except (PyJWTError, ValueError, TypeError, KeyError):
            continue
        if not isinstance(key, RSAPublicKey) or key.key_size < LEAST_BITS:
            continue
        endorsements = entry.get("endorsements")
        channels = endorsements if isinstance(endorsements, list) else []
        found[entry["kid"]] = SigningKey(key, frozenset(each for each in channels if isinstance(each, str)))
    return found
