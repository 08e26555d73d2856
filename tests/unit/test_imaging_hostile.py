"""Whatever the bytes, a picture or `Unusable` comes out: no other exception, no warning, from any number of threads."""

import random
import warnings
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.imaging.admit import Limits, Unusable, admit
from bot.imaging.kinds import Kind
from bot.imaging.prepare import prepare
from bot.imaging.preview import measure, preview
from bot.imaging.quiet import quiet
from tests.unit import imaging_material as made

FILES = made.GOOD | {f"noisy-{label}": data for label, data in made.noise_files().items()}
LIMITS = Limits(pixels=4_000_000)
STARTS = [data[:length] for data in FILES.values() for length in (12, 60)]
unhurried = settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])


def survives(data: bytes) -> None:
    """Everything that takes bytes either answers or says why not."""
    try:
        admit(data, "fox", LIMITS)
    except Unusable:
        return
    prepared = prepare(data, "fox", longest=64, budget=50_000)
    assert (prepared.width, prepared.height) == made.read(prepared.data).size
    assert 1 <= max(prepared.width, prepared.height) <= 64
    preview(data)
    measure(data)


@unhurried
@given(st.binary(max_size=400))
def test_random_bytes(data: bytes) -> None:
    survives(data)


@unhurried
@given(st.sampled_from(STARTS), st.binary(max_size=400))
def test_random_bytes_behind_a_good_start(start: bytes, rest: bytes) -> None:
    survives(start + rest)


@unhurried
@given(
    st.sampled_from(sorted(FILES)),
    st.lists(st.tuples(st.floats(0, 1), st.binary(min_size=1, max_size=6)), min_size=1, max_size=6),
)
def test_changed_files(label: str, changes: list[tuple[float, bytes]]) -> None:
    data = bytearray(FILES[label])
    for place, patch in changes:
        # Most of what a decoder believes stands near the start.
        start = int(place**3 * (len(data) - 1))
        data[start : start + len(patch)] = patch
    survives(bytes(data))


@unhurried
@given(st.sampled_from(sorted(FILES)), st.floats(0, 1), st.floats(0, 1))
def test_cut_and_spliced_files(label: str, one: float, other: float) -> None:
    data = FILES[label]
    survives(data[: int(one * len(data))])
    survives(data[: int(one * len(data))] + data[int(other * len(data)) :])


@pytest.mark.parametrize("label", FILES)
def test_every_early_cut(label: str) -> None:
    data = FILES[label]
    for length in (*range(1, min(len(data), 400), 3), *range(400, len(data), max(1, len(data) // 25))):
        survives(data[:length])


@pytest.mark.parametrize("one", list(Kind)[:7])
@pytest.mark.parametrize("other", list(Kind)[:7])
def test_one_kind_dressed_as_another(one: Kind, other: Kind) -> None:
    survives(FILES[one][:16] + FILES[other][16:])


def test_threads_do_not_disturb_each_other() -> None:
    torn = made.saved(made.quarters(), "TIFF") + b"\0"
    files = [*made.GOOD.values(), torn, *[data[: len(data) // 2] for data in made.GOOD.values()]] * 4
    random.Random(5).shuffle(files)
    before = warnings.filters[:]
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(survives, files))
    assert warnings.filters == before
    expected = {label: prepare(data, "fox") for label, data in made.GOOD.items()}
    with ThreadPoolExecutor(8) as threads:
        again = threads.map(lambda label: prepare(made.GOOD[label], "fox"), expected)
        assert list(again) == list(expected.values())


def test_quiet_ends_with_the_last_one_inside() -> None:
    before = warnings.filters[:]
    one, other = quiet(), quiet()
    one.__enter__()
    other.__enter__()
    one.__exit__(None, None, None)
    assert warnings.filters != before
    other.__exit__(None, None, None)
    assert warnings.filters == before
