"""Makes shrinkage.json: the variance between offices by statsmodels (written against 0.15.0).

    python make_shrinkage_references.py

Run in this folder, after make_driver_references.R, whose figures and variances it takes from drivers.json.
"""

import json
from pathlib import Path

import numpy as np
import statsmodels
from statsmodels.stats.meta_analysis import combine_effects

found = {}
for name, case in json.loads(Path("drivers.json").read_text(encoding="utf-8"))["shrinkage"].items():
    # Tighter than this its last step may fall below zero by rounding, which it takes for "no variance".
    result = combine_effects(
        np.array(case["value"]), np.array(case["variance"]), method_re="iterated", atol=1e-10
    )
    found[name] = {"between": result.tau2, "mean": result.mean_effect_re, "se": result.sd_eff_w_re}
content = {"versions": {"statsmodels": statsmodels.__version__}, "cases": found}
Path("shrinkage.json").write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
