"""The scheme editor: what there is on the left, what it means on the right; a change is at once in force."""
