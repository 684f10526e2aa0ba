"""Disk, clock and processes: small, dumb, at the rim."""
