"""Tidying the models folder while others write to it."""

import os
import time
from pathlib import Path

from forecasting.lifecycle.artifact import UNFINISHED
from forecasting.lifecycle.housekeeping import sweep

TWO_DAYS = 2 * 86_400


class Listing(type(Path())):
    """A folder that still lists what was published under its own name a moment ago."""

    def glob(self, pattern):
        yield self / f"{pattern.rstrip('*')}published-meanwhile"
        yield from Path(self).glob(pattern)


def test_a_version_published_while_the_folder_is_swept_disturbs_nobody(tmp_path):
    forgotten = tmp_path / f"{UNFINISHED}forgotten"
    forgotten.mkdir()
    old = time.time() - TWO_DAYS
    os.utime(forgotten, (old, old))

    sweep(Listing(tmp_path), {})

    assert not forgotten.exists()
