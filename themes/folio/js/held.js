/* The edition in one file: what was packed is put in its place. Another view takes that of the page's main part; bodies
   that stand in the page are moved over, not told twice. */
(function () {
  'use strict';
  var D = document, held = window.glossatorHeld, home = D.querySelector('main'), ran = {};
  var view = new URLSearchParams(location.search).get('view');
  /* What of a found thing is no part of its words, by group: a text's, a note, a term, a tie, a question. */
  var OURS = '.pn,.ref,.tie,.notes,.said,', APART = [OURS + '[data-cite]', OURS + '.lemma', OURS + 'dt,.forms,.kwic,.uses', OURS + 'p:first-child>:not(q),.by', OURS + '.qm,h3'];

  function all(selector, within) { return Array.prototype.slice.call(within.querySelectorAll(selector)); }
  function put(tag, words) { var e = D.createElement(tag); e.textContent = words; D.head.appendChild(e); }
  function add(tag, name) { if (!ran[tag + name]) { ran[tag + name] = true; if (held[tag + 's'][name]) put(tag, held[tag + 's'][name]); } }
  /* Something by its id: in the page, else in what was put aside for another view. */
  function find(id) { return D.getElementById(id) || home.querySelector('#' + CSS.escape(id)); }
  function idOf(a) { return decodeURIComponent(a.getAttribute('href').slice(1)); }
  function unwrap(e) { e.replaceWith.apply(e, Array.prototype.slice.call(e.childNodes)); }
  /* What isn't in this view is in the first one. */
  function lead(part) {
    all('a[href^="#"]', part).forEach(function (a) { if (!D.getElementById(idOf(a))) a.setAttribute('href', '?' + a.getAttribute('href')); });
    return part;
  }

  /* Another view takes the place of the page's main part. In a conversation nothing is drawn for notes. */
  function turn(name) {
    var t = D.createElement('template'), fresh;
    t.innerHTML = held.views[name].main;
    fresh = t.content.querySelector('main');
    all('[data-of]', fresh).forEach(function (e) {
      var from = D.getElementById(e.dataset.of), part = from && from.querySelector(from.matches('.note,.re') ? ':scope>.nb' : ':scope>.tx');
      if (from) e.append.apply(e, Array.prototype.slice.call((part || from).childNodes));
      e.removeAttribute('data-of');
    });
    if (name === 'conversation') all('mark.hl', fresh).forEach(function (mark) {
      all('span', mark).forEach(function (e) { if (!e.matches('.tp')) unwrap(e); });
      if (!mark.matches('.tp')) { unwrap(mark); return; }
      var words = D.createElement('span');
      words.className = 'tp';
      words.setAttribute('data-x', mark.dataset.x);
      words.append.apply(words, Array.prototype.slice.call(mark.childNodes));
      mark.replaceWith(words);
    });
    home.replaceWith(fresh);
    lead(fresh);
    D.body.classList.replace('v-read', 'v-' + name);
    D.title = held.views[name].title;
    all('#_step', D).forEach(function (e) { e.remove(); });
    all('a[data-view]', D).forEach(function (a) { if (a.dataset.view === name) a.setAttribute('aria-current', 'page'); else a.removeAttribute('aria-current'); });
  }
  function link(a) {
    var to = a.dataset.view;
    if (held.views[to]) a.setAttribute('href', '?view=' + to);
    else if (view !== 'read') a.setAttribute('href', '?' + (to === 'read' ? '#_text' : a.getAttribute('href')));
  }

  /* The words that are found under an address: all of it without our own signs and what is found by itself. */
  function wordsOf(id, group) {
    var e = find(id), copy;
    if (!e) return '';
    copy = (group === 1 ? e.querySelector(':scope>.nb') || e : group === 2 ? e.querySelector('dd') : e).cloneNode(true);
    all(APART[group], copy).forEach(function (part) { part.remove(); });
    return copy.textContent.replace(/\s+/g, ' ').trim();
  }
  function found() {
    held.found.rows.forEach(function (row) { if (!row[5] && !(row[0] === 0 && row[4])) row[5] = wordsOf(row[2], row[0]); });
    return [held.found];
  }
  function cards() {
    var terms = Object.create(null);
    all('#_glossary .entry', home).forEach(function (e) {
      var first = e.querySelector('dd>:not(.forms)').cloneNode(true);
      all('a.term', first).forEach(unwrap);
      terms[e.id.replace(/^term-/, '')] = { h: e.querySelector('dfn').textContent, s: lead(first).outerHTML };
    });
    Object.keys(held.ties).forEach(function (end) {
      var entry = find('xref-' + end.replace(/-[12]$/, '')), why = entry && entry.querySelector('div').cloneNode(true);
      if (why) all(':scope>p:first-child,:scope>.by', why).forEach(function (e) { e.remove(); });
      held.ties[end].b = why ? lead(why).innerHTML : '';
    });
    return { terms: terms, ties: held.ties };
  }
  function paper() {
    var terms = cards().terms;
    held.paper.terms = Object.keys(terms).map(function (id) { return [id, terms[id].h, terms[id].s]; });
    return held.paper;
  }
  function notes() {
    var told = Object.create(null);
    all('.note', home).forEach(function (e) { told[e.id.replace(/^note-/, '')] = lead(e.cloneNode(true)).outerHTML; });
    return told;
  }
  /* The lines of a term: what stands around its link in the page. */
  function around(a) {
    var block = a.closest('p,li,dd,td,th,h1,h2,h3,h4,h5,h6,blockquote,figcaption,.asked') || a.parentNode, side = 0, text = ['', '', ''], node;
    var walk = D.createTreeWalker(block, 5);
    while ((node = walk.nextNode())) {
      side = a.contains(node) ? 1 : side && 2;
      if (node.tagName) { if (node.matches('.stanza br')) text[side] += ' /'; } else if (!node.parentNode.closest('.pn,.ref,.tie,.nh,.kwic')) text[side] += node.data.replace(/\s+/g, ' ');
    }
    if (text[0].length > 56) text[0] = '… ' + text[0].slice(-56).replace(/^\S*\s(\/ )?/, '');
    if (text[2].length > 56) text[2] = text[2].slice(0, 56).replace(/( \/)?\s\S*$/, '') + ' …';
    return text;
  }
  function concord() {
    Object.keys(held.lines).forEach(function (key) {
      var entry = D.getElementById('term-' + key), list = D.createElement('ul'), dd = entry && entry.querySelector('dd');
      if (!dd) return;
      list.className = 'kwic';
      list.setAttribute('aria-label', held.used);
      held.lines[key].forEach(function (line) {
        var a = D.getElementById(line[0].slice(1)), text = line.length > 2 ? line.slice(2) : a ? around(a) : ['', '', ''];
        var li = D.createElement('li'), to = D.createElement('a');
        to.href = line[0];
        to.textContent = line[1];
        to.setAttribute('role', 'doc-backlink');
        li.append(to);
        ['kl', '', 'kr'].forEach(function (name, i) {
          var e = D.createElement(name ? 'span' : 'b'), inner = name === 'kl' ? D.createElement('span') : e;
          if (name) e.className = name;
          inner.textContent = text[i];
          if (inner !== e) e.append(inner);
          li.append(e);
        });
        list.append(li);
      });
      dd.insertBefore(list, dd.querySelector(':scope>.uses'));
    });
  }

  function load(name) {
    if (name === 'cards') glossatorCards(cards());
    else if (name === 'paper') glossatorPaper(paper());
    else if (name === 'notes') glossatorNotes(notes());
    else if (name === 'search') glossatorFind({ words: { '': held.words }, several: false, parts: [['found', [held.found.id]]] });
    else if (name === 'assets/found') glossatorFind({ editions: found() });
    else add('script', name);
  }
  if (!held.views[view]) view = 'read';
  if (view === 'read') concord(); else turn(view);
  all('a[data-view]', D).forEach(link);
  /* What the page's scripts would fetch is here: nothing else is ever put into the head. */
  D.head.append = function (e) {
    if (e.matches('script')) load(e.getAttribute('src')); else { add('style', e.getAttribute('href')); e.onload(); }
  };
  var bundle = view === 'notes' ? 'listing' : view;
  add('style', bundle);
  if (held.views[view] && held.views[view].style) put('style', held.views[view].style);
  add('script', 'page');
  var go = folio.go;
  folio.go = function (id, from) {
    var field = D.getElementById('_q');
    if (D.getElementById(id)) go(id, from); else location.href = (field && field.value ? '?q=' + encodeURIComponent(field.value) : '?') + '#' + id;
  };
  add('script', bundle);
  D.documentElement.classList.remove('turning');
  if (view !== 'read' && location.hash.length > 1) location.replace(location.hash);
})();
