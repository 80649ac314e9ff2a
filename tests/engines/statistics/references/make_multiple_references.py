"""Makes adjusted p-values with statsmodels (written against 0.15; needs numpy).

python make_multiple_references.py > multiple.json
"""

import json

import numpy as np
import statsmodels
from statsmodels.stats.multitest import multipletests

random = np.random.default_rng(1995)
families = [
    [0.01],
    [0.01, 0.04, 0.03, 0.005, 0.04, 0.8, 0.001, 0.04],
    [0.5, 0.9, 1.0, 0.7],
    [1e-300, 1e-12, 0.049, 0.05, 0.051, 0.0],
    random.beta(0.4, 2, 45).tolist(),
    (random.beta(0.2, 3, 300)).tolist(),
]
print(
    json.dumps(
        {
            "versions": {"statsmodels": statsmodels.__version__},
            "families": [
                {
                    "p": p,
                    "holm": multipletests(p, method="holm")[1].tolist(),
                    "bh": multipletests(p, method="fdr_bh")[1].tolist(),
                }
                for p in families
            ],
        },
        indent=1,
    )
)
