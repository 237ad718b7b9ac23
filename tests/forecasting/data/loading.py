"""Files written and loaded in one line, for tests of the data room."""

from datetime import date
from pathlib import Path

from forecasting.data.ingest import ingest
from forecasting.data.report import LoadReport, TableReport
from forecasting.data.store import SalesStore

TODAY = date(2026, 6, 29)

SALES = "date,store,product,units\n2026-06-01,1,1,3\n2026-06-02,1,1,4\n2026-06-01,1,2,5\n"


class Desk:
    """A folder of files beside a tenant's data."""

    def __init__(self, folder: Path) -> None:
        self.files = folder / "files"
        self.files.mkdir()
        self.store = SalesStore(folder / "data")
        self._mapping = folder / "mapping.toml"

    def put(self, name: str, content: str | bytes) -> Path:
        path = self.files / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def load(
        self, source: str | Path = "", *, mapping: str = "", today: date = TODAY
    ) -> LoadReport:
        if mapping:
            self._mapping.write_text(mapping)
        return ingest(
            str(source or self.files),
            self.store,
            mapping=self._mapping if mapping else None,
            today=today,
            currency="USD",
        )

    def reasons(self) -> list[str]:
        return list(self.store.quarantine()["reason"])


def of(report: LoadReport, table: str) -> TableReport:
    return next(part for part in report.tables if part.table == table)
