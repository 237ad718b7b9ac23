"""What a tenant's catalogue teaches of names."""

from types import SimpleNamespace

import pandas as pd

from forecasting.catalogue import Catalogue
from tools.catalogue import find
from tools.naming import read_vocabulary


def test_the_aliases_of_a_product_name_it():
    products = pd.DataFrame(
        {
            "product": ["9", "2"],
            "name": ["Whole Milk", "Tea"],
            "aliases": ["milky; big milk;", None],
        }
    )
    stores = pd.DataFrame({"store": ["1"], "name": ["Quay"]})
    engine = SimpleNamespace(
        catalogue=Catalogue(products=products, stores=stores), store=SimpleNamespace(version="")
    )

    vocabulary = read_vocabulary(engine)

    assert [item.aliases for item in vocabulary.products] == [("milky", "big milk"), ()]
    assert find("milky", "product", vocabulary).ids == ("9",)
