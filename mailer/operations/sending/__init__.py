"""Start due mailings, deliver their messages, resolve the uncertain ones."""
