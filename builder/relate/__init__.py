"""What belongs to what: anchors, terms, references."""
