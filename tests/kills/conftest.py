from tests.counterparts.ledgers import ledger_url, postgres_url

__all__ = ["ledger_url", "postgres_url"]
