"""Groups J and K: the scenario's TOML, and what it asks of policy and money."""

from functools import partial

from tests.bad_input.base import SCENARIO, tables, write_csv
from tests.bad_input.case import BadCase, answer, refuse, warn


def toml(change, folder):
    text = change(SCENARIO) if callable(change) else SCENARIO + change
    return write_csv(folder, scenario=text)


def swap(old, new):
    return lambda text: text.replace(old, new)


def raw(content, folder):
    path = write_csv(folder)
    path.write_bytes(content)
    return path


def no_file(folder):
    path = write_csv(folder)
    path.unlink()
    return path


def circle(folder):
    return write_csv(folder, scenario='extends = "scenario.toml"\n' + SCENARIO)


def serve_all(folder):
    """Every need in full from buildings of 1 m²."""
    content = tables()
    del content["floors"]
    for row in content["buildings"]:
        row["area_m2"] = "1"
    return write_csv(folder, content, SCENARIO + "[service]\nserve_all = true\n")


DEEP = "x = " + "[" * 5000 + "]" * 5000
F = "scenario.toml"
TOML = [
    ("J01-no-file", no_file, refuse(code="no-scenario")),
    ("J02-syntax", partial(toml, "a = = 1\n"), refuse(code="toml", file=F)),
    ("J03-key-twice", partial(toml, "\n[reach]\nwalk_m = 2\n"), refuse(code="toml", file=F)),
    (
        "J04-unknown-key",
        partial(toml, swap("deadline", "dedline")),
        refuse(code="unknown-key", column="dedline"),
    ),
    (
        "J05-unknown-in-table",
        partial(toml, swap("walk_m", "walk")),
        refuse(code="unknown-key", column="reach.walk"),
    ),
    (
        "J06-no-policy",
        partial(toml, swap('policy = "hangzhou-2024"\n', "")),
        refuse(code="missing-key"),
    ),
    ("J07-text-as-number", partial(toml, swap("1000", '"1000"')), refuse(column="reach.walk_m")),
    ("J08-negative-metres", partial(toml, swap("1000", "-1")), refuse(column="reach.walk_m")),
    ("J09-nan", partial(toml, swap("1000", "nan")), refuse(column="reach.walk_m")),
    ("J10-infinity", partial(toml, swap("1000", "inf")), refuse(column="reach.walk_m")),
    ("J11-true-as-number", partial(toml, swap("1000", "true")), refuse(column="reach.walk_m")),
    ("J12-not-utf8", partial(raw, SCENARIO.encode("gbk")), refuse(code="unreadable", file=F)),
    ("J13-too-deep", partial(raw, DEEP.encode()), refuse(file=F)),
    ("J14-circle", circle, refuse(code="extends-circle")),
    (
        "J15-extends-nothing",
        partial(toml, swap("name =", 'extends = "no.toml"\nname =')),
        refuse(code="no-scenario"),
    ),
    (
        "J16-extends-outside",
        partial(toml, swap("name =", 'extends = "../../../x.toml"\nname =')),
        refuse(code="outside"),
    ),
    ("J17-coords", partial(toml, swap("cgcs2000", "xian1980")), refuse(code="coords-unknown")),
    (
        "J18-no-coords",
        partial(toml, swap('coords = "cgcs2000"\n', "")),
        refuse(code="coords-missing"),
    ),
    ("J19-deadline-date", partial(toml, swap("2025", "2025-06-30")), refuse(column="deadline")),
    ("J20-detour-below-1", partial(toml, "detour = 0.5\n"), refuse(column="reach.detour")),
    ("J21-goal", partial(toml, '[goals]\norder = ["chepest"]\n'), refuse(code="unknown-goal")),
    ("J22-goal-twice", partial(toml, '[goals]\norder = ["cost", "cost"]\n'), refuse(file=F)),
    ("J23-mode", partial(toml, '[service]\nmode = "half"\n'), refuse(column="service.mode")),
    ("J24-data-a-number", partial(toml, swap('"data/"', "3")), refuse(column="data")),
    ("J25-data-a-device", partial(toml, swap('"data/"', '"/dev/stdin"')), refuse(code="outside")),
    (
        "J26-data-an-address",
        partial(toml, swap('"data/"', '"https://example.org/data"')),
        refuse(code="no-data"),
    ),
    (
        "J27-data-vsicurl",
        partial(toml, swap('"data/"', '"/vsicurl/x.gpkg"')),
        refuse(code="outside"),
    ),
    (
        "J28-change-matches-nothing",
        partial(
            toml, '[[change]]\ntable="buildings"\nmatch={id="B9"}\nset={lift="0"}\nreason="r"\n'
        ),
        refuse(code="change-matches-nothing"),
    ),
    (
        "J29-change-unknown-column",
        partial(
            toml, '[[change]]\ntable="buildings"\nmatch={id="B001"}\nset={lifft="0"}\nreason="r"\n'
        ),
        refuse(code="change-column"),
    ),
    (
        "J30-change-without-reason",
        partial(toml, '[[change]]\ntable="buildings"\nmatch={id="B001"}\nset={lift="0"}\n'),
        refuse(code="missing-key"),
    ),
    (
        "J31-change-to-a-bad-value",
        partial(
            toml, '[[change]]\ntable="buildings"\nmatch={id="B001"}\nset={lift="9"}\nreason="r"\n'
        ),
        refuse(code="not-a-choice", column="lift"),
    ),
    (
        "J32-change-of-no-table",
        partial(
            toml,
            '[[change]]\ntable="needs"\nmatch={community="c"}\nset={persons="9"}\nreason="r"\n',
        ),
        refuse(code="change-matches-nothing"),
    ),
    ("J33-compare-empty", partial(toml, "[compare]\nbudget.total_10k_yuan = []\n"), refuse(file=F)),
    ("J34-two-megabytes", partial(raw, (SCENARIO + "# " + "x" * 2**21).encode()), refuse(file=F)),
    ("J35-empty", partial(raw, b""), refuse(code="missing-key")),
]
BUDGET = "total_10k_yuan = 500"
POLICY = [
    (
        "K01-unknown-pack",
        partial(toml, swap("hangzhou-2024", "hangzou-2024")),
        refuse(code="unknown-pack"),
    ),
    (
        "K02-pack-outside",
        partial(toml, swap("hangzhou-2024", "../../../x.toml")),
        refuse(file="scenario.toml"),
    ),
    (
        "K03-negative-budget",
        partial(toml, swap("= 500", "= -1")),
        refuse(column="budget.total_10k_yuan"),
    ),
    (
        "K04-budget-nan",
        partial(toml, swap("= 500", "= nan")),
        refuse(column="budget.total_10k_yuan"),
    ),
    (
        "K05-budget-words",
        partial(toml, swap("= 500", '= "500万"')),
        refuse(column="budget.total_10k_yuan"),
    ),
    (
        "K06-budget-twice",
        partial(toml, swap(BUDGET, BUDGET + "\ntotal_yuan = 5000000")),
        refuse(code="given-twice"),
    ),
    (
        "K07-part-of-a-fen",
        partial(toml, swap("= 500", "= 0.0000001")),
        refuse(column="budget.total_10k_yuan"),
    ),
    (
        "K08-district-misspelt",
        partial(toml, swap(BUDGET, 'by_district_10k_yuan = { "拱墅" = 5 }')),
        refuse(code="unknown-district"),
    ),
    (
        "K09-district-of-else",
        partial(toml, swap(BUDGET, 'by_district_10k_yuan = { "临安市" = 5 }')),
        warn(code="unknown-district"),
    ),
    ("K10-no-sources", partial(toml, swap(BUDGET, "by_source_10k_yuan = {}")), refuse(file=F)),
    (
        "K11-source-without-money",
        partial(toml, "[sources.bond]\nhub = true\n"),
        warn(code="source-without-budget"),
    ),
    (
        "K12-no-such-item",
        partial(
            toml,
            lambda text: (
                text.replace(BUDGET, "by_source_10k_yuan = { bond = 5 }")
                + '[sources.bond]\nany_item = ["elderli"]\n'
            ),
        ),
        refuse(code="no-such-item"),
    ),
    (
        "K13-year-in-words",
        partial(toml, swap(BUDGET, 'by_year_10k_yuan = { "今年" = 5 }')),
        refuse(file=F),
    ),
    (
        "K14-target-below-0",
        partial(toml, swap("target = 2", "target = -2")),
        refuse(column="pilots.target"),
    ),
    (
        "K15-target-a-half",
        partial(toml, swap("target = 2", "target = 1.5")),
        refuse(column="pilots.target"),
    ),
    (
        "K16-rule-without-reason",
        partial(toml, "[rules]\noffice_share = { value = 0.06 }\n"),
        refuse(code="missing-key"),
    ),
    (
        "K17-unknown-rule",
        partial(toml, '[rules]\nofice = { value = 1, reason = "r" }\n'),
        refuse(code="unknown-key"),
    ),
    (
        "K18-share-over-1",
        partial(toml, '[rules]\noffice_share = { value = 6, reason = "r" }\n'),
        refuse(code="override-value"),
    ),
    (
        "K19-share-in-words",
        partial(toml, '[rules]\noffice_share = { value = "6%", reason = "r" }\n'),
        refuse(code="override-value"),
    ),
    (
        "K20-no-such-rule",
        partial(toml, '[rules]\nHZ-99 = { enforce = false, reason = "r" }\n'),
        refuse(code="unknown-key"),
    ),
    (
        "K21-blank-reason",
        partial(toml, '[rules]\noffice_share = { value = 0, reason = " " }\n'),
        refuse(file=F),
    ),
    (
        "K22-share-nan",
        partial(toml, '[rules]\noffice_share = { value = nan, reason = "r" }\n'),
        refuse(),
    ),
    ("K23-serve-all-of-too-much", serve_all, answer()),
]


def cases():
    return [BadCase(*row) for row in (*TOML, *POLICY)]
