from django.db import models


class Brake(models.Model):
    """How often one thing was done lately; foundation/http/brakes.py counts, in one statement."""

    key = models.CharField(max_length=64, primary_key=True)
    count = models.IntegerField()
    until = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "foundation_brake"

    def __str__(self) -> str:
        return f"{self.key[:8]} {self.count}"
