/* What every part of the page uses. Without any script notes sit in the margin and terms and ties are plain links. */
var folio = (function () {
  'use strict';
  var D = document;
  var one = function (selector, within) { return (within || D).querySelector(selector); };
  var all = function (selector, within) { return Array.from((within || D).querySelectorAll(selector)); };
  var said = one('#_words');
  var words = said ? JSON.parse(said.textContent) : {};
  var calm = matchMedia('(prefers-reduced-motion: reduce)');
  return {
    D: D, root: D.documentElement, one: one, all: all, parts: [], begun: false,
    /* A part of the page is a function of a root. One that comes with a later script is set up at once. */
    add: function (part) { folio.parts.push(part); if (folio.begun) part(D); },
    words: function (key, fields) {
      return Object.keys(fields || {}).reduce(function (text, name) { return text.split('{' + name + '}').join(fields[name]); }, words[key] || '');
    },
    say: function (text) { var line = one('#_say'); if (line) line.textContent = text; },
    byId: function (id) { return D.getElementById(id); },
    visible: function (e) { return !!e && e.getClientRects().length > 0; },
    behave: function () { return calm.matches ? 'auto' : 'smooth'; },
    jump: function (e, block) { e.scrollIntoView({ block: block || 'center', behavior: folio.behave() }); },
    sheet: function () { return one('.sheet:not(.plain)'); },
    mode: function () { var s = folio.sheet(); return s ? getComputedStyle(s).getPropertyValue('--mode').trim() : ''; },
    notes: function () { return all('.notes .note'); },
    /* choice.js, which comes with its first use, says which note is lit, and brings back what the key put away. */
    told: function (aloud) {
      var key = one('.key[data-script]');
      if (folio.choice) folio.choice.told(aloud);
      else if (key && !folio.asks) folio.asks = folio.bring(key);
    },
    /* A script that an element names comes. */
    bring: function (e) { D.head.append(folio.make('script', { src: e.dataset.script })); return true; },
    reveal: function (e) { if (folio.choice) folio.choice.reveal(e); },
    /* What lies over the page: the first that Esc closes. */
    layer: function () { return one('dialog[open],:popover-open'); },
    /* The notes that the key doesn't put away; on a narrow page they are seen only when asked for, but their numbers are. */
    shown: function () { return folio.notes().filter(function (note) { return folio.visible(folio.refOf(folio.keyOf(note))); }); },
    /* A note's key is what its id says after `note-` (an author's own footnote: the whole id); numbers lead to it. */
    keyOf: function (e) {
      if (!e) return null;
      return (e.matches('.ref') ? decodeURIComponent(e.hash.slice(1)) : e.id).replace(/^(?:note|ref)-/, '');
    },
    noteOf: function (key) {
      var note = D.getElementById('note-' + key) || D.getElementById(key);
      return note && note.matches('.notes .note') ? note : null;
    },
    refOf: function (key) { return D.getElementById('ref-' + key); },
    tieOf: function (e) { return e.id.replace(/^xref-|-[12]$/g, ''); },
    /* What a note draws on its words: a mark, or within one that others share the span that is its own. */
    marksOf: function (key) {
      return all('mark[data-n~="' + CSS.escape(key) + '"]').map(function (mark) {
        return all('span', mark)[mark.dataset.n.split(' ').indexOf(key) - 1] || mark;
      });
    },
    /* Where a note begins: its first mark, or the number of a note without one. */
    startOf: function (key) { return one('mark[data-n~="' + CSS.escape(key) + '"]') || folio.refOf(key); },
    make: function (tag, fields, inside) {
      var e = D.createElement(tag);
      Object.keys(fields || {}).forEach(function (name) { e.setAttribute(name, fields[name]); });
      if (inside !== undefined) e.textContent = inside;
      return e;
    },
    cite: function (place, id) {
      var work = one('main').getAttribute('data-work') || D.title;
      return folio.words('citation', { edition: work.replace(/[.\s]+$/, ''), place: place, link: folio.shared(id) }).trim();
    },
    /* The page's address on the web where it is known; from a disk there is none that another reader could follow. */
    link: function (id) { return (one('link[rel=canonical]') || location).href.split(/[?#]/)[0] + '#' + id; },
    shared: function (id) { return one('link[rel=canonical]') || /^http/.test(location.protocol) ? folio.link(id) : ''; }
  };
})();
