"""The commands, in the order of the help; one file a command."""

from optimizer.commands.check import check
from optimizer.commands.export import export
from optimizer.commands.rules import rules
from optimizer.commands.show import show
from optimizer.commands.solve import solve
from optimizer.commands.verify import verify

COMMANDS = (check, solve, verify, rules, show, export)
