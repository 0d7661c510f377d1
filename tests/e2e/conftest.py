from tests.counterparts.ledgers import ledger, ledger_url, migrated_postgres

__all__ = ["ledger", "ledger_url", "migrated_postgres"]
