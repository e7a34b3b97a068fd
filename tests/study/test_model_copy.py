"""A study may be copied with changes; what was computed from the old tables must not come along."""

from small import measure, small_study


def test_a_changed_copy_has_its_own_hash_and_look_ups() -> None:
    study = small_study()
    before = study.input_hash, len(study.measure_by_id), study.leaves
    changed = study.model_copy(update={"measures": (*study.measures, measure("M9", 5_000))})
    assert changed.input_hash != before[0]
    assert changed != study
    assert set(changed.measure_by_id) - set(study.measure_by_id) == {"M9"}
    assert (study.input_hash, len(study.measure_by_id), study.leaves) == before
