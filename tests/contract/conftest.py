from tests.counterparts.ledgers import ledger, ledger_url, postgres_url
from tests.counterparts.small_disk import small_disk

__all__ = ["ledger", "ledger_url", "postgres_url", "small_disk"]
