"""The registry's three answers (A2): a registry that is away is never a refusal."""

from __future__ import annotations

import pytest

from actions.ports import Rejected, Unavailable, Unknown
from actions.usecases.look_up_device import Found, NotRegistered, RegistryDown, look_up_device
from tests.support.examples import SERIAL, a_device


def test_a_known_and_an_unknown_number(world):
    assert look_up_device(world.registry, SERIAL) == Found(a_device())
    assert look_up_device(world.registry, "5CG6100XXX") == NotRegistered()


@pytest.mark.parametrize("error", [Unavailable(), Rejected(), Unknown()])
def test_a_registry_that_fails_is_down(world, error):
    world.registry.fail("lookup", error)
    assert look_up_device(world.registry, SERIAL) == RegistryDown()
