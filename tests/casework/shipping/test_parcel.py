"""Default weights and sizes."""

import pytest

from actions.casework.shipping.parcel import default_parcel

FORM_FACTORS = ["notebook", "desktop", "aio", "workstation", "mobile_workstation", "tablet", "thin_client"]


@pytest.mark.parametrize("form_factor", [*FORM_FACTORS, "", "hovercraft"])
def test_every_form_factor_has_a_parcel(form_factor):
    parcel = default_parcel(form_factor)
    assert 0 < parcel.weight_kg <= 30
    assert all(0 < size <= 120 for size in (parcel.length_cm, parcel.width_cm, parcel.height_cm))


def test_an_unknown_one_gets_a_middling_box():
    assert default_parcel("hovercraft") == default_parcel("")
    light, middling, heavy = (default_parcel(form).weight_kg for form in ("tablet", "other", "workstation"))
    assert light < middling < heavy
