"""What groups of features add to what trees say."""

from itertools import combinations
from math import factorial

import numpy as np
import pytest

from forecasting.forecasters import lightgbm_core as lgb
from forecasting.forecasters.tree_shares import Account, TreeShares

GROUPS = (0, 1, 1, 2)


def grown(*, seed=1, trees=8, leaves=9):
    """Return trees on three numbers, some missing, and a code; and the table they saw."""
    rng = np.random.default_rng(seed)
    table = rng.normal(size=(600, 4)).astype(np.float32)
    table[:, 3] = rng.integers(0, 6, 600)
    table[rng.uniform(size=600) < 0.2, 1] = np.nan
    table[rng.uniform(size=600) < 0.2, 0] = 0
    label = table[:, 0] * (table[:, 3] > 2) + np.nan_to_num(table[:, 1], nan=2.0) + table[:, 2]
    data = lgb.Dataset(table, label=label, categorical_feature=[3], params={"verbose": -1})
    settings = {"num_leaves": leaves, "min_data_in_leaf": 5, "seed": seed, "verbose": -1}
    return lgb.train(settings | {"num_threads": 1}, data, num_boost_round=trees), table


def by_hand(booster, row, group):
    """Return the Shapley value of a group from the values of all sets of groups."""

    def value(node, present):
        if "split_feature" not in node:
            return node["leaf_value"]
        children = node["left_child"], node["right_child"]
        if GROUPS[node["split_feature"]] in present:
            return value(children[not goes_left(node, row)], present)
        count = [one.get("internal_count", one.get("leaf_count")) for one in children]
        return np.average([value(one, present) for one in children], weights=count)

    trees = [one["tree_structure"] for one in booster.dump_model()["tree_info"]]
    others = [one for one in sorted(set(GROUPS)) if one != group]
    total = 0.0
    for size in range(len(others) + 1):
        weight = factorial(size) * factorial(len(others) - size) / factorial(len(others) + 1)
        for some in combinations(others, size):
            total += weight * sum(value(t, {*some, group}) - value(t, {*some}) for t in trees)
    return total


def goes_left(node, row):
    figure = row[node["split_feature"]]
    if node["decision_type"] == "==":
        return str(int(figure)) in node["threshold"].split("||")
    if np.isnan(figure):
        return node["default_left"] if node["missing_type"] == "NaN" else node["threshold"] >= 0
    return figure <= node["threshold"]


def test_shares_add_up_to_what_the_trees_say():
    booster, table = grown()
    trees = TreeShares.of(booster, GROUPS)

    shares = trees.shares(table, 3)

    said = booster.predict(table, raw_score=True)
    np.testing.assert_allclose(trees.usual + shares.sum(axis=1), said, atol=1e-9)


def test_shares_are_the_shapley_values_of_groups():
    booster, table = grown(trees=3)

    shares = TreeShares.of(booster, GROUPS).shares(table[:12], 3)

    expected = [[by_hand(booster, row, group) for group in range(3)] for row in table[:12]]
    np.testing.assert_allclose(shares, expected, atol=1e-9)


def test_of_groups_of_one_feature_they_are_what_lightgbm_says_itself():
    booster, table = grown()

    shares = TreeShares.of(booster, range(4)).shares(table, 4)

    own = booster.predict(table, pred_contrib=True)
    np.testing.assert_allclose(shares, own[:, :-1], atol=1e-9)


@pytest.mark.parametrize("code", [np.nan, -1.0, 77.0])
def test_a_code_never_seen_goes_the_way_of_all_others(code):
    booster, table = grown()
    table[:, 3] = code
    trees = TreeShares.of(booster, GROUPS)

    said = booster.predict(table, raw_score=True)
    np.testing.assert_allclose(trees.usual + trees.shares(table, 3).sum(axis=1), said, atol=1e-9)


def test_trees_that_learned_nothing_have_nothing_to_share():
    table = np.ones((60, 2), dtype=np.float32)
    data = lgb.Dataset(table, label=np.full(60, 3.0), params={"verbose": -1})
    booster = lgb.train({"verbose": -1, "num_threads": 1}, data, num_boost_round=2)

    trees = TreeShares.of(booster, (0, 0))

    assert not trees.shares(table, 1).any()
    assert trees.usual == pytest.approx(booster.predict(table[:1], raw_score=True)[0])


def test_an_account_names_drivers_once():
    booster, table = grown()

    account = Account(booster, ["season", "price", "price", "season"])
    usual, parts = account.of(table[:20], (4, 5))

    assert account.names == ("season", "price")
    said = booster.predict(table[:20], raw_score=True).reshape(4, 5)
    np.testing.assert_allclose(usual + parts.sum(axis=0), said, atol=1e-9)
