"""The ground floor: what every app stands on. It knows none of them."""
