"""The weights that the ranking is learnt with."""

import numpy as np
import pytest
from scipy.sparse import csr_matrix
from sklearn.svm import LinearSVC

from agent.planner.understanding.margins import Wanted, fitted


@pytest.fixture(scope="module")
def sentences():
    """Six hundred rows of a few features each, and which of four labels each has."""
    rng = np.random.default_rng(3)
    labels = rng.integers(0, 4, 600)
    features = rng.random((600, 80)) < 0.03 + 0.2 * (np.arange(80) % 4 == labels[:, None])
    return np.hstack([features, np.ones((600, 1))]).astype(np.float32), labels


def test_weights_are_those_another_solver_finds(sentences):
    table, labels = sentences
    costs = np.where(labels == 2, 2.0, 0.7).astype(np.float32)
    signs = np.where(labels[:, None] == np.arange(4), 1, -1).astype(np.float32)

    found = fitted(Wanted(csr_matrix(table), signs, 2 * costs))

    # The last feature is the intercept, which that solver counts among the weights too.
    other = LinearSVC(C=1.0, tol=1e-6, max_iter=100_000, random_state=1)
    other.fit(table[:, :-1], labels, costs)
    assert found[:-1] == pytest.approx(other.coef_.T, abs=0.02)
    assert found[-1] == pytest.approx(other.intercept_, abs=0.02)


def test_learning_again_gives_the_same_weights(sentences):
    table, labels = sentences
    signs = np.where(labels[:, None] == np.arange(4), 1, -1).astype(np.float32)
    wanted = Wanted(csr_matrix(table), signs, np.ones(len(labels), np.float32))

    assert np.array_equal(fitted(wanted), fitted(wanted))
