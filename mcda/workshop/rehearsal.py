"""A dress rehearsal: twelve simulated people who join and answer, so that a facilitator can practise the evening."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from mcda.study.model import Study
from mcda.workshop.ballots import TOP, cells_asked, pair_key, pairs_asked
from mcda.workshop.contents import RoundOpened

PEOPLE = 12


def simulated_people(study: Study, roles: Sequence[str]) -> tuple[dict[str, str], ...]:
    """Role and municipality of twelve people, spread over those the room and the study know."""
    homes = [m.id for m in study.municipalities] or [""]
    return tuple(
        {"role": roles[n % len(roles)] if roles else f"Rolle {n + 1}", "municipality": homes[n % len(homes)]}
        for n in range(PEOPLE)
    )


def simulated_answer(study: Study, asked: RoundOpened, generator: np.random.Generator) -> dict[str, Any]:
    """One person's answer to a round, as a vote's fields: near the study's own weights and ratings, with a will of
    its own. The generator alone decides."""
    if asked.kind == "weights":
        return _weights(study, asked, generator)
    if asked.kind == "ratings":
        return {"ratings": {pair_key(m, k): _rating(study, k, generator) for m, k in cells_asked(study, asked)}}
    if asked.kind == "top":
        chosen = generator.choice(len(study.measures), size=min(TOP, len(study.measures)), replace=False)
        return {"top": tuple(study.measures[int(n)].id for n in sorted(chosen))}
    return {"answer": str(generator.choice(["yes", "yes", "yes", "no", "abstain"]))}


def _weights(study: Study, asked: RoundOpened, generator: np.random.Generator) -> dict[str, Any]:
    items = study.children[asked.parent]
    own = np.array([max(study.criterion_by_id[item].weight, 1e-3) for item in items])
    felt = own / own.sum() * np.exp(generator.normal(0.0, 0.45, len(items)))
    if asked.asked == "rank_order":
        order = np.argsort(-felt)
        return {"ranks": {items[int(i)]: place for place, i in enumerate(order, start=1)}}
    if asked.asked == "swing":
        points = np.maximum(np.round(felt / felt.max() * 20) * 5, 5.0)
        return {"points": {item: float(p) for item, p in zip(items, points, strict=True)}}
    worth = dict(zip(items, felt, strict=True))
    return {"pairs": {pair_key(a, b): _on_scale(worth[a] / worth[b]) for a, b in pairs_asked(study, asked.parent)}}


def _on_scale(ratio: float) -> float:
    """The nearest answer on the scale 1/9 ... 9."""
    steps = min(max(round(max(ratio, 1.0 / ratio)), 1), 9)
    return float(steps) if ratio >= 1 else 1.0 / steps


def _rating(study: Study, criterion: str, generator: np.random.Generator) -> dict[str, Any]:
    leaf = study.criterion_by_id[criterion]
    low, high = sorted((float(leaf.worst or 0), float(leaf.best or 0)))
    step = leaf.step or (high - low) / 4
    felt = generator.normal(0.6, 0.22)
    steps = round(min(max(felt, 0.0), 1.0) * (high - low) / step)
    return {"value": low + step * min(steps, int((high - low) / step + 1e-9))}
