/* What stands on paper alone. Behind the text come the terms that the page uses, where its texts have them, and the
   edition's address on the web, also as a telephone reads it; at the foot of each sheet is the title. */
(function () {
  'use strict';
  var f = folio, D = f.D, page = f.one('main[data-style]'), given = { terms: [], places: {} }, sheet, foot;

  window.glossatorPaper = function (said) { given = said; };

  /* The ids of the terms that are linked where it is printed. */
  function linked() {
    return f.all('a.term[href*="#term-"]', page).filter(f.visible).map(function (a) { return decodeURIComponent(a.hash.slice(6)); });
  }
  /* The blocks that are printed in which a term stands, as they are cited, each once. */
  function cited(blocks) {
    return Object.keys(blocks).filter(function (id) { return f.visible(D.getElementById(id)); })
      .map(function (id) { return blocks[id]; })
      .filter(function (cite, i, all) { return all.indexOf(cite) === i; });
  }
  function entry(headword, html, places) {
    var box = f.make('div'), dd = f.make('dd');
    dd.innerHTML = html;
    f.all('[id]', dd).forEach(function (e) { e.removeAttribute('id'); }); // they stand elsewhere
    (dd.lastElementChild || dd).append(' ', f.make('span', { 'class': 'where' }, places.join(given.comma).replace(/ ¶/g, '\u00a0¶')));
    box.append(f.make('dt', {}, headword), dd);
    return box;
  }
  function glossary() {
    var links = linked(), list = f.make('dl'), part = f.make('section', { 'class': 'part terms', hidden: '' });
    given.terms.forEach(function (term) {
      var places = cited(given.places[term[0]]);
      if (places.length || links.indexOf(term[0]) >= 0) list.append(entry(term[1], term[2], places));
    });
    part.append(f.make('h2', {}, given.title), list);
    return list.firstChild && part;
  }
  /* The last entry apart, so that what follows can be kept with it: out of columns nothing is taken over to another page. */
  function ending(part) {
    var last = f.make('dl'), rest = f.make('section', { 'class': 'terms ending', hidden: '' });
    last.append(f.one('dl', part).lastElementChild);
    rest.append(last);
    return rest;
  }
  function address() {
    var at = given.address, part = at && f.make('div', { 'class': 'online', hidden: '' }), said;
    if (!part) return null;
    part.innerHTML = at.code;
    said = f.make('p', {}, at.words + ' ');
    said.append(f.make('a', { href: at.url }, at.url));
    part.append(said);
    return part;
  }
  /* The end of the page as it is laid out for paper; `put` says how something comes there for as long as that lasts. */
  f.close = function (put) {
    var end = f.one('.colophon', page), last = page.append.bind(page), terms = glossary(), online = address();
    if (terms) {
      var kept = ending(terms), before = end ? end.before.bind(end) : last;
      put(terms, before);
      put(kept, before);
    }
    if (online) put(online, end ? end.append.bind(end) : last);
  };

  if (!page) return;
  if (page.dataset.paper) D.head.append(f.make('script', { src: page.dataset.paper }));
  foot = D.title.replace(/[\\"\s]/g, function (sign) { return '\\' + sign.charCodeAt(0).toString(16) + ' '; });
  sheet = new CSSStyleSheet();
  sheet.replaceSync('@page{@bottom-left{content:"' + foot + '";font:italic 8pt var(--serif);color:#555}@bottom-right{width:20mm;font:italic 8pt var(--serif)}}');
  D.adoptedStyleSheets = D.adoptedStyleSheets.concat(sheet);
})();
