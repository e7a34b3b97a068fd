"""The session: what is put in force, taken back, compared with, kept apart. Run inside the front end's own runner."""

from typing import Any

from streamlit.testing.v1 import AppTest


def run(script: Any, **context: Any) -> AppTest:
    app = AppTest.from_function(script, default_timeout=30)
    app.context = context
    app.run()
    assert not app.exception
    return app


def seen(app: AppTest) -> Any:
    return app.session_state["seen"]


def test_a_drag_is_one_step_of_the_undo_list() -> None:
    def script() -> None:
        import streamlit as st

        from mcda.scenario import Scenario
        from mcda.ui import state

        for step in (36, 40, 47):
            state.apply(Scenario(weights={"relevance": step}), record=False)
        state.apply(Scenario(weights={"relevance": 50}))
        first = state.scenario().weights["relevance"]
        state.undo()
        st.session_state["seen"] = (first, dict(state.scenario().weights), state.can_undo())

    assert seen(run(script)) == (50, {}, False)


def test_undo_in_the_middle_of_a_drag_returns_to_where_it_began() -> None:
    def script() -> None:
        import streamlit as st

        from mcda.scenario import Scenario
        from mcda.ui import state

        state.apply(Scenario(weights={"cost": 30}))
        state.apply(Scenario(weights={"cost": 31}), record=False)
        could = state.can_undo()
        state.undo()
        st.session_state["seen"] = (could, state.scenario().weights["cost"], state.can_undo())

    assert seen(run(script)) == (True, 30, True)


def test_applying_the_same_scenario_again_is_no_step() -> None:
    def script() -> None:
        import streamlit as st

        from mcda.scenario import Scenario
        from mcda.ui import state

        state.apply(Scenario(profile="mayors"))
        state.apply(Scenario(profile="mayors"))
        state.undo()
        state.undo()
        st.session_state["seen"] = (state.scenario().profile, state.can_undo())

    assert seen(run(script)) == ("", False)


def test_returning_to_the_baseline_can_be_undone() -> None:
    def script() -> None:
        import streamlit as st

        from mcda.scenario import Scenario
        from mcda.ui import state

        state.apply(Scenario(method="weighted_sum"))
        state.set_baseline()
        state.apply(Scenario(method="weighted_product"))
        state.reset_to_baseline()
        back = state.scenario().method
        state.undo()
        st.session_state["seen"] = (back, state.scenario().method, state.baseline_result().method)

    assert seen(run(script)) == ("weighted_sum", "weighted_product", "weighted_sum")


def test_the_result_is_that_of_the_scenario_in_force() -> None:
    def script() -> None:
        import streamlit as st

        from mcda.evaluate import evaluate
        from mcda.scenario import Scenario
        from mcda.ui import state

        state.apply(Scenario(weights={"relevance": 80}))
        alone = evaluate(state.study(), Scenario(weights={"relevance": 80}))
        st.session_state["seen"] = (state.result().rows() == alone.rows(), state.result().provenance.input_hash)

    equal, input_hash = seen(run(script))
    assert equal
    assert len(input_hash) == 64


def test_another_study_starts_over_but_keeps_the_language() -> None:
    def script() -> None:
        import streamlit as st

        from mcda.scenario import Scenario
        from mcda.ui import state

        state.set_language("en")
        state.apply(Scenario(method="weighted_sum"))
        state.set_locked({"cost"})
        state.open_study(state.study().model_copy(update={"themes": ()}))
        st.session_state["seen"] = (
            state.language(),
            state.scenario().method,
            state.locked(),
            state.can_undo(),
            state.is_example(),
        )

    assert seen(run(script)) == ("en", "", frozenset(), False, False)


def test_a_workbook_that_cannot_be_used_leaves_the_study_as_it_was() -> None:
    def script() -> None:
        import streamlit as st

        from mcda.ui import state

        opened = state.open_upload([("kaputt.xlsx", b"no workbook at all")])
        upload = state.upload()
        assert upload is not None
        held = (state.is_example(), state.file_name())
        state.forget_upload()
        st.session_state["seen"] = (opened, upload.name, len(upload.issues), held, state.upload())

    assert seen(run(script)) == (False, "kaputt.xlsx", 1, (True, ""), None)


def language_script() -> None:
    import streamlit as st

    from mcda.ui import state

    st.session_state["seen"] = state.language()


def test_the_language_is_the_browsers_and_german_where_it_is_another() -> None:
    assert seen(run(language_script, locale="en-GB")) == "en"
    assert seen(run(language_script, locale="de-AT")) == "de"
    assert seen(run(language_script, locale="fr-FR")) == "de"
    assert seen(run(language_script)) == "de"


def test_a_link_may_name_the_language() -> None:
    app = AppTest.from_function(language_script, default_timeout=30)
    app.context = {"locale": "de-DE"}
    app.query_params["lang"] = "en"
    assert seen(app.run()) == "en"


def test_the_catalogue_turns_its_direction_on_the_same_column() -> None:
    def script() -> None:
        import streamlit as st

        from mcda.ui import state

        steps = [state.sort()]
        for column in ("life_cycle", "life_cycle", "rank"):
            state.sort_by(column)
            steps.append(state.sort())
        st.session_state["seen"] = steps

    expected = [("rank", False), ("life_cycle", False), ("life_cycle", True), ("rank", False)]
    assert seen(run(script)) == expected
