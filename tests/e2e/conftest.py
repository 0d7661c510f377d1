from tests.counterparts.ledgers import ledger, ledger_url, postgres_url

__all__ = ["ledger", "ledger_url", "postgres_url"]
