"""Pictures of every screen, with font, palette, size and clock pinned."""
