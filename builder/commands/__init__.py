"""Commands that are imported when they are called: one module each, with one click command named `command`."""
