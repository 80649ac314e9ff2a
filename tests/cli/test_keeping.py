"""`okienko pack` and `okienko cube`: files that describe themselves, days that add up, refusals."""

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq
import pytest

from okienko.engines.statistics.storage.description import KEY
from okienko.foundation.files import parquet
from okienko.interfaces.cli import estimate, main
from tests.engines.statistics.reference_data import FOLDER, columns

SYNTHETIC = str(FOLDER / "synthetic.csv")
DESIGN = '[design]\nweight = "weight"\nstratum = "stratum"\npsu = "psu"\n'
ITEMS = ("--item", "q1", "q2", "nps", "--by", "office", "age", "wave")
FIGURE = ("--item", "q2", "--by", "office", "--statistic", "mean")


@pytest.fixture
def design(tmp_path: Path) -> str:
    path = tmp_path / "design.toml"
    path.write_text(DESIGN, encoding="utf-8")
    return str(path)


@pytest.fixture
def okienko(capsys: pytest.CaptureFixture) -> Callable:
    """Run a command; gives (exit code, output, errors)."""

    def call(*words: object) -> tuple[int, str, str]:
        code = main.main([str(word) for word in words])
        said = capsys.readouterr()
        return code, said.out, said.err

    return call


@pytest.fixture
def kept(okienko: Callable, design: str, tmp_path: Path) -> Callable:
    """Pack or count the synthetic survey; gives the file."""

    def call(command: str, data: str = SYNTHETIC, name: str = "") -> Path:
        path = tmp_path / (name or f"{command}.parquet")
        code, _, errors = okienko(command, data, "--design", design, *ITEMS, "--to", path)
        assert code == 0, errors
        return path

    return call


def figures(okienko: Callable, *words: object) -> list[dict]:
    code, out, errors = okienko("estimate", *words, "--format", "json")
    assert code == 0, errors
    return json.loads(out)


def assert_same(found: list[dict], expected: list[dict]) -> None:
    assert len(found) == len(expected) > 0
    for ours, theirs in zip(found, expected, strict=True):
        assert (ours["item"], ours["by"], ours["n"]) == (theirs["item"], theirs["by"], theirs["n"])
        for name in ("estimate", "se", "lower", "upper", "df", "deff"):
            same = ours[name] is theirs[name] or ours[name] == pytest.approx(theirs[name], rel=1e-9)
            assert same, name


@pytest.mark.parametrize("statistic", [
    FIGURE,
    ("--item", "q2", "--statistic", "share", "--by", "age"),
    ("--item", "nps", "--statistic", "nps"),
    ("--item", "q1", "--statistic", "median", "--by", "office"),
])  # fmt: skip
def test_packed_answers_and_cubes_give_the_same_figures_without_a_design_file(
    okienko: Callable, kept: Callable, design: str, statistic: tuple
) -> None:
    expected = figures(okienko, SYNTHETIC, "--design", design, *statistic)
    for command in ("pack", "cube"):
        assert_same(figures(okienko, kept(command), *statistic), expected)


def test_a_change_is_estimated_from_what_was_kept(okienko: Callable, kept: Callable, tmp_path: Path) -> None:
    wave = tmp_path / "wave.toml"
    wave.write_text(f'{DESIGN}wave = "wave"\n', encoding="utf-8")
    only = tmp_path / "only-wave.toml"
    only.write_text('[design]\nwave = "wave"\n', encoding="utf-8")
    asked = ("--item", "q1", "--statistic", "change", "--waves", "2025", "2026", "--by", "office")
    expected = figures(okienko, SYNTHETIC, "--design", wave, *asked)
    for command in ("pack", "cube"):
        assert_same(figures(okienko, kept(command), "--design", only, *asked), expected)


def test_cubes_of_days_are_put_together(
    okienko: Callable, kept: Callable, design: str, tmp_path: Path
) -> None:
    data = columns("synthetic")
    table = pa.table({name: pa.array(column, from_pandas=True) for name, column in data.items()})
    days = []
    for day in range(3):
        path = tmp_path / f"day-{day}.csv"
        pa_csv.write_csv(table.filter(pa.array(data["psu"] % 3 == day)), path)
        days.append(kept("cube", str(path), f"day-{day}.parquet"))
    code, said, _ = okienko("cube", *days, "--to", tmp_path / "wave.parquet")
    assert code == 0
    assert f"{data['psu'].size} respondents" in said
    expected = figures(okienko, SYNTHETIC, "--design", design, *FIGURE)
    assert_same(figures(okienko, tmp_path / "wave.parquet", *FIGURE), expected)


def test_packing_again_says_the_same_checksum(okienko: Callable, kept: Callable, tmp_path: Path) -> None:
    packed = kept("pack")
    again = tmp_path / "again.parquet"
    code, said, _ = okienko("pack", packed, "--to", again)
    assert code == 0
    assert parquet.metadata(again)[KEY] == parquet.metadata(packed)[KEY]
    code, _, _ = okienko("cube", packed, "--to", tmp_path / "c.parquet")
    checksum = said.split()[-1]
    assert checksum in parquet.metadata(tmp_path / "c.parquet")[KEY].decode()


def test_the_packed_file_is_a_byte_an_answer(kept: Callable) -> None:
    schema = pq.read_schema(kept("pack"))
    assert schema.field("q1").type == pa.uint8()
    assert not any(field.nullable for field in schema)


@pytest.mark.parametrize("command", ["pack", "cube"])
def test_a_truncated_file_is_refused_wherever_it_ends(
    okienko: Callable, kept: Callable, command: str
) -> None:
    path = kept(command)
    content = path.read_bytes()
    for end in (8, len(content) // 2, len(content) - 1):
        path.write_bytes(content[:end])
        code, out, errors = okienko("estimate", path, *FIGURE)
        assert (code, out) == (2, "")
        assert str(path) in errors
        assert "Traceback" not in errors


@pytest.mark.parametrize("command", ["pack", "cube"])
def test_a_changed_byte_never_changes_a_figure(okienko: Callable, kept: Callable, command: str) -> None:
    path = kept(command)
    expected = figures(okienko, path, *FIGURE)
    content = path.read_bytes()
    footer = int.from_bytes(content[-8:-4], "little")
    for place in np.random.default_rng(11).integers(4, len(content) - footer - 8, 60):
        broken = bytearray(content)
        broken[place] ^= 0xFF
        path.write_bytes(broken)
        code, out, errors = okienko("estimate", path, *FIGURE, "--format", "json")
        assert (code, str(path) in errors) == (2, True) or json.loads(out) == expected


@pytest.mark.parametrize("command", ["pack", "cube"])
def test_a_changed_footer_never_crashes(okienko: Callable, kept: Callable, command: str) -> None:
    path = kept(command)
    content = path.read_bytes()
    footer = int.from_bytes(content[-8:-4], "little")
    for place in np.random.default_rng(12).integers(len(content) - footer - 8, len(content), 60):
        broken = bytearray(content)
        broken[place] ^= 0xFF
        path.write_bytes(broken)
        code, _, errors = okienko("estimate", path, *FIGURE)
        assert code in (0, 2)
        assert "Traceback" not in errors


def test_a_file_of_another_version_says_what_to_do(okienko: Callable, kept: Callable) -> None:
    path = kept("cube")
    table = pq.read_table(path)
    note = json.loads(table.schema.metadata[KEY]) | {"version": 99}
    pq.write_table(table.replace_schema_metadata({KEY: json.dumps(note)}), path)
    code, _, errors = okienko("estimate", path, *FIGURE)
    assert code == 2
    assert "version 99" in errors
    assert "newer program" in errors


def test_a_file_that_claims_too_much_is_not_unpacked(tmp_path: Path) -> None:
    """A kilobyte of run lengths can stand for any number of zeros."""
    path = tmp_path / "zeros.parquet"
    zeros = pa.DictionaryArray.from_arrays(pa.array(np.zeros(1 << 20, np.int8)), pa.array([0.0]))
    with pq.ParquetWriter(path, pa.schema([("q", pa.float64())]), use_dictionary=True) as writer:
        for _ in range(4):
            writer.write_table(pa.table({"q": zeros.cast(pa.float64())}), row_group_size=1 << 20)
    parquet.load(path)
    before = parquet.MOST_BYTES
    try:
        parquet.MOST_BYTES = 1 << 20
        with pytest.raises(parquet.ParquetFault, match="claims 4194304 rows"):
            parquet.load(path)
    finally:
        parquet.MOST_BYTES = before


@pytest.mark.parametrize(("words", "said"), [
    (("pack", SYNTHETIC, *ITEMS, "--to", "x.parquet"), "--design is needed"),
    (("pack", SYNTHETIC, "--design", "DESIGN", "--to", "x.parquet"), "--item is needed"),
    (("pack", SYNTHETIC, "--design", "DESIGN", *ITEMS, "--to", "/nowhere/x.parquet"), "cannot be written"),
    (("cube", SYNTHETIC, SYNTHETIC, "--to", "x.parquet"), "is no cube"),
    (("cube", SYNTHETIC, "--design", "FITTED", *ITEMS, "--to", "x.parquet"), "take [weighting] out"),
    (("pack", "gone.csv", "--design", "DESIGN", *ITEMS, "--to", "x.parquet"), "there is no such file"),
    (("estimate", "CUBE", "--item", "q3", "--statistic", "mean"), "no item 'q3'; it has: q1, q2"),
    (("estimate", "CUBE", "--item", "q1", "--by", "psu", "--statistic", "mean"), "not divided by 'psu'"),
    (("estimate", "CUBE", "--design", "DESIGN", *FIGURE), "brings its own design"),
    (("estimate", "CUBE", "--item", "q1", "--item", "q2", "--statistic", "alpha"), "the answers themselves"),
])  # fmt: skip
def test_refusals_say_what_to_do(
    okienko: Callable, kept: Callable, design: str, tmp_path: Path, words: tuple, said: str, monkeypatch
) -> None:
    monkeypatch.chdir(tmp_path)
    fitted = tmp_path / "fitted.toml"
    fitted.write_text(
        DESIGN + '[weighting]\n[[weighting.margin]]\ncolumns = ["age"]\nshares = { "1" = 0.5, "2" = 0.5 }\n',
        encoding="utf-8",
    )
    places = {"DESIGN": design, "FITTED": fitted, "CUBE": kept("cube") if "CUBE" in words else ""}
    code, out, errors = okienko(*(places.get(word, word) for word in words))
    assert (code, out) == (2, "")
    assert said in errors
    assert not (tmp_path / "x.parquet").exists()


def test_nothing_is_half_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.parquet"
    path.write_text("before")

    def fail(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(pq, "write_table", fail)
    with pytest.raises(OSError, match="No space"):
        parquet.save(pa.table({"q": [1]}), path)
    assert path.read_text() == "before"
    assert list(tmp_path.iterdir()) == [path]


def test_the_command_without_django_reads_stored_files(kept: Callable, capsys: pytest.CaptureFixture) -> None:
    assert estimate.main([str(kept("cube")), *FIGURE]) == 0
    assert "q2" in capsys.readouterr().out
