"""How receivers judge who sent a mail: SPF, DKIM and DMARC, read and evaluated as they do."""
