"""Every locked package is listed with a licence that allows what we do."""

from optimizer.licences import licence_of, listed, locked, page

COPYLEFT = ("GPL", "AGPL", "SSPL", "Commons Clause")


def test_every_locked_package_is_listed_with_a_licence():
    assert list(listed()) == locked()
    assert not [name for name, said in listed().items() if said in ("", "?")]


def test_every_package_that_is_installed_says_its_licence_and_the_page_can_be_made():
    assert not [name for name in locked() if licence_of(name) == ""]
    assert page().count("\n| ") == len(locked()) + 1


def test_none_of_them_asks_more_than_to_be_named():
    for name, said in listed().items():
        assert not [word for word in COPYLEFT if word in said and "LGPL" not in said], name
