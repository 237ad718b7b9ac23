"""LightGBM's own interface, without its scikit-learn wrapper.

`import lightgbm` imports scikit-learn for the wrapper, and scikit-learn imports all of
scipy.stats: two seconds that every question at a command line would wait for. LightGBM makes do
when scikit-learn cannot be imported, and nothing here uses the wrapper.
"""

import sys

_WRAPPED = "sklearn"

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
