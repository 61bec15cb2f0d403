"""The dispute map in the window: the board of a claim, its graph, its time line, and the list of claims."""
