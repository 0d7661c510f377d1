from tests.counterparts.ledgers import postgres_url

__all__ = ["postgres_url"]
