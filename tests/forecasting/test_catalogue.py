import pandas as pd

from forecasting.catalogue import read_catalogue


class Tables:
    def __init__(self, **tables):
        self._tables = tables

    def read(self, table):
        return self._tables.get(table, pd.DataFrame({table.removesuffix("s"): []}, dtype=str))


SALES = pd.DataFrame({"store": ["25", "online"], "product": ["1", "2"]})


def test_an_item_known_by_its_number_alone_is_named_so_that_it_is_no_figure():
    catalogue = read_catalogue(Tables(), SALES)

    assert list(catalogue.products["name"]) == ["Product 1", "Product 2"]
    assert list(catalogue.stores["name"]) == ["Store 25", "online"]


def test_a_given_name_stays_and_a_missing_one_is_filled_in():
    products = pd.DataFrame({"product": ["1", "3"], "name": ["Tea", None]})
    catalogue = read_catalogue(Tables(products=products), SALES)

    assert dict(zip(catalogue.products["product"], catalogue.products["name"], strict=True)) == {
        "1": "Tea",
        "2": "Product 2",
        "3": "Product 3",
    }
