import math

import pytest
from etiquette_kit.analysis.statistics.content_validity import average_validity, content_validity, reaches, validity_threshold


def test_an_index_is_the_share_of_the_two_best_words():
    assert content_validity([4, 3, 2, 4]) == 0.75
    assert math.isnan(content_validity([]))


def test_the_average_is_that_of_the_items():
    ratings = [[4, 4]] * 8 + [[2, 4], [3, 1]]
    assert average_validity([content_validity(each) for each in ratings]) == pytest.approx(0.9, abs=1e-12)
    assert math.isnan(average_validity([]))


@pytest.mark.parametrize(("readers", "threshold"), [(1, None), (2, None), (3, 1.0), (5, 1.0), (6, 0.83), (8, 0.83), (9, 0.78), (40, 0.78)])
def test_thresholds_follow_the_number_of_readers(readers: int, threshold: float | None):
    assert validity_threshold(readers) == threshold


@pytest.mark.parametrize(
    ("agree", "readers", "found"),
    [
        (2, 2, None),
        (3, 3, True),
        (4, 5, False),
        (5, 6, True),
        (4, 6, False),
        (6, 8, False),
        (7, 8, True),
        (7, 9, True),
        (6, 9, False),
        (8, 10, True),
        (7, 10, False),
    ],
)
def test_lynn_s_table_of_how_many_must_agree(agree: int, readers: int, found: bool | None):  # noqa: FBT001
    assert reaches(agree, readers) is found
