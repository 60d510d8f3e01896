"""What a person meets on the screen: both languages everywhere, notes apart from results."""

import ast
import inspect
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from optimizer import cli, labels
from optimizer.commands import COMMANDS
from optimizer.commands.export import FORMATS
from optimizer.commands.speech import half
from optimizer.export.formats import EXPORTERS
from optimizer.export.grid import width_of
from optimizer.progress import LevelTable, PointLines, ProgressLines, solve_progress
from optimizer.screen import screen
from optimizer.solve.outcome import Level
from optimizer.summary import print_verdict
from optimizer.sweep.points import Point
from optimizer.verify import Report
from optimizer.voice import VOICE, Voice
from tests.oracle.folder import write_case
from tests.oracle.kit import building, case, community, function, needed

ROOT = Path(__file__).resolve().parents[2]
CHINESE = re.compile(r"[\u4e00-\u9fff]")
CLAUSE = re.compile(r"[一二三四五六]\([一二三四五六]\)")  # a citation stays as it is
LATIN = re.compile(r"[A-Za-z]{3}")
FILES = sorted(ROOT.glob("optimizer/**/*.py"))


def call(*words, env=None):
    return subprocess.run(
        [sys.executable, "-m", "optimizer", *map(str, words)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=300,
        env={**os.environ, **(env or {})},
    )


@pytest.mark.parametrize("command", COMMANDS, ids=lambda c: c.__name__)
def test_every_command_and_option_has_help_in_both_languages(command):
    texts = [inspect.getdoc(command)]
    for name, option in command.__annotations__.items():
        if name != "return":
            texts += [getattr(part, "help", None) for part in option.__metadata__]
    for text in texts:
        assert CHINESE.search(text), text
        assert LATIN.search(text), text


@pytest.mark.parametrize("command", COMMANDS, ids=lambda c: c.__name__)
def test_every_command_takes_the_shared_options(command):
    assert {"as_json", "lang", "quiet", "verbose"} <= set(inspect.signature(command).parameters)


WRONG_CALLS = {
    "": (),
    "没有选项 --gapp。是不是要 --gap?": ("solve", "tiny", "--out", "x", "--gapp", "3"),
    "没有选项 --wholly。": ("check", "tiny", "--wholly"),
    "没有命令 'solv'。是不是要 'solve'?": ("solv", "tiny"),
    "没有命令 'nothing'。": ("nothing",),
    "缺少 'scenario'。": ("solve",),
    "缺少 '--out'。": ("solve", "tiny"),
    "选项 '--out' 后面要有值。": ("solve", "tiny", "--out"),
    "选项 '--json' 后面不带值。": ("check", "tiny", "--json=3"),
    "多出的参数:more。": ("check", "tiny", "more"),
    "'--gap' 最大 1。": ("solve", "tiny", "--out", "x", "--gap", "3"),
    "'--threads' 最小 1。": ("solve", "tiny", "--out", "x", "--threads", "0"),
    "'--gap' 必须是数。": ("solve", "tiny", "--out", "x", "--gap", "z"),
    "'--threads' 必须是整数。": ("solve", "tiny", "--out", "x", "--threads", "1.5"),
    "'--engine' 不能是 'foo',可用:'exact', 'city', 'auto'。": (
        *("solve", "tiny", "--out", "x", "--engine", "foo"),
    ),
}


TURN = {"round": 1, "rounds": 40}


def run_in_process(words, monkeypatch, capsys, lang):
    monkeypatch.setattr(sys, "argv", ["linli", *words])
    monkeypatch.setenv("LINLI_LANG", lang)
    with pytest.raises(SystemExit) as ended:
        cli.main()
    return ended.value.code, *capsys.readouterr()


@pytest.mark.parametrize(("chinese", "words"), WRONG_CALLS.items())
def test_a_wrong_call_is_told_in_the_language_asked_for(chinese, words, monkeypatch, capsys):
    code, _, said = run_in_process(words, monkeypatch, capsys, "zh")
    assert code == 2
    assert said.startswith(chinese)
    code, _, said = run_in_process((*words, "--lang", "en"), monkeypatch, capsys, "zh")
    assert code == 2
    assert LATIN.search(said)
    assert not CHINESE.search(said)


def test_a_wrong_call_is_json_on_stdout_where_json_is_asked_for(monkeypatch, capsys):
    code, out, _ = run_in_process(("verify", "--json"), monkeypatch, capsys, "zh")
    assert code == 2
    assert json.loads(out)["error"].startswith("缺少 'folder'。")


@pytest.mark.parametrize("words", [(), *((c.__name__,) for c in COMMANDS)])
def test_help_is_in_one_language(words, monkeypatch, capsys):
    english = " ".join(run_in_process((*words, "-h"), monkeypatch, capsys, "en")[1:])
    assert not CHINESE.search(english)
    assert "Usage:" in english
    chinese = " ".join(run_in_process((*words, "-h"), monkeypatch, capsys, "zh")[1:])
    assert CHINESE.search(chinese)
    assert "Usage" not in chinese
    assert not {"Options", "Commands", "Show", "required", "default"} & set(chinese.split())


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("words", [(), *((c.__name__,) for c in COMMANDS)])
def test_no_help_text_is_cut_on_a_narrow_screen(words, lang, monkeypatch, capsys):
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("TERMINAL_WIDTH", "80")
    shown = "".join(run_in_process((*words, "-h"), monkeypatch, capsys, lang)[1:])
    assert "…" not in shown
    assert max(map(width_of, shown.splitlines())) <= 80


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_help_of_export_names_every_format(lang):
    names = half(FORMATS, lang).partition(":")[2].partition("。" if lang == "zh" else ".")[0]
    assert [name.strip() for name in names.split(",")] == [*EXPORTERS]


def written(node):
    """The constant text of a string or f-string; None for what is none."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(v.value for v in node.values if isinstance(v, ast.Constant))
    return None


def pairs():
    """(file, line, Chinese, English) of every message: Text, Label, and pairs in tables."""
    for path in FILES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            parts = ()
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("Text", "Label"):
                parts = node.args[:2]
            elif isinstance(node, ast.Tuple) and len(node.elts) == 2:
                parts = node.elts
            texts = [written(part) for part in parts]
            if len(texts) == 2 and None not in texts:
                is_pair = CHINESE.search(texts[0]) and LATIN.search(texts[1])
                if any(texts) and (isinstance(node, ast.Call) or is_pair):
                    yield path.name, node.lineno, *texts


MESSAGES = list(pairs())


def test_there_are_messages_to_look_at():
    assert len(MESSAGES) > 300


def test_every_message_has_an_english_text_without_chinese():
    wrong = [m for m in MESSAGES if not m[3].strip() or CHINESE.search(m[3])]
    assert wrong == []


def test_every_message_has_a_chinese_text():
    wrong = [m for m in MESSAGES if LATIN.search(m[3]) and not CHINESE.search(m[2])]
    assert wrong == []


def test_every_code_a_user_meets_has_a_label():
    from optimizer.assess import HEADS
    from optimizer.checks.additions import OF_MONEY, OF_ROOM, WORDS
    from optimizer.compare import PARTS
    from optimizer.run_gaps import GAP_HEADS
    from optimizer.run_plan import PLANS

    codes = {*HEADS, *GAP_HEADS, *PARTS, *OF_MONEY, *OF_ROOM, *WORDS.values(), *PLANS}
    assert [code for code in codes if not labels.is_known(code)] == []


@pytest.fixture(scope="module")
def english(tmp_path_factory):
    """A case whose data are English, solved twice."""
    folder = tmp_path_factory.mktemp("english")
    tiny = case(
        [community("c", name="North", district="D", street="S")],
        [building(name="Old mill", district="D", street="S")],
        (needed("10", name="Care", min_m2="5"), function("gym", name="Gym")),
        policy="none",
        rules={},
        name="English case",
        budget={"total_yuan": 7000},
        compare={"budget": {"total_yuan": [5000, 7000]}},
    )
    scenario = write_case(tiny, folder / "case")
    for name, yuan in (("one", 0), ("two", 1)):
        done = call("solve", scenario, "--out", folder / name, "--seed", yuan, "-q")
        assert done.returncode == 0, done.stderr
        assert done.stderr == ""
    return folder


COMMANDS_IN_ENGLISH = [
    ("check", "case/scenario.toml"),
    ("assess", "case/scenario.toml"),
    ("solve", "case/scenario.toml", "--out", "three"),
    ("verify", "one"),
    ("compare", "one", "two"),
    ("sweep", "case/scenario.toml", "--out", "swept", "--workers", "1", "-v"),
    ("show", "case/scenario.toml", "installation"),
    ("export", "one", "--to", "csv"),
    ("verify", "nowhere"),
    ("compare", "one"),
    ("solve", "case/scenario.toml", "--out", "one"),
]


@pytest.mark.parametrize("words", COMMANDS_IN_ENGLISH, ids=" ".join)
def test_in_english_nothing_is_chinese(words, english):
    paths = [str(english / w) if (english / w.split("/")[0]).exists() else w for w in words]
    if "--out" in words:
        paths[words.index("--out") + 1] = str(english / words[words.index("--out") + 1])
    done = call(*paths, env={"LINLI_LANG": "en"})
    assert "Traceback" not in done.stderr
    said = CLAUSE.sub("", done.stdout + done.stderr)
    assert not CHINESE.search(said), said
    assert done.stdout or done.stderr
    in_chinese = call(*paths, "--lang", "zh") if words[0] in ("assess", "verify") else None
    assert in_chinese is None or CHINESE.search(in_chinese.stdout + in_chinese.stderr)


def test_in_a_pipe_progress_is_plain_lines_and_the_result_is_apart(english):
    done = call("solve", english / "case" / "scenario.toml", "--out", english / "p", "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["status"] in ("optimal", "feasible")
    assert "\x1b" not in done.stderr
    assert re.search(r"^ +\d+\.\d s  ", done.stderr, re.MULTILINE)


def test_the_live_table_shows_value_bound_and_gap_of_every_goal():
    table = LevelTable("en")
    table("stage", "windows")
    table("plan", [{"name": "cost", "value": "1200"}])
    table("level", Level("cost", 1000, 900, 2.5, 2.0))
    console = screen(stderr=True)
    with console.capture() as shown:
        console.print(table.render())
    text = shown.get()
    assert "One-off cost" in text
    assert all(figure in text for figure in ("1,000", "900", "10.00%", "2.5", "windows"))


def test_the_gap_of_a_goal_follows_its_value():
    """Bound 18 and plan 17 are 1/17 = 5.88 % apart; at 18 nothing is left."""
    table = LevelTable("en")
    for value, gap in (("17", "5.88%"), ("18", "0.00%")):
        table("plan", [{"name": "streets_covered", "value": value}])
        table("round", {"name": "streets_covered", "bound": "18", "gap": "1/17"} | TURN)
        assert table.rows["streets_covered"].cells() == (value, "18", gap, "")
    table("plan", [{"name": "cost", "value": "0"}])
    table("round", {"name": "cost", "bound": "-1", "gap": None} | TURN)
    assert table.rows["cost"].cells() == ("0", "-1", "–", "")


@pytest.mark.parametrize(
    ("lang", "said"), [("zh", "总预算(万元) 4,000: 开始"), ("en", "(10,000 yuan) 4,000: begins")]
)
def test_a_point_of_a_sweep_is_told_in_words(lang, said, capsys):
    point = Point(0, {("budget", "total_10k_yuan"): 4000}, "k")
    PointLines(lang)(point, "start", (0, 2))
    assert said in capsys.readouterr().err


def test_what_is_proved_of_a_sweep_is_told_goal_by_goal_beside_its_run(capsys):
    level = {"name": "total_10k_yuan=4_ab streets_covered", "certificate": "certified"}
    print_verdict(Report([], [], "feasible", [level]), "zh")
    assert "total_10k_yuan=4_ab 有共同体的街道: 已证明" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("voice", "kind"), [(Voice(quiet=True), "function"), (Voice(), ProgressLines.__name__)]
)
def test_quiet_says_nothing_and_a_pipe_gets_lines(voice, kind, capsys):
    token = VOICE.set(voice)
    try:
        with solve_progress("zh") as progress:
            assert type(progress).__name__ == kind
            progress("stage", "building")
    finally:
        VOICE.reset(token)
    assert bool(capsys.readouterr().err) == (not voice.quiet)


def test_the_shell_completes_commands_and_choices():
    program = "from optimizer.cli import app; app(prog_name='linli')"
    for words, wanted in (("linli so", {"solve"}), ("linli solve --engine ", {"exact", "city"})):
        asked = {
            "_LINLI_COMPLETE": "complete_bash",
            "COMP_WORDS": words,
            "COMP_CWORD": str(len(words.split(" ")) - 1),
        }
        done = subprocess.run(
            [sys.executable, "-c", program],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, **asked},
        )
        assert wanted <= set(done.stdout.split()), done.stdout + done.stderr
