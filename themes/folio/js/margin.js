/* Places for the notes: each as near to its line as can be, in order, none on another (isotonic regression by
   pooling adjacent violators; the lit note weighs so much that it stands at its line), each column by itself. Where
   notes are longer than the text beside them each shows as many lines as there is room for, and all of them once it
   is lit. */
(function () {
  'use strict';
  var f = folio, active = null, frame = 0, look = '', heights = new WeakMap();
  var SLACK = 2.25, GAP = 1.125, FLOOR = -9, HEAVY = 1e6, DRIFT = 3.5, LEAST = 3;

  /* How tall each note may be, so that none has to stand more than the drift below its line. */
  function fit(items, gap, drift, line) {
    var next = Infinity, bottom = -Infinity;
    for (var i = items.length - 1; i >= 0; i--) {
      var item = items[i];
      item.least = item.full <= (LEAST + 1) * line || item.weight > 1 ? item.full : LEAST * line;
      item.late = Math.min(item.want + drift, next - gap - item.least);
      next = item.late;
    }
    items.forEach(function (item, i) {
      var top = Math.max(item.want, bottom + gap), room = i + 1 < items.length ? items[i + 1].late - gap - top : Infinity;
      item.height = item.full <= room ? item.full : Math.min(item.full, Math.max(item.least, Math.floor(room / line) * line));
      if (item.full - item.height < 1.5 * line && item.full - item.height > 0 && item.height > item.least) item.height = Math.max(item.least, item.height - line);
      bottom = top + item.height;
    });
  }

  function solve(items, gap, room, slack, floor) {
    var offset = 0, pools = [], tops = [];
    items.forEach(function (item) {
      item.offset = offset; offset += item.height + gap;
      var pool = { at: item.want - item.offset, weight: item.weight, count: 1 };
      while (pools.length && pools[pools.length - 1].at >= pool.at) {
        var last = pools.pop(), weight = last.weight + pool.weight;
        pool = { at: (last.at * last.weight + pool.at * pool.weight) / weight, weight: weight, count: last.count + pool.count };
      }
      pools.push(pool);
    });
    pools.forEach(function (pool) { for (var i = 0; i < pool.count; i++) tops.push(pool.at + items[tops.length].offset); });
    var low = floor;
    items.forEach(function (item, i) { tops[i] = Math.max(tops[i], item.want - slack, low); low = tops[i] + item.height + gap; });
    var high = room;
    for (var i = items.length - 1; i >= 0; i--) { tops[i] = Math.max(floor, Math.min(tops[i], high - items[i].height)); high = tops[i] - gap; }
    low = floor;
    items.forEach(function (item, i) { tops[i] = Math.max(tops[i], low); low = tops[i] + item.height + gap; });
    return tops;
  }

  function free(notes) {
    notes.forEach(function (note) { note.classList.remove('short'); note.style.top = note.style.maxHeight = ''; });
  }
  /* Where every note begins, in one walk over the marks: to look for each of thousands would take a minute. */
  function starts(sheet) {
    var first = new Map();
    f.all('mark[data-n]', sheet).forEach(function (mark) {
      mark.dataset.n.split(' ').forEach(function (key) { if (!first.has(key)) first.set(key, mark); });
    });
    return first;
  }
  /* To show every note whole and to shorten it again costs two layouts, so whole heights are kept for as long as
     width, size and face stay as they were. */
  function looksNew(sheet, rem) {
    var now = [sheet.offsetWidth, rem, f.root.dataset.face, document.fonts.status].join(' '), changed = now !== look;
    look = now;
    if (changed) heights = new WeakMap();
    return changed;
  }
  function height(note) {
    var own = f.one('.own', note), more = own ? own.offsetHeight + parseFloat(getComputedStyle(own).marginTop) : 0;
    if (!heights.has(note)) heights.set(note, note.offsetHeight - more);
    return heights.get(note) + more;
  }
  function measure(notes, sheet, rem) {
    var top = sheet.getBoundingClientRect().top, items = [], first = starts(sheet), away = [], want;
    notes.forEach(function (note) {
      var key = f.keyOf(note), start = first.get(key) || f.refOf(key);
      if (!f.visible(note) || !f.visible(start)) { away.push(note); return; }
      if (!items.length || !start.closest('.note')) want = start.getClientRects()[0].top - top + 0.1 * rem; // else it is on the footnote before it
      items.push({ note: note, want: want, full: height(note), weight: note === active ? HEAVY : 1 });
    });
    free(away);
    return items.sort(function (a, b) { return a.want - b.want; });
  }
  /* Where notes stand is for the style to say: those with the same edge share a column. */
  function columns(items) {
    var found = {};
    items.forEach(function (item) { var left = item.note.offsetLeft; (found[left] = found[left] || []).push(item); });
    return Object.values(found);
  }
  function place() {
    var sheet = f.sheet();
    if (!sheet) return;
    var notes = f.notes();
    if (f.mode() !== 'margin') { sheet.classList.remove('placed'); free(notes); return; }
    sheet.classList.add('placed');
    var rem = parseFloat(getComputedStyle(f.root).fontSize);
    sheet.classList.toggle('measured', looksNew(sheet, rem));
    var items = measure(notes, sheet, rem);
    sheet.classList.remove('measured');
    if (!items.length) return;
    var line = parseFloat(getComputedStyle(items[0].note).lineHeight), room = sheet.offsetHeight;
    columns(items).forEach(function (column) {
      var lit = column.some(function (item) { return item.weight > 1; });
      fit(column, GAP * rem, DRIFT * rem, line);
      solve(column, GAP * rem, room, lit ? HEAVY : SLACK * rem, lit ? FLOOR * rem : 0).forEach(function (y, i) {
        var item = column[i], short = item.height < item.full;
        item.note.style.top = y.toFixed(1) + 'px';
        if (short || item.note.classList.contains('short')) {
          item.note.classList.toggle('short', short);
          item.note.style.maxHeight = short ? item.height.toFixed(1) + 'px' : '';
        }
      });
    });
  }

  /* What lays the page out for paper comes when there is nothing else to do; from a disk, where it costs nothing, at
     once: a page may be printed as soon as it has come. */
  function paper() { f.all('main[data-script]').forEach(f.bring); }

  f.place = place;
  f.placeLater = function () { cancelAnimationFrame(frame); frame = requestAnimationFrame(place); };
  f.activeNote = function (note) { if (note !== undefined) active = note; return active; };
  f.parts.push(function (root) {
    place();
    f.all('.key[data-script]', root).forEach(function (key) {
      key.addEventListener('change', f.told);
      if (/[?&](kinds|layers)=/.test(location.search)) f.told();
    });
    document.fonts.ready.then(place);
    if (root === document) {
      addEventListener('resize', f.placeLater);
      if (location.protocol === 'file:') paper();
      else document.fonts.ready.then(function () { (window.requestIdleCallback || setTimeout)(paper); });
      var watch = new ResizeObserver(f.placeLater);
      f.all('.sheet > .text, .sheet > .head').forEach(function (part) { watch.observe(part); });
    }
  });
})();
