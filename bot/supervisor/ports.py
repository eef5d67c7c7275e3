"""Which ports to use: the one asked for, if it is free, and free ones on loopback for the rest."""

from __future__ import annotations

import socket

LOOPBACK = "127.0.0.1"


def is_free(host: str, port: int) -> bool:
    """Whether something could listen there now. Raises OSError where the host is none of this machine's."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno == _ADDRESS_IN_USE:
                return False
            raise
        return True


def free_ports(count: int) -> list[int]:
    """So many different free ports on loopback."""
    probes = [socket.socket() for _ in range(count)]
    try:
        for probe in probes:
            probe.bind((LOOPBACK, 0))
        return [probe.getsockname()[1] for probe in probes]
    finally:
        for probe in probes:
            probe.close()


_ADDRESS_IN_USE = 98
