"""`okienko estimate`: a clear sentence and the code 2 for every input it cannot use."""

from collections.abc import Callable
from pathlib import Path

import pytest

from okienko.interfaces.cli import estimate
from tests.engines.statistics.reference_data import FOLDER

SYNTHETIC = str(FOLDER / "synthetic.csv")
ITEM = ("--item", "q1", "--statistic")
STRATA_FPC = '[design]\nstratum = "h"\nfpc = "fpc"'
SCALE = "[scale]\nmin = 1\nmax = 4"
SMALL = "q1,w,h,fpc,nps\n5,1,a,9,10\n4,1,a,9,11\n3,2,b,9,0\n2,1,b,9,5\n"
MEAN = (*ITEM, "mean")


@pytest.mark.parametrize(
    ("content", "design", "arguments", "said"),
    [
        (SMALL, "", ("--item", "q9", "--statistic", "mean"), "no column 'q9'"),
        (SMALL, "", (*MEAN, "--by", "office"), "no column 'office'"),
        (SMALL, '[design]\nweight = "weight"', MEAN, "no column 'weight'"),
        (SMALL.replace("4,1,a", "dobrze,1,a"), "", MEAN, "column q1, row 2: 'dobrze' is not a number"),
        (SMALL, '[design]\nwieght = "w"', MEAN, "unknown key 'wieght' in [design]"),
        (SMALL, "[desing]\nweight = 'w'", MEAN, "unknown [desing]"),
        (SMALL, "[missing]\ndefualt = [9]", MEAN, "unknown key 'defualt' in [missing]"),
        (SMALL, "[missing]\ndefault = 9", MEAN, "must be a list of codes"),
        (SMALL, "[scale]\nmin = 5\nmax = 1", MEAN, "min below max"),
        (SMALL, "[design\n", MEAN, "not valid TOML"),
        (SMALL, '[design]\nlonely_psu = "drop"', MEAN, "lonely_psu must be one of"),
        (SMALL, "[design]\nweight = 3", MEAN, "must be the name of a column"),
        (SMALL, '[design]\npsu2 = "w"', MEAN, "psu2 needs psu"),
        (SMALL.replace(",9,", ",1,"), STRATA_FPC, MEAN, "2 units were sampled from it"),
        (SMALL.replace("5,1,a,9", "5,1,a,8"), STRATA_FPC, MEAN, "more than one value"),
        (SMALL.replace("5,1,", "5,0,"), '[design]\nweight = "w"', MEAN, "weights are not above zero"),
        (SMALL.replace("5,1,", "5,-2,"), '[design]\nweight = "w"', MEAN, "first in row 1: -2"),
        (SMALL.replace("4,1,", "4,,"), '[design]\nweight = "w"', MEAN, "first in row 2: nan"),
        (SMALL.replace("1,a", "1,"), '[design]\nstratum = "h"', MEAN, "stratum has no value in row 1"),
        (SMALL.replace("4,1,a", "4,1,c"), '[design]\nstratum = "h"', MEAN, "one PSU has no variance"),
        (SMALL.splitlines()[0] + "\n", "", MEAN, "no PSU is left"),
        ("q1\n9\n9\nNA\n", "[missing]\ndefault = [9]", MEAN, "no valid answer"),
        ("", "", MEAN, "is empty"),
        (b"q1,\xb3\n1,2\n", "", MEAN, "not UTF-8"),
        (b"q1,o\n1,\xb3\n2,a\n", "", (*MEAN, "--by", "o"), "invalid UTF8"),
        ("q1,o\n1,2\n3\n", "", MEAN, "Expected 2 columns, got 1"),
        ("q1,q1\n1,2\n", "", MEAN, "more than once"),
        (b"PK\x03\x04rest", "", MEAN, "spreadsheet"),
        (b"PAR1nonsense", "", MEAN, "answers.csv"),
        (b"q1\x00\x01\n", "", MEAN, "neither CSV nor Parquet"),
        (SMALL, "", ("--item", "nps", "--statistic", "nps"), "from 0 to 10"),
        (SMALL, "", (*ITEM, "csi"), "[scale]"),
        (SMALL, SCALE, (*ITEM, "csi"), "outside the scale"),
        (SMALL, SCALE, (*ITEM, "top2"), "outside the scale"),
        (SMALL, "[missing]\ndefault = [5]", (*ITEM, "share", "--value", "5"), "missing code"),
        (SMALL, "", (*MEAN, "--value", "5"), "--value belongs"),
        (SMALL, "", (*MEAN, "--importance", "w"), "--importance belongs"),
        (SMALL, SCALE, (*ITEM, "csi", "--importance", "w", "fpc"), "1 items, 2"),
        (SMALL, "", (*MEAN, "--waves", "1", "2"), "--waves belongs"),
        (SMALL, "", (*ITEM, "change"), "needs --waves"),
        (SMALL, "", (*ITEM, "change", "--waves", "1", "2"), "names no wave column"),
        (SMALL, '[design]\nwave = "h"', (*ITEM, "change", "--waves", "a", "z"), "no wave 'z'"),
        (SMALL, "", (*MEAN, "--method", "bayes"), "no interval method 'bayes'"),
        (SMALL, "", (*MEAN, "--method", "logit"), "is for shares"),
        (SMALL, "", (*MEAN, "--method", "model"), "not probability samples"),
        (SMALL, '[design]\nkind = "census"', MEAN, "census needs fpc"),
        (SMALL, "", (*MEAN, "--by", "q1"), "both an item and a group"),
        (SMALL, "", (*ITEM, "quantile"), "needs --value"),
        (SMALL, "", (*ITEM, "quantile", "--value", "90"), "between 0 and 1"),
        (SMALL, "", (*ITEM, "median", "--value", "0.5"), "--value belongs"),
        (SMALL, "", (*ITEM, "median", "--method", "bayes"), "no interval method 'bayes'"),
        (SMALL, "", (*ITEM, "ratio"), "needs --denominator"),
        (SMALL, "", (*MEAN, "--denominator", "w"), "no other statistic"),
        (SMALL, "", (*ITEM, "ratio", "--denominator", "q1"), "both --item and --denominator"),
        (SMALL, "", (*ITEM, "ratio", "--denominator", "q9"), "no column 'q9'"),
        (SMALL, "", (*ITEM, "ratio", "--denominator", "w", "--by", "w"), "both an item and a group"),
        (SMALL, "", (*ITEM, "ratio", "--denominator", "w", "--method", "beta"), "is for shares"),
        ("q1,d\n4,\n,5\n", "", (*ITEM, "ratio", "--denominator", "d"), "nobody answered all of q1, d"),
        (SMALL, "", (*ITEM, "alpha"), "at least two --item"),
        (SMALL, "", ("--item", "w", *ITEM, "alpha", "--method", "t"), "one method only"),
    ],
)  # fmt: skip
def test_bad_input_is_named_and_ends_with_2(
    run: Callable, answers: Callable, content: str | bytes, design: str, arguments: tuple, said: str
) -> None:
    code, out, errors = run(answers(content), design, *arguments)
    assert (code, out) == (2, "")
    assert said in errors
    assert errors.startswith("okienko estimate: ")
    assert "Traceback" not in errors


def test_files_that_are_not_there_are_named(
    run: Callable, tmp_path: Path, capsys: pytest.CaptureFixture
) -> None:
    code, _, errors = run(str(tmp_path / "none.csv"), "", *MEAN)
    assert code == 2
    assert "none.csv: there is no such file" in errors
    assert estimate.main([SYNTHETIC, "--design", str(tmp_path / "none.toml"), *MEAN]) == 2
    assert "none.toml" in capsys.readouterr().err
    assert run(str(tmp_path), "", *MEAN)[0] == 2


def test_arguments_that_argparse_refuses_end_with_2(run: Callable) -> None:
    with pytest.raises(SystemExit) as ended:
        run(SYNTHETIC, "", "--item", "q1", "--statistic", "mode")
    assert ended.value.code == 2
