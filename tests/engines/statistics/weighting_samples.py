"""A sample to weight, for the tests of weighting."""

import numpy as np

from okienko.engines.statistics import Cube, Design, ItemSpec, LonelyPsu, Margin, build_cube

ITEMS = [ItemSpec("q1", (1, 2, 3, 4, 5)), ItemSpec("q2", (1, 2, 3, 4, 5)), ItemSpec("r", tuple(range(11)))]
MARGINS = [
    Margin("age", {0: 0.5, 1: 0.3, 2: 0.2}, shares=True),
    Margin("sex", {"f": 0.55, "m": 0.45}, shares=True),
]
AGE = [Margin("age", {0: 500.0, 1: 300.0, 2: 200.0})]


def sample(seed: int, psus: int = 10, rows: int = 600) -> dict[str, np.ndarray]:
    """Answers of a stratified sample of clusters; every PSU has every combination of the margins' labels."""
    random = np.random.default_rng(seed)
    psu = np.concatenate([np.repeat(np.arange(psus), 6), random.integers(0, psus, rows)])
    n = psu.size
    every = np.tile(np.arange(6), psus)
    mood = random.normal(0, 1, psus)[psu]

    def scale() -> np.ndarray:
        answers = np.clip(np.round(3.5 + mood + random.normal(0, 1, n)), 1, 5).astype(int)
        return np.where(random.random(n) < 0.1, -1, answers)

    return {
        "q1": scale(),
        "q2": scale(),
        "r": np.where(random.random(n) < 0.1, -2, random.integers(0, 11, n)),
        "age": np.concatenate([every // 2, random.choice(3, rows, p=(0.2, 0.3, 0.5))]),
        "sex": np.concatenate(
            [np.array(["f", "m"])[every % 2], random.choice(["f", "m"], rows, p=(0.3, 0.7))]
        ),
        "office": psu % 2,
        "wave": np.concatenate([every % 2 + 1, random.integers(1, 3, rows)]),
        "psu": psu,
        "stratum": psu % 4 // 2,
        "weight": np.round(random.lognormal(0, 0.3, n), 3),
    }


def design(data: dict[str, np.ndarray], weight: np.ndarray | None = None) -> Design:
    weight = data["weight"] if weight is None else weight
    rule = LonelyPsu.ADJUST
    return Design(weight=weight, stratum=data["stratum"], psu=data["psu"], lonely_psu=rule)


def cube(
    data: dict[str, np.ndarray], weight: np.ndarray | None = None, by: tuple[str, ...] = ("office", "wave")
) -> Cube:
    return build_cube(data, ITEMS, design(data, weight), by=by, squares=True, weighting=["age", "sex"])
