"""Matrix products of small matrices on one thread: several cost four times the processor time."""

from __future__ import annotations

import os
import subprocess
import sys

from okienko.config.env import calm_blas
from okienko.interfaces.cli import main


def test_products_take_one_thread_unless_the_environment_says_otherwise(monkeypatch):
    monkeypatch.delenv("OPENBLAS_NUM_THREADS", raising=False)
    calm_blas()
    assert os.environ["OPENBLAS_NUM_THREADS"] == "1"
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", "4")
    calm_blas()
    assert os.environ["OPENBLAS_NUM_THREADS"] == "4"


def test_a_command_says_so_before_numpy_is_imported(monkeypatch):
    monkeypatch.delenv("OPENBLAS_NUM_THREADS", raising=False)
    assert main.dispatch("questionnaire", ["list"]) == 0
    assert os.environ["OPENBLAS_NUM_THREADS"] == "1"
    code = "import sys, okienko.interfaces.cli.main; sys.exit('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
