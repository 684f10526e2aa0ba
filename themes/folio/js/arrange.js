/* A list set out anew by what its index says of its entries. Each entry stands in one place; under every other heading
   that it belongs to, a line leads to it. The way of arranging is kept in the address. */
(function () {
  'use strict';
  if (folio.lists) return;   // two bundles bring it
  var f = folio, lists = folio.lists = {};

  function aimOf(a) { return f.byId(decodeURIComponent(a.hash.slice(1))); }
  /* `list` holds sections of entries; what `entryOf` makes of the ids that `index` leads to are moved about. What comes
     back takes a way of arranging, and the one heading that is wanted: then each entry of it stands under that one. */
  lists.arranger = function (list, entries, entryOf) {
    var home = f.all(':scope > *', list).map(function (part) { return { part: part, rows: entries.filter(function (e) { return part.contains(e); }) }; });
    var rows = f.one('ol,ul', list);
    var aims = new Map(f.all('.index a').map(function (a) { return [a, aimOf(a)]; }));

    function heading(dt) { var h = f.make('h2'); h.className = dt.className || ''; h.append.apply(h, Array.prototype.slice.call(dt.cloneNode(true).childNodes)); return h; }
    function section(title, own, also, pattern) {
      var part = f.make('section', { 'class': 'filed' }), inside = rows.cloneNode(false);
      part.append(title);
      own.forEach(function (e) { inside.append(e); });
      if (own.length) part.append(inside);
      if (also.length) {
        var line = f.make('p', { 'class': 'qm also' }), parts = pattern.split('{places}');
        line.append(parts[0]);
        also.forEach(function (a, i) { if (i) line.append(', '); line.append(a.cloneNode(true)); });
        line.append(parts[1] || '');
        part.append(line);
      }
      return part;
    }
    function restore() {
      home.forEach(function (one) { one.rows.forEach(function (e) { f.one('ol,ul', one.part).append(e); }); });
      list.replaceChildren.apply(list, home.map(function (one) { return one.part; }));
    }
    return function (by, only) {
      restore();
      var index = by && f.one('.index[data-by="' + by + '"]');
      if (!index) return;
      var lines = f.all('div', index), wanted = lines.filter(function (line) { return f.one('dt', line).textContent === only; });
      var alone = wanted.length > 0, left = entries.slice(), made = (alone ? wanted : lines).map(function (line) {
        var own = [], also = [];
        f.all('a', line).forEach(function (a) {
          var aim = aims.get(a), e = entryOf(aim), at = left.indexOf(e);
          if (at >= 0 && (aim === e || alone)) { own.push(e); left.splice(at, 1); } else if (!alone) also.push(a);
        });
        return section(heading(f.one('dt', line)), own, also, index.dataset.also);
      });
      if (left.length) made.push(section(f.make('h2', {}, index.dataset.rest), left, [], ''));
      list.replaceChildren.apply(list, made);
    };
  };
  /* Which entries are seen; headings over nothing, and over no line to what is seen elsewhere, go with them. */
  lists.sift = function (list, entries, keeps) {
    var shown = entries.filter(function (e) { e.hidden = !keeps(e); return !e.hidden; });
    f.all(':scope > section', list).forEach(function (part) {
      part.hidden = !f.one('ol > li:not([hidden]), ul > li:not([hidden])', part) && !f.all('.also a', part).some(function (a) { return !aimOf(a).closest('li[hidden],.re[hidden]'); });
    });
    return shown;
  };
  /* The words that the address has under a name, null where it says nothing of it; and words put there. */
  lists.asked = function (name) { return new URLSearchParams(location.search).get(name); };
  lists.keep = function (said, opens) {
    var here = new URL(location.href);
    Object.keys(said).forEach(function (name) { if (said[name] || said[name] === '') here.searchParams.set(name, said[name]); else here.searchParams.delete(name); });
    try { history[opens ? 'pushState' : 'replaceState'](opens ? null : history.state, '', here); } catch (fault) { /* not every browser allows it on a disk */ }
  };
})();
