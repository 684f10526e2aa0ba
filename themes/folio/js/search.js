/* The search: a field and the places that answer, as plain links under headings. It comes with the first look for it. */
(function () {
  'use strict';
  var f = folio, button = f.one('#_b-find'), box, field, line, list, words = {}, parts = [], loaded = 0, timer = 0, due = 0, shown = '', answered = '', several = false;
  var FIRST = 5, MORE = 50, PAUSE = 60, OFTEN = 250, ROOM = 190, BEFORE = 60;
  var NOTE = 1, TERM = 2, GROUPS = ['texts', 'notes', 'terms', 'crossrefs', 'questions'];
  var index = button.dataset.index, root = index.slice(0, -'assets/search.js'.length);
  var here = location.href.split(/[?#]/)[0].replace(/\/$/, '/index.html'), home = '';

  function say(key, fields) {
    return Object.keys(fields || {}).reduce(function (text, name) { return text.split('{' + name + '}').join(fields[name]); }, words[key] || '');
  }
  function count(number) { return say(number === 1 ? 'places_one' : 'places', { number: number }); }
  function load(src, failed) {
    var script = f.make('script', { src: src });
    if (failed) script.onerror = failed;
    f.D.head.append(script);
  }

  /* Manifest and parts call this. The part with the edition that is open comes first, then one after the other. */
  window.glossatorFind = function (given) {
    if (!given.words) {
      f.search.take(given.editions, refreshed);
      on();
      return;
    }
    several = given.several;
    words = given.words[f.root.lang] || given.words[''];
    var folder = new URL(root || './', location.href).href;
    home = here.indexOf(folder) === 0 && here.slice(folder.length).indexOf('/') > 0 ? here.slice(folder.length).split('/')[0] : '';
    parts = given.parts.map(function (part, number) { return { number: number, file: part[0], ours: part[1].indexOf(home) >= 0 }; });
    parts.sort(function (a, b) { return b.ours - a.ours || a.number - b.number; });
    build();
    next();
    if (f.finding) open();
  };
  function next() { if (loaded < parts.length) load(root + 'assets/' + parts[loaded].file, on); }
  function on() { loaded++; next(); refreshed(); }
  function whole() { return loaded === parts.length && !f.search.taking(); }
  /* How much could be searched. */
  function state() { return f.search.taken() + (whole() ? ' whole' : ''); }
  function refreshed() {
    if (due || !box.open) return;
    due = setTimeout(function () {
      due = 0;
      if (box.open && field.value.trim() && !list.contains(f.D.activeElement) && state() !== answered) answer();
    }, whole() ? 0 : OFTEN);
  }

  function lit(tag, name, typed, from, to, hits) {
    var e = f.make(tag, { 'class': name }), at = from;
    hits.forEach(function (hit) {
      if (hit[1] < at || hit[2] > to) return;
      e.append(typed.slice(at, hit[1]), f.make('mark', {}, typed.slice(hit[1], hit[2])));
      at = hit[2];
    });
    e.append(typed.slice(at, to));
    return e;
  }
  function ordered(hits) { return hits.sort(function (a, b) { return a[1] - b[1] || b[2] - a[2]; }); }
  /* Words around what was asked: where most of it stands together. */
  function snippet(typed, asked, whence) {
    var all = f.search.wordsOf(typed), hits = ordered(f.search.hits(all, asked)), from = 0, to = typed.length, best = 0, start = 0;
    if (typed.length <= ROOM || !all.length) return lit('span', 'fs', typed, 0, to, hits);
    if (whence !== 'start') hits.forEach(function (hit, i) {
      var near = 0, count = 0;
      for (var j = i; j < hits.length && hits[j][2] <= hit[1] + ROOM - BEFORE; j++) {
        if (!(near & 1 << hits[j][0])) { near |= 1 << hits[j][0]; count++; }
      }
      if (count > best) { best = count; start = hit[1]; }
    });
    start = Math.max(0, start - BEFORE);
    all.forEach(function (word) {
      if (word.start < start) from = word.end;
      if (word.end <= start + ROOM) to = word.end;
    });
    if (from) from = all.find(function (word) { return word.start >= from; }).start;
    if (to === all[all.length - 1].end) to = typed.length;
    var e = lit('span', 'fs', typed, from, to, hits);
    if (from) e.prepend('\u2026 ');
    if (to < typed.length) e.append(' \u2026');
    return e;
  }
  function tongue(e, language) { if (language) e.lang = language; e.dir = 'auto'; return e; }
  function link(found, asked, typed) {
    var row = found.row, edition = found.edition, page = edition.pages[row[1]], text = edition.texts[row[6]];
    var target = page ? new URL(root + page, location.href).href : here, a = f.make('a', { 'class': 'found g-' + GROUPS[row[0]] });
    a.href = target === here ? '#' + row[2] : root + page + '?q=' + encodeURIComponent(typed) + '#' + row[2];
    var place = f.make('span', { 'class': 'fp' }), kind = row[0] === NOTE && edition.kinds[row[7]];
    if (kind) {
      place.className += ' k-' + kind[0] + ' c-' + kind[1];
      place.append(f.make('span', { 'class': 'kind' }, kind[2]), ' ');
    }
    if (row[3]) { place.append(f.make('span', {}, row[3])); a.append(place); }
    var heads = ordered(f.search.hits(f.search.wordsOf(row[4]), asked));
    if (row[4]) a.append(' ', tongue(lit('span', row[0] === NOTE ? 'fh lemma' : 'fh', row[4], 0, row[4].length, heads), text[1]));
    if (row[0] === TERM && row[7].length) {
      var also = say('also', { forms: row[7].join(say('comma')) });
      a.append(' ', lit('span', 'fw', also, 0, also.length, ordered(f.search.hits(f.search.wordsOf(also), asked))));
    }
    /* Of a term that was asked for its definition is wanted, which stands first. */
    if (row[5]) a.append(' ', tongue(snippet(row[5], asked, row[0] === TERM && heads.length ? 'start' : ''), text[1]));
    var texts = edition.texts.map(function (one) { return one[0]; }).filter(function (title, i, all) { return title && all.indexOf(title) === i; });
    var whose = [text[0] !== row[4] && texts.length > 1 ? text[0] : '', several && edition.title !== text[0] ? edition.title : ''].filter(Boolean);
    if (whose.length) a.append(' ', f.make('span', { 'class': 'fw' }, whose.join(say('dot'))));
    return a;
  }
  function fill(ol, group, asked, typed, until) {
    for (var i = ol.children.length; i < Math.min(until, group.rows.length); i++) {
      var li = f.make('li');
      li.append(link(group.rows[i], asked, typed));
      ol.append(li);
    }
  }
  function section(group, asked, typed) {
    var part = f.make('section'), name = '_f-' + group.group, h = f.make('h2', { id: name }, say(GROUPS[group.group]) + ' '), ol = f.make('ol');
    h.append(f.make('span', {}, String(group.rows.length)));
    part.setAttribute('aria-labelledby', name);
    part.append(h, ol);
    fill(ol, group, asked, typed, FIRST);
    if (group.rows.length > FIRST) {
      var more = f.make('button', { type: 'button', 'class': 'link' });
      var label = function () { more.textContent = say('more', { number: Math.min(MORE, group.rows.length - ol.children.length) }); };
      label();
      more.addEventListener('click', function () {
        var was = ol.children.length;
        fill(ol, group, asked, typed, was + MORE);
        f.one('a', ol.children[was]).focus();
        if (ol.children.length < group.rows.length) label(); else more.remove();
      });
      part.append(more);
    }
    return part;
  }
  /* What stands in the field, answered at once. */
  function answer() {
    var typed = field.value.trim(), asked = f.search.asked(typed), found = f.search.seek(asked, home);
    var number = found.reduce(function (sum, group) { return sum + group.rows.length; }, 0);
    list.replaceChildren.apply(list, found.map(function (group) { return section(group, asked, typed); }));
    line.textContent = !asked.length ? say('hint') : number ? count(number) + (whole() ? '' : say('dot') + say('reading')) : whole() ? say('nothing') : say('reading');
    shown = typed;
    answered = state();
  }
  f.find = open;
  /* Nothing is put in the place of what is being clicked, nor the same in place of the same: a click would be lost. */
  function renew() {
    if (list.matches(':active')) later();
    else if (field.value.trim() !== shown || state() !== answered) answer();
  }
  function later() { clearTimeout(timer); timer = setTimeout(renew, PAUSE); }

  function step(by) {
    var stops = [field].concat(f.all('a,button', list)), at = stops.indexOf(f.D.activeElement);
    var to = stops[Math.max(0, Math.min(stops.length - 1, at + by))];
    if (to) to.focus();
  }
  function pressed(e) {
    if (e.key === 'Escape') { e.preventDefault(); e.stopPropagation(); box.close(); return; }
    if (e.key === 'ArrowDown' || e.key === 'ArrowUp') { e.preventDefault(); step(e.key === 'ArrowDown' ? 1 : -1); return; }
    if (e.key !== 'Enter' || e.target !== field || e.isComposing) return;
    e.preventDefault();
    if (shown !== field.value.trim()) { clearTimeout(timer); answer(); }
    var first = f.one('a', list);
    if (first) first.click();
  }
  /* A place on this page: the page goes there itself, and offers the way back. */
  function chosen(e) {
    var a = e.target.closest('a');
    if (!a || a.getAttribute('href')[0] !== '#' || e.metaKey || e.ctrlKey || e.shiftKey) return;
    e.preventDefault();
    var id = a.getAttribute('href').slice(1), target = f.byId(id), note = target && target.closest('.notes .note');
    box.close();
    f.go(note ? note.id : id, button);
    if (note && note !== target) { history.replaceState(history.state, '', '#' + id); f.jump(target); }
    f.search.light(id, field.value);
  }
  function build() {
    box = f.make('dialog', { id: '_search', 'aria-label': say('title') });
    var bar = f.make('div', { 'class': 'fb', role: 'search' }), shut = f.make('button', { type: 'button' }, say('close'));
    field = f.make('input', { type: 'search', id: '_q', 'aria-label': say('field'), placeholder: say('field'), autocomplete: 'off', autocapitalize: 'off', spellcheck: 'false', enterkeyhint: 'search', 'aria-describedby': '_found' });
    line = f.make('p', { id: '_found', 'class': 'fc', role: 'status' });
    list = f.make('div', { 'class': 'fl' });
    bar.append(field, shut);
    box.append(bar, line, list);
    f.D.body.append(box);
    field.addEventListener('input', later);
    box.addEventListener('keydown', pressed);
    list.addEventListener('click', chosen);
    shut.addEventListener('click', function () { box.close(); });
    box.addEventListener('click', function (e) { if (e.target === box) box.close(); });
    field.value = new URLSearchParams(location.search).get('q') || '';
  }
  function open() {
    if (!box) return;
    if (!box.open) { f.hideCard(); box.showModal(); }
    field.focus();
    field.select();
    answer();
  }
  var sheet = f.make('link', { rel: 'stylesheet', href: button.dataset.style });
  sheet.onload = sheet.onerror = function () { load(index); };
  f.D.head.append(sheet);
})();
