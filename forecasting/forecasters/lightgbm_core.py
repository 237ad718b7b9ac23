"""LightGBM's own interface, without its scikit-learn wrapper.

`import lightgbm` imports scikit-learn for the wrapper, and scikit-learn imports all of
scipy.stats: two seconds that every question at a command line would wait for. LightGBM makes do
when scikit-learn cannot be imported, and nothing here uses the wrapper.
"""

import os
import sys

_WRAPPED = "sklearn"

# Threads that wait for one another sleep instead of spinning: on cores that others use too, a fit
# with two threads took eight times the CPU seconds otherwise. Read once, when OpenMP is loaded.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")

if _WRAPPED in sys.modules or "lightgbm" in sys.modules:
    import lightgbm
else:
    # This is how Python spells "cannot be imported".
    sys.modules[_WRAPPED] = None  # type: ignore[assignment]
    try:
        import lightgbm
    finally:
        del sys.modules[_WRAPPED]

Booster = lightgbm.Booster
Dataset = lightgbm.Dataset
LightGBMError = lightgbm.basic.LightGBMError
train = lightgbm.train
