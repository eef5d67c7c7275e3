"""How often somebody may do something: token buckets in memory, one per name."""

from __future__ import annotations

import ipaddress
import math
import time
from collections import OrderedDict
from collections.abc import Callable


class Rate:
    """`burst` at once, then `per_second` in the long run, for each name."""

    def __init__(
        self, burst: float, per_second: float, clock: Callable[[], float] = time.monotonic, names: int = 50_000
    ) -> None:
        self._burst = max(burst, 1.0)
        self._per_second = per_second
        self._clock = clock
        self._names = names
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, name: str) -> int | None:
        """None where it is allowed; otherwise after how many whole seconds it will be."""
        now = self._clock()
        left, at = self._buckets.pop(name, (self._burst, now))
        left = min(self._burst, left + (now - at) * self._per_second)
        allowed = left >= 1.0
        self._buckets[name] = (left - 1.0 if allowed else left, now)
        if len(self._buckets) > self._names:
            self._buckets.popitem(last=False)  # the name not seen for longest; its bucket is most likely full
        return None if allowed else max(1, math.ceil((1.0 - left) / self._per_second))


def address_name(address: str) -> str:
    """One name per household: an IPv4 address, or the /64 network of an IPv6 one."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, ipaddress.IPv6Address) and parsed.ipv4_mapped is None:
        return str(ipaddress.ip_network((parsed, 64), strict=False))
    return address
