"""Files from outside -> texts as Glossator reads them: plain text, Markdown with front matter, HTML, Word."""
