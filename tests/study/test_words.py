"""Words of fixed choices: whatever a cell shows means the same when it is read."""

from datetime import date

import pytest

from mcda.locale import LANGUAGES
from mcda.study.cells import CellError, convert
from mcda.study.model import TABLES, Criterion, Measure, Programme
from mcda.study.words import GROUPS, SYNONYMS, known_ids, meanings, shown


@pytest.mark.parametrize("column", GROUPS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_shown_word_reads_back_to_its_id(column, language):
    words = {name: shown(column, name, language) for name in known_ids(column)}
    assert words
    assert {name: meanings(column).get(word.casefold(), word) for name, word in words.items()} == {n: n for n in words}


@pytest.mark.parametrize("column", GROUPS)
def test_an_id_means_itself(column):
    taken = {name: meanings(column).get(name.casefold(), name) for name in known_ids(column)}
    assert taken == {name: name for name in taken}


def test_columns_with_words_exist_in_the_model():
    fields = {name for model in TABLES.values() for name in model.model_fields}
    assert set(GROUPS) | set(SYNONYMS) <= fields


def test_words_of_both_languages_are_read():
    assert convert(Measure, "status", "abgeschlossen") == "done"
    assert convert(Criterion, "sense", "weniger ist besser") == "min"
    assert convert(Criterion, "sense", "Less is better") == "min"
    assert convert(Programme, "instrument", "Darlehen") == "loan"
    assert convert(Measure, "cost_categories", "Planung; Bau; Eigenes") == ("planning", "construction", "Eigenes")
    assert convert(Measure, "municipalities", "Planung") == ("Planung",)
    assert convert(Criterion, "unit", 5.0) == "5"


def test_an_unknown_word_stays_where_text_is_free_and_is_refused_where_not():
    assert shown("category", "Eigene Art", "de") == "Eigene Art"
    assert shown("region", "Nord", "de") == "Nord"
    assert convert(Measure, "category", "Eigene Art") == "Eigene Art"
    with pytest.raises(CellError, match="not_a_choice"):
        convert(Criterion, "sense", "egal")
    assert convert(Programme, "valid_to", date(2026, 1, 1)) == date(2026, 1, 1)
