"""The commands, in the order of the help; one file a command."""

from optimizer.commands.assess import assess
from optimizer.commands.check import check
from optimizer.commands.compare import compare
from optimizer.commands.export import export
from optimizer.commands.init import init
from optimizer.commands.rules import rules
from optimizer.commands.show import show
from optimizer.commands.solve import solve
from optimizer.commands.sweep import sweep
from optimizer.commands.verify import verify

COMMANDS = (init, check, assess, solve, verify, sweep, compare, rules, show, export)
