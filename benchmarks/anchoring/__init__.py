"""Quotations whose true place after an edit is known -> how many are found, missed, and put on other words."""
