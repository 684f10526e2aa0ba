"""An edition -> one HTML file that needs no other: to be read without the web."""
