"""From an instance to a plan with a bound: compile, start, restrict, improve, round, journal."""
