"""How log sales answered to offers, in a straight line, as of an origin.

A ridge regression for every series, drawn to that of its product over all stores, and that to the
one of all products: what a series has tried itself counts most where it has tried much.
"""

import numpy as np
from numpy.typing import NDArray

from forecasting.grouping import sum_by

Floats = NDArray[np.float64]
Codes = NDArray[np.int64]

# Ridge penalties: of what a product adds to all products, and a series to its product.
_PRODUCT, _SERIES, _ALL = 100.0, 4.0, 1.0


def slopes(terms: Floats, logs: Floats, weight: Floats, product: Codes) -> Floats:
    """Return [n, k] log points of sales per unit of each term.

    Args:
        terms: [k, n, t] regressors.
        logs: [n, t] log sales; NaN where not known.
        weight: [t] how much each period counts.
        product: [n] codes of products.
    """
    known = np.where(np.isnan(logs), 0.0, weight)
    total = np.maximum(known.sum(axis=1), 1e-9)
    value = np.nan_to_num(logs)
    value = value - ((known * value).sum(axis=1) / total)[:, None]
    x = np.ascontiguousarray(terms.transpose(1, 0, 2))
    x = x - (np.einsum("nkt,nt->nk", x, known) / total[:, None])[:, :, None]
    weighted = x * known[:, None, :]
    gram = np.matmul(weighted, x.transpose(0, 2, 1))
    moment = np.matmul(weighted, value[:, :, None])[:, :, 0]
    eye = np.eye(len(terms))
    grams, moments = sum_by(gram, product), sum_by(moment, product)
    common = np.linalg.solve(grams.sum(axis=0) + _ALL * eye, moments.sum(axis=0))
    of_product = common + _step(grams, moments - grams @ common, _PRODUCT * eye)
    start = of_product[product]
    rest = moment - np.matmul(gram, start[:, :, None])[:, :, 0]
    return np.asarray(start + _step(gram, rest, _SERIES * eye))


def _step(gram: Floats, rest: Floats, penalty: Floats) -> Floats:
    return np.asarray(np.linalg.solve(gram + penalty, rest[..., None])[..., 0])
