/* The library: arranged by date, title, author, year or tag, and sifted by subject and by words; kept in the address. */
(function () {
  'use strict';
  if (!folio.one('.v-library')) return;
  var f = folio, list = f.one('#_list');
  var entries = f.all('.shelf > li[id]', list), shelf = f.one('.shelf', list), arrange = f.lists.arranger(list, entries, function (e) { return e; });
  var field = f.one('#_find'), chooser = f.one('#_choose'), subjects = f.one('#_subjects'), count = f.one('#_count'), timer = 0;
  var whole = count && count.textContent, tag = '', stacks = new Map();

  function wordsOf(e) {
    if (!stacks.has(e)) stacks.set(e, f.fold(f.all('h2 a,.by,.sum,.tags', e).map(function (part) { return part.textContent; }).join('\n')));
    return stacks.get(e);
  }
  function by() { var box = chooser && f.one('[name=by]:checked', chooser); return box ? box.value : ''; }
  function set() {
    var way = by(), order = way === 'title' ? function (a, b) { return a.dataset.rank - b.dataset.rank; } : null;
    arrange(way, way === 'tag' && tag);
    (order ? entries.slice().sort(order) : way ? [] : entries).forEach(function (e) { shelf.append(e); });
  }
  function sift() {
    var sought = field ? f.fold(field.value).split(/\s+/).filter(Boolean) : [];
    var shown = f.lists.sift(list, entries, function (e) {
      return (!tag || JSON.parse(e.dataset.tags).indexOf(tag) >= 0) && sought.every(function (word) { return wordsOf(e).indexOf(word) >= 0; });
    }).length;
    if (count) count.textContent = shown === entries.length ? whole : (shown === 1 ? count.dataset.one : count.dataset.many).replace('{number}', shown).replace('{count}', entries.length);
    if (subjects) f.all('button', subjects).forEach(function (b) { b.setAttribute('aria-pressed', String(b.dataset.tag === tag)); });
  }
  function read() {
    var way = f.lists.asked('by') || '', boxes = chooser ? f.all('[name=by]', chooser) : [], asked = f.lists.asked('tag') || '';
    if (boxes[0]) (boxes.filter(function (box) { return box.value === way; })[0] || boxes[0]).checked = true;
    tag = subjects && f.all('button', subjects).some(function (b) { return b.dataset.tag === asked; }) ? asked : '';
    if (field) field.value = f.lists.asked('find') || '';
    set();
    sift();
  }
  function changed() {
    sift();
    f.lists.keep({ by: by() || null, tag: tag || null, find: field && field.value.trim() || null });
    clearTimeout(timer);
    if (count) timer = setTimeout(function () { f.say(count.textContent); }, 400);
  }
  if (subjects) subjects.addEventListener('click', function (e) {
    var b = e.target.closest('button');
    if (b) { tag = b.dataset.tag; if (by() === 'tag') set(); changed(); }
  });
  if (chooser) chooser.addEventListener('change', function (e) { if (e.target.name === 'by') { set(); changed(); } });
  if (field) field.addEventListener('input', changed);
  /* What the index leads to is seen, whatever was sought. */
  f.one('main').addEventListener('click', function (e) {
    var a = e.target.closest('#_index a, .also a'), aim = a && f.byId(decodeURIComponent(a.hash.slice(1)));
    if (!aim || !aim.closest('[hidden]')) return;
    tag = '';
    if (field) field.value = '';
    set();
    changed();
  }, true);
  addEventListener('popstate', read);
  read();
})();
