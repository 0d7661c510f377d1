"""Where the ledger is kept: database, schema, migrations, backups, locks, errors."""
