"""Mutants of the model, of its goals and of the tables of a run, and the tests that kill them.

``python -m tests.mutation`` prints what is made of every family, goal, level after the goals and
table, and fails on a survivor that nobody has explained and on an explanation that explains nothing
any more; where an explanation says that rows are implied, the solver is asked. Mutants are made on
compiled arrays and written tables, so a new family, goal or column needs no line here; it
needs a case in :mod:`tests.mutation.battery` that binds it.
"""
