"""``linli`` and ``python -m optimizer``; Ctrl-C while it still loads is told in a line too."""

import sys

STOPPED = 3  # exit code of what was ended early (contract 3)


def main() -> None:
    """The program, or one line where it was ended before it could begin."""
    try:
        from optimizer.cli import main as run

        run()
    except KeyboardInterrupt:
        sys.stderr.write("已中止。 Aborted.\n")
        sys.exit(STOPPED)


if __name__ == "__main__":
    main()
