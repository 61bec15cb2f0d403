"""What must hold; the folders mirror `src/annotator`."""
