"""Takes the guards of the product out, one at a time, and looks whether a test notices."""
