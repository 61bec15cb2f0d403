"""Benchmarks: what the analyst waits for, beside floors of bare code measured in the same run."""
