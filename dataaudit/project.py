"""What a user says of the project that the data is for; costs and advice are worked out from it. None: not said."""

from __future__ import annotations

from typing import Annotated, Literal

from dataaudit.values import Exact, Text, Value

Amount = Annotated[float, Exact(0)]
Count = Annotated[int, Exact(0)]


class Project(Value):
    """Volume, prompts and circumstances of a project.

    calls_per_day: requests in production. prompt_tokens, tuned_prompt_tokens, answer_tokens: of one request, with the
    prompt of today, with the shorter one after tuning, and of the answer. base_model: the one that is prompted today.
    project_cost: USD for engineering and data. epochs: of training, in place of each provider's default.

    need: what the model lacks. exact_format: every answer must have one exact form. changes: how often requirements or
    facts change. examples: validated ones; where data is given, the effective rows. judge: somebody can tell good
    answers from bad ones. prompting: what was tried. prompted_consistency: share (0 to 1) of prompted outputs that keep
    to the format, over prompted_runs runs. categories: number of classes. terminology: very specialised.
    """

    calls_per_day: Amount | None = None
    prompt_tokens: Amount | None = None
    tuned_prompt_tokens: Amount | None = None
    answer_tokens: Amount | None = None
    base_model: Text | None = None
    project_cost: Amount | None = None
    epochs: Count | None = None
    need: Literal["behaviour", "knowledge", "both"] | None = None
    exact_format: bool | None = None
    changes: Literal["live", "monthly", "quarterly", "rarely"] | None = None
    examples: Count | None = None
    judge: bool | None = None
    prompting: Literal["none", "basic", "structured", "plateaued"] | None = None
    prompted_consistency: Amount | None = None
    prompted_runs: Count | None = None
    categories: Count | None = None
    terminology: bool | None = None
