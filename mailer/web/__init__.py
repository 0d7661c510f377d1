"""The desk: the press office's work in the browser.

A view parses a request, calls one operation and shows the result. Everything works without
scripts; `static/` only adds live previews and live counts.
"""
