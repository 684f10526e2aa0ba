"""Model -> pages, as strings and bytes."""
