"""What the fork server of the sandbox imports last, before it forks its children.

All that it has imported stays, so that no collector needs to look through it: neither in a child,
which would copy the pages that it touches, nor when the server ends. This is how the manual of `gc`
asks for it; no other process imports this module.
"""

from __future__ import annotations

import gc

gc.freeze()
