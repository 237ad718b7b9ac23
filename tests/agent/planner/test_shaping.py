import pytest

from agent.planner.drafts import Draft
from agent.planner.shaping import ranked


def past(**arguments):
    return Draft("sales_history", arguments)


def test_products_are_ranked_where_it_is_not_said_what_to_rank():
    assert ranked(past(top=3)).arguments == {"top": 3, "group_by": "product"}
    assert ranked(past(order="asc", group_by="store")).arguments == {
        "order": "asc",
        "group_by": "store",
    }


@pytest.mark.parametrize("split", ["product", "store", "category"])
def test_one_alone_is_not_set_side_by_side_with_itself(split):
    one = past(**{split: "1"}, group_by=split, top=1, order="desc")

    assert ranked(one).arguments == {split: "1"}


def test_one_may_be_split_by_something_else():
    assert ranked(past(product="1", group_by="store")).arguments["group_by"] == "store"
