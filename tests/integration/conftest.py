from tests.counterparts.fork_server import fork_server
from tests.counterparts.ledgers import ledger, ledger_url, postgres_url
from tests.counterparts.small_disk import small_disk

__all__ = ["fork_server", "ledger", "ledger_url", "postgres_url", "small_disk"]
