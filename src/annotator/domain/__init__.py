"""What is marked and what follows from it; standard library only."""
