import pytest

from forecasting.lately import Lately, most_kept


class Source:
    """Something made of nothing, equal to every other."""

    def __eq__(self, other):
        return isinstance(other, Source)

    __hash__ = None


@pytest.fixture
def made():
    return []


def find(lately, source, made, **options):
    def work():
        made.append(source)
        return len(made)

    return lately.of(source, work, **options)


def test_what_was_made_is_kept_for_the_same_source(made):
    lately, source = Lately(), Source()

    assert [find(lately, source, made) for _time in range(3)] == [1, 1, 1]


def test_an_equal_source_is_not_the_same(made):
    lately = Lately()

    assert find(lately, Source(), made) != find(lately, Source(), made)


def test_the_one_not_asked_for_longest_goes_first(made):
    lately, (one, two, three) = Lately(), (Source(), Source(), Source())
    for source in (one, two, one, three):
        find(lately, source, made, most=2)

    assert find(lately, one, made, most=2) == 1
    assert find(lately, two, made, most=2) == 4


def test_of_large_panels_only_one_state_is_kept():
    assert most_kept(30_000 * 1_000) == 1
    assert most_kept(150 * 1_000) > 1
