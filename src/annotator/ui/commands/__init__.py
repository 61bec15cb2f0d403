"""What the actions of the window do; those of the text are in `hands`."""
