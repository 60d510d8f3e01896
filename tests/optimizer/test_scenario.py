"""A scenario file: what it extends, what it may say, and every fault of it at once."""

from decimal import Decimal

import pytest

from optimizer.errors import InputError
from optimizer.packs import SHIPPED, apply_overrides, read_policy
from optimizer.scenario import read_scenario

LEAST = 'policy = "hangzhou-2024"\n'


def written(folder, text, name="scenario.toml"):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def faults(folder, text):
    with pytest.raises(InputError) as error:
        read_scenario(written(folder, text))
    return {(issue.code, issue.column) for issue in error.value.issues}


def test_only_the_policy_is_required(tmp_path):
    read = read_scenario(written(tmp_path, LEAST))
    assert read.data == tmp_path / "data"
    assert read.total_yuan is read.pilots_target is read.walk_m is None
    assert read.detour == Decimal("1.3")
    assert faults(tmp_path, 'name = "x"') == {("missing-key", "policy")}


@pytest.mark.parametrize(
    ("money", "yuan"),
    [
        ("total_10k_yuan = 6000", "60000000"),
        ("total_yuan = 60000000.01", "60000000.01"),
        ("total_10k_yuan = 0.000001", "0.01"),
    ],
)
def test_money_is_exact_in_yuan_or_ten_thousands(money, yuan, tmp_path):
    assert read_scenario(written(tmp_path, f"{LEAST}[budget]\n{money}")).total_yuan == Decimal(yuan)


def test_host_reach_follows_the_service_reach_where_it_is_absent(tmp_path):
    assert read_scenario(written(tmp_path, LEAST + "[reach]\nwalk_m = 800")).host_m == 800
    both = LEAST + "[reach]\nwalk_m = 800\nhost_m = 500"
    assert read_scenario(written(tmp_path, both)).host_m == 500


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("budgets = 3", ("unknown-key", "budgets")),
        ("[budget]\ntotal_10k = 3", ("unknown-key", "budget.total_10k")),
        ("[budget]\ntotal_yuan = -1", ("wrong-type", "budget.total_yuan")),
        ("[budget]\ntotal_yuan = 0.005", ("wrong-type", "budget.total_yuan")),
        ("[budget]\ntotal_yuan = 1\ntotal_10k_yuan = 1", ("given-twice", "budget.total_10k_yuan")),
        ("[pilots]\ntarget = 2.5", ("wrong-type", "pilots.target")),
        ('[goals]\norder = ["cheap"]', ("unknown-goal", "goals.order.1")),
        ("[goals]\norder = []", ("wrong-type", "goals.order")),
        ('[rules]\n"HZ-39" = { enforce = false }', ("missing-key", "rules.HZ-39.reason")),
        ('coords = "gcj2"', ("coords-unknown", "coords")),
        ("deadline = true", ("wrong-type", "deadline")),
    ],
)
def test_a_fault_is_named_by_its_key(text, fault, tmp_path):
    assert fault in faults(tmp_path, LEAST + text)


def test_all_faults_come_at_once_and_an_unknown_key_names_the_nearest(tmp_path):
    text = LEAST + "budgte = 1\n[pilots]\ntarget = -1\n[reach]\nwalk = 3"
    assert {column for _, column in faults(tmp_path, text)} == {
        "budgte",
        "pilots.target",
        "reach.walk",
    }
    with pytest.raises(InputError) as error:
        read_scenario(written(tmp_path, LEAST + "budgte = 1"))
    assert "budget" in error.value.issues[0].line("en")


def test_a_scenario_takes_what_it_does_not_say_from_the_one_it_extends(tmp_path):
    written(tmp_path, LEAST + "[budget]\ntotal_yuan = 5\n[pilots]\ntarget = 3", "base.toml")
    above = 'extends = "../base.toml"\n[budget]\ntotal_yuan = 7'
    read = read_scenario(written(tmp_path, above, "here/scenario.toml"))
    assert (read.total_yuan, read.pilots_target) == (7, 3)


def test_a_circle_of_scenarios_is_a_fault(tmp_path):
    written(tmp_path, 'extends = "scenario.toml"', "base.toml")
    assert faults(tmp_path, 'extends = "base.toml"') == {("extends-circle", "extends")}


def test_paths_stay_in_the_parent_of_the_folder_unless_allowed(tmp_path):
    far = written(tmp_path, LEAST + 'data = "../../../far"', "a/b/scenario.toml")
    with pytest.raises(InputError) as error:
        read_scenario(far)
    assert error.value.issues[0].code == "outside"
    assert read_scenario(far, allow_outside=True).data.name == "far"


@pytest.mark.parametrize(
    ("content", "code"), [(b"policy = ", "toml"), (b'name = "\xff"', "unreadable")]
)
def test_a_file_that_is_no_toml_is_one_message(content, code, tmp_path):
    path = tmp_path / "scenario.toml"
    path.write_bytes(content)
    with pytest.raises(InputError) as error:
        read_scenario(path)
    assert [issue.code for issue in error.value.issues] == [code]


def test_a_missing_scenario_is_one_message(tmp_path):
    with pytest.raises(InputError) as error:
        read_scenario(tmp_path / "nothing.toml")
    assert [issue.code for issue in error.value.issues] == ["no-scenario"]


def test_a_figure_of_the_pack_may_be_set_and_a_rule_switched_off_with_a_reason(tmp_path):
    said = (
        '[rules]\noffice_share = { value = 0.06, reason = "a" }\n'
        'HZ-39 = { enforce = false, reason = "b" }\n'
    )
    policy = read_policy("hangzhou-2024", tmp_path)
    changed = apply_overrides(policy, read_scenario(written(tmp_path, LEAST + said)).rules)
    assert (policy.office_share, policy.domains_required) == (0, True)
    assert (changed.office_share, changed.domains_required) == (Decimal("0.06"), False)


@pytest.mark.parametrize(
    "rule", ['"HZ-99" = { enforce = false, reason = "x" }', 'speed = { value = 1, reason = "x" }']
)
def test_an_override_of_nothing_is_a_fault(rule, tmp_path):
    scenario = read_scenario(written(tmp_path, f"{LEAST}[rules]\n{rule}"))
    with pytest.raises(InputError):
        apply_overrides(read_policy("hangzhou-2024", tmp_path), scenario.rules)


def test_a_figure_without_a_source_does_not_load(tmp_path):
    shipped = (SHIPPED / "policies" / "hangzhou-2024.toml").read_text("utf-8")
    bare = shipped.replace(
        'hub_min_items = { value = 3, clause = "三(三)2", rule = "HZ-40", ',
        "hub_min_items = { value = 3, ",
    )
    assert bare != shipped
    written(tmp_path, bare, "own.toml")
    with pytest.raises(InputError) as error:
        read_policy("own.toml", tmp_path)
    assert error.value.issues[0].code == "figure-without-source"


def test_an_unknown_pack_names_the_nearest(tmp_path):
    with pytest.raises(InputError) as error:
        read_policy("hangzou-2024", tmp_path)
    assert "hangzhou-2024" in error.value.issues[0].line("en")


def test_every_rule_of_the_programme_is_listed_with_where_it_is_treated(tmp_path):
    rules = read_policy("hangzhou-2024", tmp_path).rules
    assert len(rules) == 74
    for rule in rules:
        assert rule.clause
        assert rule.where or (rule.note_zh and rule.note_en), rule.id
