"""Random quotations × kinds of edit, with tracked truth -> how many are found again, and on which words."""
