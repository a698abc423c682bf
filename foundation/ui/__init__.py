"""How a page looks and speaks: form base, crispy pack, components, error pages."""
