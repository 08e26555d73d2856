"""Why pictures did not come, where they failed for several reasons."""

from __future__ import annotations

from bot.domain.options import Options
from bot.domain.turns import Trouble
from bot.errors import ModelBusy, ModelDown, ModelRefused, ThreadpaintError
from bot.studio.losses import beside, why
from handlers import captions
from tests.unit.made import turn

FILTERED = ModelRefused("picture_filtered", words="Filtered by policy.")
FORBIDDEN = ModelRefused("picture_forbidden")
BUSY = ModelBusy("model_overloaded", detail="x")
LATE = ModelDown("model_timeout")


def reasons(*lost: ThreadpaintError) -> tuple[str, str]:
    other = beside(why(lost))
    return why(lost).reason, f"{other[0]} {other[1].reason}" if other else ""


def test_one_reason_is_told_as_it_is() -> None:
    assert why([FILTERED, FILTERED]) == Trouble("picture_filtered", {"words": "Filtered by policy."})
    assert beside(why([FILTERED, FILTERED])) is None


def test_what_another_model_may_do_comes_first_whatever_failed_first() -> None:
    assert reasons(FILTERED, BUSY) == ("model_overloaded", "1 picture_filtered")
    assert reasons(FILTERED, BUSY, FILTERED) == ("model_overloaded", "2 picture_filtered")
    assert reasons(LATE, BUSY, BUSY) == ("model_overloaded", "1 model_timeout")
    assert reasons(FORBIDDEN, FILTERED, FILTERED) == ("picture_filtered", "1 picture_forbidden")


def test_of_many_reasons_the_one_that_a_person_can_mend_stands_beside_it() -> None:
    assert reasons(BUSY, LATE, BUSY, FILTERED) == ("model_overloaded", "1 picture_filtered")


def test_each_reason_keeps_its_own_facts() -> None:
    both = why([BUSY, BUSY, BUSY, FILTERED])
    assert (both.facts["detail"], beside(both)) == ("x", (1, Trouble("picture_filtered", FILTERED.facts)))
    assert "words" not in both.facts
    said = captions.beside(turn(options=Options(count=4), trouble=both))
    assert said.startswith("1 of 4: The picture was filtered out")
    assert said.endswith("\n> Filtered by policy.")
