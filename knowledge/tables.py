"""Where the documents of a tenant are kept."""

from sqlalchemy import JSON, Column, Date, Integer, String, Table, Text

from tenants.database import Timestamp, tenant_metadata

DOCUMENTS = Table(
    "knowledge_documents",
    tenant_metadata,
    Column("name", String(120), primary_key=True),
    Column("title", Text, nullable=False),
    Column("dated", Date),
    Column("pages", JSON, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("removed", Integer, nullable=False),
    Column("hidden", Integer, nullable=False),
    Column("passages", Integer, nullable=False),
    Column("added_by", String(80), nullable=False),
    Column("added_on", Date, nullable=False),
    Column("added_at", Timestamp, nullable=False),
)
