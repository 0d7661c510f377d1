"""HTML pages that more than one door shows: preview, report, unsubscribe."""
