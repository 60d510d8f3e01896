"""``linli check``: every fault of the input."""

from optimizer.commands.command import (
    DEFAULT_LANG,
    Json,
    Lang,
    Outside,
    ScenarioPath,
    ends_well,
    print_issues,
    print_json,
    say,
)
from optimizer.errors import Text


@ends_well
def check(
    scenario: ScenarioPath,
    as_json: Json = False,
    lang: Lang = DEFAULT_LANG,
    allow_outside: Outside = False,
) -> int:
    """一次列出输入的全部问题 / every fault of the input at once."""
    from optimizer import api

    issues = api.check(scenario, allow_outside=allow_outside)
    if as_json:
        print_json({"issues": [issue.as_json(lang) for issue in issues]})
    print_issues(issues, lang)
    done = Text(f"没有错误,{len(issues)} 条提示。", f"No faults, {len(issues)} warnings.")
    say(done, lang)
    return 0
