"""What a provider repeats of a request does not get into a log."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.engines.echoes import RUN, silence
from bot.errors import NonsenseAnswer
from bot.ports import Ask, Exchange, Said

UNKNOWN = (
    "Invalid JSON payload received. Unknown name \"responseModalities\" at 'generation_config': Cannot find field."
)


def told(detail: str, text: str, *history: Exchange) -> str:
    """What is left of a detail, of a call that said this."""
    fault = NonsenseAnswer("request_refused", detail=detail)
    silence(fault, Ask("m", text, history=history))
    return fault.facts["detail"]


@pytest.mark.parametrize("prompt", ["a red fox in the snow", "fox", "x", "", "a\nfox\n\nfar away"])
def test_a_complaint_that_repeats_nothing_stays(prompt: str) -> None:
    assert told(UNKNOWN, prompt) == UNKNOWN


@pytest.mark.parametrize("prompt", ["our secret plan for June", "June", 'the "Größe" of\na secret plan'])
def test_a_prompt_is_cut_off(prompt: str) -> None:
    assert told(f"Invalid value at 'contents[0]' (TYPE_ENUM), \"{prompt}\"", prompt) == (
        "Invalid value at 'contents[0]' (TYPE_ENUM), \""
    )


def test_a_prompt_is_cut_off_as_json_writes_it() -> None:
    assert told(r'Unexpected token. "Gr\u00f6\u00dfenwahn im Juni', "Größenwahn im Juni") == 'Unexpected token. "'


def test_what_was_said_before_is_cut_off_too() -> None:
    before = Exchange("our secret plan for June", (), (Said("Here is the secret plan.", None, b"s"),))
    assert told("Bad part: secret plan for June", "night", before).strip() == "Bad part:"
    assert told("Bad part: Here is the secret", "night", before).strip() == "Bad part:"


@given(st.text("ab c", min_size=RUN, max_size=40), st.integers(0, 20), st.text("xyz", max_size=30))
def test_no_long_run_of_a_prompt_is_ever_left(prompt: str, start: int, before: str) -> None:
    left = told(before + prompt[start:], prompt)
    assert not any(left[at : at + RUN] in prompt for at in range(len(left) - RUN + 1))


def test_a_fault_without_a_detail_stays_without() -> None:
    fault = NonsenseAnswer("answer_empty", words="No.")
    silence(fault, Ask("m", "No."))
    assert fault.facts == {"words": "No."}
