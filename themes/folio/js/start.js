/* Every part is a function of a root, so that a part of the page can be exchanged and set up again. */
folio.init = function (root) { folio.parts.forEach(function (part) { part(root); }); };
folio.begun = true;
folio.init(document);
