"""Runs inside an environment with openai 3.14.0 and pandas: `python openai_legacy_check.py FILE...`.

Prints {name: [ok, message]} as JSON. What the preparation calls necessary is applied and told in the message, what it
offers as optional is told; only an error refuses the file. A file that makes it crash is refused too.
"""

import io
import json
import sys
from contextlib import redirect_stdout
from pathlib import Path

from openai.lib import _validators

CRASHES = (ValueError, TypeError, KeyError, AttributeError, IndexError, AssertionError)


def judge(path):
    try:
        frame, first = _validators.read_any_format(path)
        if frame is None:
            return [False, first.error_msg or first.immediate_msg]
        told = [first.necessary_msg] if first and first.necessary_msg else []
        for check in _validators.get_validators():
            found = check(frame)
            if found is None:
                continue
            if found.error_msg:
                return [False, found.error_msg]
            if found.necessary_msg:
                frame = found.necessary_fn(frame)
            told += [text for text in (found.necessary_msg, found.optional_msg) if text]
    except CRASHES as error:
        return [False, f"{type(error).__name__}: {error}"]
    return [True, "; ".join(told)]


with redirect_stdout(io.StringIO()):
    verdicts = {Path(name).name: judge(name) for name in sys.argv[1:]}
json.dump(verdicts, sys.stdout)
