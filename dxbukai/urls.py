"""The map of all pages."""

urlpatterns: list = []
