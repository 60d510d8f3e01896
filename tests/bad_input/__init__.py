"""Bad input in 13 groups: what is built, what must be said of it, and the count of what was."""
