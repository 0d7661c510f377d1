"""HTML pages that more than one interface shows: preview, report, unsubscribe."""
