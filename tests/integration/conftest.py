from tests.counterparts.fork_server import fork_server
from tests.counterparts.ledgers import ledger, ledger_url, postgres_url
from tests.counterparts.small_disk import small_disk
from tests.counterparts.written_office import ada, app

__all__ = ["ada", "app", "fork_server", "ledger", "ledger_url", "postgres_url", "small_disk"]
