"""The search: one line for texts, marks, articles, sources and claims, and what follows from it."""
