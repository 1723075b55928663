"""Runs inside an environment with mistral-common: `python mistral_common_check.py FILE...`.

Prints {version: {name: [ok, message]}} as JSON for the tokenizer versions v3, v7, v11 and v13 in finetuning mode. The
package judges rows; this driver reads strict UTF-8, skips blank lines and leaves out top-level keys other than
messages and tools, as the package leaves them to its caller.
"""

import json
import sys
from pathlib import Path

from mistral_common.exceptions import MistralCommonException
from mistral_common.protocol.instruct.messages import (
    FinetuningAssistantMessage,
    SystemMessage,
    ToolMessage,
    UserMessage,
)
from mistral_common.protocol.instruct.request import ChatCompletionRequest
from mistral_common.protocol.instruct.tool_calls import Tool
from mistral_common.protocol.instruct.validator import ValidationMode, get_validator
from mistral_common.tokens.tokenizers.base import TokenizerVersion

MESSAGES = {
    "system": SystemMessage,
    "user": UserMessage,
    "assistant": FinetuningAssistantMessage,
    "tool": ToolMessage,
}
REFUSALS = (MistralCommonException, ValueError, TypeError, KeyError, AttributeError)


def judge_row(validator, row):
    messages = [MESSAGES[message["role"]](**message) for message in row["messages"]]
    tools = row.get("tools")
    request = ChatCompletionRequest(
        messages=messages, tools=None if tools is None else [Tool(**tool) for tool in tools]
    )
    validator.validate_messages(messages)
    validator.validate_request(request)


def judge(validator, path):
    number = 0
    try:
        for line in path.read_bytes().decode("utf-8").split("\n"):
            number += 1
            if line.strip():
                judge_row(validator, json.loads(line))
    except REFUSALS as error:
        return [False, f"line {number}: {type(error).__name__}: {error}"]
    return [True, ""]


verdicts = {}
for version in ("v3", "v7", "v11", "v13"):
    validator = get_validator(TokenizerVersion(version), ValidationMode.finetuning)
    verdicts[version] = {Path(name).name: judge(validator, Path(name)) for name in sys.argv[1:]}
json.dump(verdicts, sys.stdout)
