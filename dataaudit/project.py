"""What a user says of the project that the data is for; costs and advice are worked out from it. None: not said."""

from __future__ import annotations

from typing import Annotated, Literal

from dataaudit.values import Exact, Text, Value

Amount = Annotated[float, Exact(0)]
Count = Annotated[int, Exact(0)]
Need = Literal["behaviour", "knowledge", "both"]
Changes = Literal["live", "monthly", "quarterly", "rarely"]
Prompting = Literal["none", "basic", "structured", "plateaued"]


class Project(Value):
    """Volume, prompts and circumstances of a project.

    calls_per_day: requests in production. prompt_tokens, tuned_prompt_tokens, answer_tokens: of one request, with the
    prompt of today, with the shorter one after tuning, and of the answer. base_model: the one that is prompted today.
    project_cost: USD for engineering and data. epochs: of training, in place of each provider's default.
    cost_per_call_prompted, cost_per_call_tuned: USD of one request, in place of tokens x price. tokens_per_example: of
    training, where there is no data yet; with `examples`. padded_tokens: what each example counts for when training
    without packing, where the provider charges for it. evaluations: runs over the validation set while training.

    need: what the model lacks. exact_format: every answer must have one exact form. changes: how often requirements or
    facts change. examples: validated ones; where data is given, the effective rows. judge: somebody can tell good
    answers from bad ones. prompting: what was tried; structured means instructions, a format and examples in the
    prompt. prompting_weeks: of work on the prompt. prompted_consistency: share (0 to 1) of prompted outputs that keep
    to the format, over prompted_runs runs. categories: number of classes. terminology: very specialised. latency:
    answers must come faster. small_team: few people run it. retraining: somebody will train anew as rules drift.

    Raises:
        ValueError: prompted_consistency is no share.
    """

    calls_per_day: Amount | None = None
    prompt_tokens: Amount | None = None
    tuned_prompt_tokens: Amount | None = None
    answer_tokens: Amount | None = None
    base_model: Text | None = None
    project_cost: Amount | None = None
    epochs: Count | None = None
    cost_per_call_prompted: Amount | None = None
    cost_per_call_tuned: Amount | None = None
    tokens_per_example: Amount | None = None
    padded_tokens: Amount | None = None
    evaluations: Count | None = None
    need: Need | None = None
    exact_format: bool | None = None
    changes: Changes | None = None
    examples: Count | None = None
    judge: bool | None = None
    prompting: Prompting | None = None
    prompting_weeks: Amount | None = None
    prompted_consistency: Amount | None = None
    prompted_runs: Count | None = None
    categories: Count | None = None
    terminology: bool | None = None
    latency: bool | None = None
    small_team: bool | None = None
    retraining: bool | None = None

    def __post_init__(self) -> None:
        if self.prompted_consistency is not None and not 0 <= self.prompted_consistency <= 1:
            raise ValueError("prompted_consistency is a share from 0 to 1, such as 0.7")
