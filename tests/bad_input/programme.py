"""Every bad case of the 13 groups."""

from tests.bad_input import books, cells, files, layers, scenarios, strange


def every_case():
    found = [
        bad
        for module in (files, books, cells, layers, scenarios, strange)
        for bad in module.cases()
    ]
    assert len({bad.id for bad in found}) == len(found)
    return sorted(found, key=lambda bad: bad.id)
