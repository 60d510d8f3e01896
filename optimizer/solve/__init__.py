"""From an instance to a plan with a bound: compile once, start, restrict, improve, round, journal."""
