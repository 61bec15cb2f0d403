"""What keys and gestures do: the states of the table in the manual, one class each."""
