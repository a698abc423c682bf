"""What works on the product from outside: bench (how fast), drills (what must never happen), scripts."""
