"""Sources -> model."""
