"""Groups E to H: one cell spoiled, in CSV and in a workbook alike."""

from functools import partial

from tests.bad_input.base import tables, workbook, write_book, write_csv
from tests.bad_input.case import BadCase, either, normalise, refuse, warn

LONG_ID = "330105199901011234"


def spoiled(table, row, column, cell):
    content = tables()
    content[table][row][column] = cell
    return content


def in_csv(change, folder):
    return write_csv(folder, spoiled(*change))


def in_book(change, folder):
    return write_book(folder, workbook(spoiled(*change)))


def both(id, change, expected, forms=("csv", "xlsx")):
    """The case in both forms; the place of a refusal is the cell itself."""
    builds = {"csv": in_csv, "xlsx": in_book}
    return [BadCase(f"{id}-{form}", partial(builds[form], change), expected) for form in forms]


def faulty(id, table, row, column, cell, code="", told=refuse):
    place = {"row": row + 2, "column": column} | ({"code": code} if code else {})
    return both(id, (table, row, column, cell), told(**place))


def read_as(id, table, row, column, cell, value, code=""):
    place = {"row": row + 2, "column": column, "code": code} if code else {}
    return both(id, (table, row, column, cell), normalise(table, row, column, value, **place))


B, C, E, FLOOR = "buildings", "communities", "facilities", "floors"
IDS = [
    faulty("E01-empty-id", C, 1, "id", "", "cell-missing"),
    faulty("E02-same-id", B, 2, "id", "B001", "duplicate"),
    faulty("E03-scientific-id", C, 1, "id", "3.30105E+11", "code-damaged"),
    faulty("E04-small-e", C, 1, "id", "3.30105e+11", "code-damaged"),
    faulty("E05-cut-to-15-digits", C, 1, "id", LONG_ID[:15] + "000", "code-damaged"),
    faulty("E06-error-as-id", B, 1, "id", "#REF!", "error-cell"),
    faulty("E07-control-sign", B, 1, "id", "B\x01X", "control-character")[:1],
    faulty("E08-lost-signs", B, 1, "id", "B\ufffd2", "text-damaged"),
    read_as("E09-blank-after", E, 1, "id", "E2 ", "E2"),
    read_as("E10-full-width", E, 1, "id", "\uff25\uff12", "E2", "cell-cleaned"),
    read_as("E11-zero-width", E, 1, "id", "E\u200b2", "E2", "cell-cleaned"),
    read_as("E12-apostrophe", E, 1, "id", "'0012", "0012", "cell-cleaned"),
    read_as("E13-kept-from-counting", E, 1, "id", '="0012"', "0012", "cell-cleaned")[:1],
    read_as("E14-leading-zeros", E, 1, "id", "0012", "0012"),
    read_as("E15-exponent-like", E, 1, "id", "12E3", "12E3"),
    read_as("E16-date-like", E, 1, "id", "3-5", "3-5"),
    read_as("E17-18-digits", E, 1, "id", LONG_ID, LONG_ID),
    read_as("E18-none-as-id", E, 1, "id", "None", "None"),
    read_as("E19-name-na", B, 1, "name", "NA", "NA"),
    read_as("E20-name-keeps-signs", B, 1, "name", "旧楼\uff08二\uff09", "旧楼\uff08二\uff09"),
    faulty("E21-same-but-for-width", B, 2, "id", "\uff22001", "duplicate"),
]
NUMBERS = [
    faulty("F01-word", B, 1, "area_m2", "六百", "not-a-number"),
    faulty("F02-about", B, 1, "area_m2", "约600", "not-a-number"),
    faulty("F03-range", B, 1, "area_m2", "600-700", "not-a-number"),
    faulty("F04-negative", B, 1, "area_m2", "-20", "too-small"),
    faulty("F05-zero", B, 1, "area_m2", "0", "too-small"),
    faulty("F06-exponent", B, 1, "area_m2", "6e2", "not-a-number"),
    faulty("F07-nan", B, 1, "area_m2", "NaN", "not-a-number"),
    faulty("F08-infinity", B, 1, "area_m2", "inf", "not-a-number"),
    faulty("F09-underscore", B, 1, "area_m2", "1_200", "not-a-number"),
    faulty("F10-wrong-thousands", B, 1, "area_m2", "1,20", "not-a-number"),
    faulty("F11-german", B, 1, "area_m2", "1.200,50", "not-a-number"),
    faulty("F12-two-points", B, 1, "area_m2", "1.2.3", "not-a-number"),
    faulty("F13-blank-inside", B, 1, "area_m2", "1 200", "not-a-number"),
    faulty("F14-other-digits", B, 1, "area_m2", "\u0661\u0662\u0660", "not-a-number"),
    faulty("F15-superscript", B, 1, "area_m2", "60\u00b2", "not-a-number"),
    faulty("F16-fraction", B, 1, "area_m2", "\u00bd", "not-a-number"),
    faulty("F17-three-decimals", B, 1, "area_m2", "600.005", "too-many-decimals"),
    faulty("F18-huge", B, 1, "area_m2", "9" * 30, "too-large"),
    faulty("F19-date", B, 1, "area_m2", "2025-06-30", "number-as-date"),
    faulty("F20-error", B, 1, "area_m2", "#VALUE!", "error-cell"),
    faulty("F21-too-narrow", B, 1, "area_m2", "########", "error-cell"),
    faulty("F22-mu", B, 1, "area_m2", "3亩", "not-a-number"),
    faulty("F23-dash", B, 1, "area_m2", "-", "not-a-number"),
    faulty("F24-stroke", B, 1, "area_m2", "/", "not-a-number"),
    faulty("F25-half-a-household", C, 1, "households", "600.5", "not-whole"),
    faulty("F26-people-below-0", C, 1, "residents", "-1", "too-small"),
    faulty("F27-percent", B, 1, "acquire_yuan", "12%", "not-a-number"),
    faulty("F28-dollar", B, 1, "acquire_yuan", "$100", "not-a-number"),
    faulty("F29-a-tenth-of-a-fen", B, 1, "acquire_yuan", "0.001", "too-many-decimals"),
    faulty("F30-true", B, 1, "area_m2", "TRUE", "not-a-number"),
    read_as("F31-thousands", B, 1, "area_m2", "1,200.50", "1200.50", "cell-grouped"),
    read_as("F32-full-width", B, 1, "area_m2", "\uff11\uff12\uff10\uff10", "1200", "cell-cleaned"),
    read_as("F33-unit", B, 1, "area_m2", "1200㎡", "1200", "cell-unit"),
    read_as("F34-ten-thousand", B, 1, "area_m2", "0.12万㎡", "1200.00", "cell-unit"),
    read_as("F35-wan-yuan", B, 1, "acquire_yuan", "30万元", "300000", "cell-unit"),
    read_as("F36-wan-households", C, 1, "households", "0.12万", "1200", "cell-unit"),
    read_as("F37-households", C, 1, "households", "1200户", "1200", "cell-unit"),
    read_as("F38-plus", B, 1, "area_m2", "+700", "700"),
    read_as("F39-point-last", B, 1, "area_m2", "700.", "700"),
    read_as("F40-zeros-before", B, 1, "area_m2", "0700", "700"),
    both("F41-huge-exponent", (B, 1, "area_m2", "1e400"), refuse(row=3, column="area_m2")),
    faulty("F42-floor-below-0", FLOOR, 1, "area_m2", "-5", "too-small"),
    faulty("F43-floors-exceed", B, 1, "area_m2", "10", "floors-exceed"),
    faulty("F44-level-0", FLOOR, 1, "level", "0", "level-zero"),
    faulty("F45-half-a-level", FLOOR, 1, "level", "1.5", "not-whole"),
    read_as("F46-basement", FLOOR, 1, "level", "地下1层", "-1"),
    read_as("F47-level-word", FLOOR, 1, "level", "2层", "2"),
]
WORDS = [
    faulty("G01-owner", B, 1, "owner", "royal", "not-a-choice"),
    faulty("G02-owner-long", B, 1, "owner", "国有企业", "not-a-choice"),
    faulty("G03-route", B, 1, "route", "gift", "not-a-choice"),
    faulty("G04-kind", C, 1, "kind", "alt", "not-a-choice"),
    faulty("G05-flag", B, 1, "consent_owner", "也许", "not-a-flag"),
    faulty("G06-flag-2", B, 1, "fire_ok", "2", "not-a-choice"),
    faulty("G07-fire-class", B, 1, "fire_class", "V", "not-a-choice"),
    faulty("G08-year-short", B, 1, "available_year", "25", "not-a-year"),
    faulty("G09-year-words", B, 1, "available_year", "二〇二五", "not-a-number"),
    faulty("G10-year-serial", B, 1, "available_year", "45838", "not-a-year"),
    faulty("G11-no-such-day", B, 1, "available_year", "2025-13-45", "no-such-day"),
    faulty("G12-30-february", B, 1, "available_year", "2024-02-30", "no-such-day"),
    faulty("G13-year-decimal", B, 1, "available_year", "2024.5", ""),
    read_as("G14-date", B, 1, "available_year", "2024-06-30", "2024", "cell-date"),
    read_as("G15-chinese-date", B, 1, "available_year", "2024年6月", "2024", "cell-date"),
    read_as("G16-year-word", B, 1, "available_year", "2024年", "2024"),
    read_as("G17-tick", B, 1, "consent_owner", "√", "1"),
    read_as("G18-yes", B, 1, "consent_owner", "是", "1"),
    read_as("G19-capitals", B, 1, "owner", "State", "state"),
    read_as("G20-chinese-owner", B, 1, "owner", "国有", "state"),
    read_as("G21-roman", B, 1, "fire_class", "Ⅱ", "II"),
    faulty("G22-pilot", C, 1, "pilot", "maybe", "not-a-choice"),
    faulty("G23-type", C, 1, "type", "小区", "not-a-choice"),
]
REFERENCES = [
    faulty("H01-community", E, 1, "community", "999", "unknown-id"),
    faulty("H02-by-name", E, 1, "community", "第2社区", "unknown-id"),
    faulty("H03-function", E, 1, "function", "clinik", "unknown-id"),
    faulty("H04-building", FLOOR, 1, "building", "B999", "unknown-id"),
    faulty("H05-zeros-lost", FLOOR, 1, "building", "b001", "unknown-id"),
    faulty("H06-lock-word", B, 1, "lock", "most", "lock-unknown"),
    faulty("H07-lock-id", B, 1, "lock", "community:999", "lock-unknown"),
    faulty("H08-locks-contradict", B, 1, "lock", "must;never", "lock-contradiction"),
    faulty("H09-replaces", B, 1, "replaces", "E99", "refit-impossible"),
    faulty("H10-no-function", E, 1, "function", "", "function-missing"),
    both("H11-floor-twice", (FLOOR, 1, "level", "1"), refuse(code="duplicate", row=3)),
    faulty("H12-two-hosts", B, 1, "lock", "community:330105001051;community:330105001052", ""),
]
COORDINATES = [
    faulty("I02-zero", B, 1, "lon", "0", "outside-china"),
    faulty("I03-abroad", B, 1, "lon", "20.15", "outside-china"),
    faulty("I04-no-lon", B, 1, "lon", "", "no-position"),
    faulty("I05-no-lat", C, 1, "lat", "", "no-position"),
    faulty("I06-minutes", B, 1, "lon", "120°9'15\"", "not-a-number"),
    faulty("I07-metres", B, 1, "lon", "518650", "too-large"),
    both("I08-other-city", (B, 1, "lon", "121.15"), refuse(code="out-of-city", row=3)),
    both("I09-other-city-community", (C, 1, "lat", "31.30"), refuse(code="out-of-city", row=3)),
    faulty("I11-facility-far", E, 1, "lon", "120.25", "facility-far", told=warn),
    faulty("I12-comma", B, 1, "lon", "120,1521", "not-a-number"),
    read_as("I13-full-width", B, 1, "lon", "120.1524\u3000", "120.1524"),
    both("I14-degree-sign", (B, 1, "lon", "120.1524°"), either(B, 1, "lon", "120.1524")),
]


def cases():
    groups = (IDS, NUMBERS, WORDS, REFERENCES, COORDINATES)
    return [bad for group in groups for pair in group for bad in pair]
