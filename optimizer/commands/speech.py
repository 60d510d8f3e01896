"""What the program says of itself and of a wrong call, in one language at a time.

Help texts are written "中文 / English" beside each option; a reader gets his half.
"""

import os
import re
from collections.abc import Sequence
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from optimizer.errors import Text

#: what a wrong call raises; the library keeps the class itself private
CALL_ERROR: type[Exception] = typer.BadParameter.__mro__[1]
HELP = Text("显示帮助并退出。", "Show this message and exit.")
#: words of the library's own that stand around our texts
PANELS = {
    "ARGUMENTS_PANEL_TITLE": Text("参数", "Arguments"),
    "OPTIONS_PANEL_TITLE": Text("选项", "Options"),
    "COMMANDS_PANEL_TITLE": Text("命令", "Commands"),
    "DEFAULT_STRING": Text("[默认:{}]", "[default: {}]"),
    "REQUIRED_LONG_STRING": Text("[必填]", "[required]"),
}
COMPLETION = {
    "install_completion": Text("为当前 shell 装上补全。", "Install completion for this shell."),
    "show_completion": Text("显示当前 shell 的补全脚本。", "Show the completion of this shell."),
}
WHERE = r"Invalid value for (?P<where>.+?): "
#: what the library says of a wrong call, and the same in Chinese
SAID: Sequence[tuple[str, str]] = (
    (
        r"No such option: (?P<option>\S+) \(Possible options: (?P<near>.+)\)\.",
        "没有选项 {option}。是不是要 {near}?",
    ),
    (r"No such option: (?P<option>\S+)\.", "没有选项 {option}。"),
    (
        r"No such command (?P<command>'.*?')\. Did you mean (?P<near>.+)\?",
        "没有命令 {command}。是不是要 {near}?",
    ),
    (r"No such command (?P<command>'.*')\.", "没有命令 {command}。"),
    (r"Missing command\.", "缺少命令。"),
    (
        r"Missing (?:argument|option) (?P<what>.+?)\. Choose from:\s+(?P<choices>.+)",
        "缺少 {what},可用:{choices}。",
    ),
    (r"Missing (?:argument|option) (?P<what>.+)\.", "缺少 {what}。"),
    (r"Option (?P<option>'.*') requires an argument\.", "选项 {option} 后面要有值。"),
    (r"Option (?P<option>'.*') does not take a value\.", "选项 {option} 后面不带值。"),
    (r"Got unexpected extra argument(?:s|\(s\))? \((?P<words>.*)\)\.", "多出的参数:{words}。"),
    (
        WHERE + r"(?P<value>.+) is not one of (?P<choices>.+)\.",
        "{where} 不能是 {value},可用:{choices}。",
    ),
    (WHERE + r"Input should be less than or equal to (?P<most>\S+)\.", "{where} 最大 {most}。"),
    (
        WHERE + r"Input should be greater than or equal to (?P<least>\S+)\.",
        "{where} 最小 {least}。",
    ),
    (WHERE + r"Input should be a valid integer.*", "{where} 必须是整数。"),
    (WHERE + r"Input should be a valid number.*", "{where} 必须是数。"),
    (WHERE + r"(?P<rest>.+)", "{where} 的值不对:{rest}"),
)


def asked_lang(words: Sequence[str]) -> str:
    """The language that ``--lang`` among *words* asks for, else ``LINLI_LANG``, else Chinese."""
    asked = os.environ.get("LINLI_LANG", "zh")
    for at, word in enumerate(words):
        option, equals, value = word.partition("=")
        if option == "--lang":
            asked = value if equals else next(iter(words[at + 1 :]), asked)
    return "en" if asked == "en" else "zh"


def call_error(error: Any) -> Text:
    """What is wrong with the call, and where its help stands."""
    english = " ".join(error.format_message().replace("Value error, ", "").split())
    english = english if english.endswith((".", "?")) else f"{english}."
    path = error.ctx.command_path if error.ctx else "linli"
    return Text(f"{_in_chinese(english)}用法见 {path} --help。", f"{english} See {path} --help.")


def _in_chinese(english: str) -> str:
    for pattern, chinese in SAID:
        found = re.fullmatch(pattern, english)
        if found:
            return chinese.format(**found.groupdict())
    return f"命令行有误:{english}"


def half(text: str | None, lang: str) -> str:
    """The half of "中文 / English" for *lang*; a text that has no halves as it is."""
    chinese, _, english = (text or "").partition(" / ")
    return english if lang == "en" and english else chinese


class Command(TyperCommand):
    """A command whose help is in one language."""

    lang = "zh"

    def get_usage(self, ctx: Any) -> str:
        """How it is called."""
        return _usage(super().get_usage(ctx), self.lang)

    def get_help_option(self, ctx: Any) -> Any:
        """The option that prints the help."""
        return _help_option(super().get_help_option(ctx), self.lang)


class Group(TyperGroup):
    """The program, whose help is in one language."""

    lang = "zh"

    def get_usage(self, ctx: Any) -> str:
        """How it is called."""
        return _usage(super().get_usage(ctx), self.lang)

    def get_help_option(self, ctx: Any) -> Any:
        """The option that prints the help."""
        return _help_option(super().get_help_option(ctx), self.lang)


def _usage(usage: str, lang: str) -> str:
    return usage.replace("Usage:", "用法:", 1) if lang == "zh" else usage


def _help_option(option: Any, lang: str) -> Any:
    option.help = HELP.get(lang)
    return option


def _folding(highlight: Any) -> Any:
    """*highlight* for texts that wrap anywhere: a Chinese sentence has no blanks to wrap at."""

    def folded(text: Any) -> Any:
        shown = highlight(text)
        shown.overflow = "fold"
        return shown

    return folded


def spoken(program: Any, lang: str) -> Any:
    """*program* with every text of its help in *lang*."""
    from typer import rich_utils

    rich_utils.highlighter = _folding(rich_utils.highlighter)
    for name, word in PANELS.items():
        setattr(rich_utils, name, word.get(lang))
    for command in (program, *program.commands.values()):
        command.lang = lang
        command.help = half(command.help, lang)
        for option in command.params:
            own = COMPLETION.get(option.name)
            option.help = own.get(lang) if own else half(option.help, lang)
    return program
