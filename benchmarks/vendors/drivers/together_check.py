"""Runs inside an environment with together 2.x: `python together_check.py FILE...`.

Prints {name: [ok, message]} as JSON. A file that makes the check crash is refused.
"""

import json
import sys
from pathlib import Path

from together.lib.utils import check_file

CRASHES = (ValueError, TypeError, KeyError, AttributeError, IndexError)


def judge(path):
    try:
        report = check_file(path)
    except CRASHES as error:
        return [False, f"{type(error).__name__}: {error}"]
    return [report["is_check_passed"], report["message"]]


json.dump({Path(name).name: judge(name) for name in sys.argv[1:]}, sys.stdout)
