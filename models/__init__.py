"""What the problem is: records, constraint families and goals; no files, no solver, no clock."""
