from tests.counterparts.fork_server import fork_server
from tests.counterparts.ledgers import ledger_url, postgres_url

__all__ = ["fork_server", "ledger_url", "postgres_url"]
