"""Power cuts, kills and failing disks against the real program: `python -m tests.campaign`."""
