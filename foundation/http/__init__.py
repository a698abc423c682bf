"""What every request passes: hostile parameters, a database that is away, health, headers of private pages."""
