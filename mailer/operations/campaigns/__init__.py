"""Prepare a campaign, send proofs, rehearse, launch, report."""
