"""What comes first over regions: told where it is more than chance, against counts of all ways to deal places out."""

from fractions import Fraction
from itertools import combinations, product

import numpy as np
import pytest

from mcda.batch.beyond_chance import Region, chance_of_as_few, chance_of_as_many, expected_first
from mcda.batch.lessons_first import Place, first_lessons, lessons_of_places
from mcda.batch.lessons_record import Lesson
from mcda.evaluate import evaluate
from mcda.study.model import Measure, Rating, Study
from small import measure, ratings, small_study

THEMES = ("a", "b", "c", "d", "e")
Places = list[list[Place]]


def dealt(regions: tuple[Region, ...], least: int) -> Fraction:
    """The share of all ways to deal out the first tiers in which the kind gets at least so many; by listing them."""
    counts = [
        [sum(at < one.of_kind for at in first) for first in combinations(range(one.measures), one.first_tier)]
        for one in regions
    ]
    ways = [sum(way) for way in product(*counts)]
    return Fraction(sum(way >= least for way in ways), len(ways))


@pytest.mark.parametrize("first", [(2, 1), (0, 0), (2, 2), (1, 0)])
def test_the_chance_is_that_of_all_ways_to_deal_places_out(first: tuple[int, int]) -> None:
    regions = (Region(7, 3, 2, first[0]), Region(6, 2, 3, first[1]))
    assert chance_of_as_many(regions) == pytest.approx(float(dealt(regions, sum(first))))
    assert chance_of_as_few(regions) == pytest.approx(float(1 - dealt(regions, sum(first) + 1)))
    assert expected_first(regions) == pytest.approx(2 * 3 / 7 + 3 * 2 / 6)


def shuffled(seed: int) -> Places:
    """Twelve regions of 20 to 60 measures with five themes, four categories and titles that most of them share; who is
    in the first tier has nothing to do with any of it."""
    draw = np.random.default_rng([8, seed])
    regions = []
    for _ in range(12):
        count = int(draw.integers(20, 61))
        first = draw.permutation(count) < int(draw.integers(3, max(4, count // 3)))
        themes, categories = draw.choice(THEMES, count), draw.choice(list("wxyz"), count)
        titles = [f"Titel {n % 40}" for n in range(count)]
        regions.append([Place(*told) for told in zip(categories, themes, titles, map(bool, first), strict=True)])
    return regions


def test_places_dealt_out_at_random_rarely_teach_anything() -> None:
    told = [len(list(lessons_of_places(shuffled(seed)))) for seed in range(200)]
    assert sum(count > 0 for count in told) <= 0.05 * len(told)


def test_a_theme_that_leads_by_its_nature_is_found_and_the_one_that_never_does() -> None:
    for seed in range(5):
        regions = [
            [
                Place(
                    one.category, one.theme, one.title, first=one.first if one.theme not in "ab" else one.theme == "a"
                )
                for one in places
            ]
            for places in shuffled(seed)
        ]
        told = list(lessons_of_places(regions))
        (ahead,) = named(told, "theme_ahead")
        measures = [one for places in regions for one in places if one.theme == "a"]
        assert (ahead["theme"], ahead["ahead"], ahead["of"]) == ("a", 12, 12)
        assert ahead["first_tier"] == ahead["total"] == len(measures)
        assert ahead["first_share"] == 1
        (never,) = named(told, "theme_never_first")
        assert never["theme"] == "b"
        assert never["measures"] == sum(one.theme == "b" for places in regions for one in places)
        assert never["regions"] == 12


def test_what_leads_in_one_large_region_alone_leads_in_none_of_the_others() -> None:
    large = [Place("", "a" if n < 30 else "b", "", n < 30) for n in range(60)]
    small = [Place("", "ab"[n % 2], "", n == 1) for n in range(10)]
    assert named(list(lessons_of_places([large, small, small])), "theme_ahead") == []
    assert named(list(lessons_of_places([large, large, small])), "theme_ahead")


def test_a_title_first_in_nearly_all_regions_is_told_as_it_is_written_first() -> None:
    def region(number: int, title: str) -> Study:
        levels = {"M0": (5.0, 5.0, 5.0, 10_000.0)} | {f"M{n}": (2.0, 2.0, 2.0, 20_000.0 * 2**n) for n in range(1, 9)}
        measures: tuple[Measure, ...] = tuple(measure(name, level[3]) for name, level in levels.items())
        rated: tuple[Rating, ...] = tuple(one for name, level in levels.items() for one in ratings(name, *level[:3]))
        best = measures[0].model_copy(update={"title": title})
        others = tuple(m.model_copy(update={"title": f"{m.title} {number}"}) for m in measures[1:])
        return small_study(measures=(best, *others), ratings=rated)

    titles = ("Quartier  Süd", "quartier SÜD", "Quartier Süd", "QUARTIER Süd", "Quartier Süd", "Quartier süd")
    told = list(first_lessons({str(n): evaluate(region(n, title)) for n, title in enumerate(titles)}))
    (one,) = named(told, "measure_first")
    assert one == {"title": "Quartier Süd", "first": 6, "of": 6}
    twice = {"a": evaluate(region(0, titles[0])), "b": evaluate(region(0, titles[1]))}
    assert named(list(first_lessons(twice)), "measure_first") == [], "twice may be chance, for one title of nine"


def named(told: list[Lesson], code: str) -> list[dict[str, object]]:
    return [dict(one.params) for one in told if one.code == code]
