"""`python -m dataaudit`."""

from dataaudit.cli.main import main

if __name__ == "__main__":
    main()
