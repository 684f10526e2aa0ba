{% from "partials/note.html" import note with context %}
glossatorNotes({ {%- for n in notes %}{{ n.key|tojson }}:{{ note(n)|tojson }}{{ "," if not loop.last }}{% endfor -%} });
