"""The roof: settings, the map of all pages, the home page and the demo. It composes the apps; none imports it."""

__version__ = "0.1.0"
