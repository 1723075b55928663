"""`python -m dataaudit`, and the command `dataaudit` itself."""

import sys


def run() -> None:
    """Run the command. Ctrl-C gives 130 from the first import on; `cli.main` says so where there is more to end."""
    try:
        from dataaudit.cli.main import main

        main()
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    run()
