"""The command line, the Python interface and what ties the layers together."""
