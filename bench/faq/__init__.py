"""Measuring the matcher."""
