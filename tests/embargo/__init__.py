"""The end of an embargo on two hosts whose clocks are wrong, behind a cache that had asked before."""
