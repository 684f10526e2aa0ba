"""An edition under one view -> its book: EPUB 3.3, with notes, glossary and cross-references."""
