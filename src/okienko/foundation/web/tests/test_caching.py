"""What a signed-in person saw is not kept by her browser."""

from __future__ import annotations


def test_a_page_of_a_signed_in_person_is_not_kept(anna, office):
    assert anna.get(f"/u/{office.slug}/")["Cache-Control"] == "private, no-store"


def test_a_page_for_everybody_may_be_kept(ewa):
    assert "no-store" not in ewa.get("/zdrowie").get("Cache-Control", "")
