"""Carrying templates out: forwards, back, and away."""
