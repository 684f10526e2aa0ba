/* For paper the page is laid out as it will be printed: each note is put into the text at the words it is about and drawn
   beside them, so that it stays level with them however the text is broken into pages; notes for which there is no room
   there stay under their paragraph; every fifth line gets its number. After printing all is as it was. */
(function () {
  'use strict';
  var f = folio, D = f.D, page = f.one('main[data-style]'), sheet, moved = [], added = [], padded = [], hooks = [], scrolled = [];
  var BLOCKS = 'p,li,dt,dd,blockquote,div';
  var UNCOUNTED = '.pn,.ref,.tie,.notes,.between,.across,.figure,h1,h2,h3,h4,h5,h6,table,pre';
  /* Pixels on paper: a line of the text, one of a note; and between two notes. With what is above its first line that is
     no less than a note leaves empty at the foot of a page: so much farther down than reckoned its rest may reach on the
     next, whatever the size of the paper, which nobody knows here. */
  var LINE = 21, SMALL = 14, GAP = 10, STEP = 5;
  /* How far below its line a note may stand, and how far one may push the first of a later paragraph. */
  var DRIFT = 9 * LINE, SLACK = 3 * LINE;
  /* Points in which the words of tables are set, and the least that can be read well. */
  var TABLED = 9, LEAST = 7;
  /* Pixels that the heads of a table may take, read from below. */
  var TALL = 5 * LINE;
  /* What stands above the notes under a paragraph, and what each of these takes for its lemma. */
  var HEAD = 20, LEMMA = SMALL;

  function top(e) { return e.getClientRects()[0].top; }
  function bottom(e) { return e.getBoundingClientRect().bottom; }
  function first(items) { return Math.min.apply(null, items.map(function (item) { return item.want; })); }

  /* Where in a paragraph what a note is about begins; what that of the note before it is, if it is about a footnote. */
  function began(note, para, before) {
    var key = f.keyOf(note), start = f.one('mark[data-n~="' + CSS.escape(key) + '"]', para) || f.refOf(key);
    if (!start || !para.contains(start) || !f.visible(start)) return f.one('.tx', para).firstElementChild;
    return before && start.closest('.note') ? before : start;
  }

  /* The paragraphs of a part with notes to print: how high each note is, and from where it is wished; and from where the
     notes that come after the paragraph's own are, or the part ends. */
  function measured(part) {
    var end = bottom(part);
    return f.all('.para', part).map(function (para) {
      var start = null;
      return f.all('.notes .note', para).filter(f.visible).map(function (note) {
        start = began(note, para, start);
        return { note: note, start: start, want: top(start), height: note.offsetHeight };
      });
    }).filter(function (items) { return items.length; }).reverse().map(function (items) {
      var one = { items: items, next: end };
      end = first(items);
      return one;
    }).reverse();
  }

  /* The most of a paragraph's notes for which there is room in the margin. Of all ways to place a number of those that
     come first, only the one that ends highest can be part of the best. What is left over stands under the paragraph,
     twice as wide, and pushes down what follows. */
  function choose(one, from) {
    var ways = [{ end: from, items: [] }], all = 0;
    one.items.forEach(function (item) {
      all += item.height + LEMMA;
      for (var count = ways.length; count > 0; count--) {
        var before = ways[count - 1], at = Math.max(item.want, before.end), end = at + item.height + GAP;
        if (at - item.want <= DRIFT && !(ways[count] && ways[count].end <= end)) ways[count] = { end: end, items: before.items.concat(item) };
      }
    });
    return ways.map(function (way, count) {
      var rest = way.items.reduce(function (sum, item) { return sum - item.height - LEMMA; }, all);
      way.under = count < one.items.length ? rest / 2 + HEAD : 0;
      return way;
    }).filter(function (way, count) { return !count || way.end - way.under <= one.next + SLACK; }).pop();
  }

  function put(e, place) { place(e); added.push(e); return e; }
  /* The number of a line hangs on a hook in it. How far in that stands is told for Firefox: see printed.css. */
  function hang(e, place) {
    var hook = put(f.make('span', { class: 'hook' }), place);
    hook.append(e);
    hooks.push(hook);
  }
  function gauge() {
    hooks.map(function (hook) {
      var at = hook.getBoundingClientRect(), column = hook.closest('.tx').getBoundingClientRect();
      return getComputedStyle(hook).direction === 'rtl' ? column.right - at.right : at.left - column.left;
    }).forEach(function (far, i) { hooks[i].style.setProperty('--far', far + 'px'); });
  }
  function cut(node, at) { if (at < node.length) node.splitText(at); return node; }
  /* In the line in which `e` begins: behind its first word, or before it where it has none. */
  function within(e) {
    var walk = D.createTreeWalker(e, NodeFilter.SHOW_TEXT), node, word;
    while (!e.matches('.ref') && (node = walk.nextNode())) {
      word = !node.parentNode.closest('.pn') && /^\s*\S+/.exec(node.data);
      if (word) return cut(node, word[0].length).after.bind(node);
    }
    return e.before.bind(e);
  }
  function lift(node) {
    var keep = D.createComment('');
    node.replaceWith(keep);
    moved.push([node, keep]);
  }
  function set(item) {
    lift(item.note);
    item.box = put(f.make('span', { class: 'notes at' }), within(item.start));
    item.box.append(item.note);
  }
  /* A note that is left over stands under its paragraph; in a poem under its stanza, not under the whole of it. */
  function leave(item) {
    var stanza = item.start.closest('.stanza'), box = stanza && stanza.nextElementSibling;
    if (!stanza) { item.note.parentNode.classList.add('under'); return; }
    if (!box || !box.matches('.under')) box = put(f.make('div', { class: 'notes under' }), stanza.after.bind(stanza));
    lift(item.note);
    box.append(item.note);
  }
  /* The notes of a part go to their lines; from where the margin is free, to where. */
  function setNotes(part, from) {
    var chosen = [];
    measured(part).forEach(function (one) {
      var way = choose(one, from);
      from = way.end - way.under;
      one.items.filter(function (item) { return way.items.indexOf(item) < 0; }).forEach(leave);
      chosen.push.apply(chosen, way.items);
    });
    chosen.slice().reverse().forEach(set); // from the last on, so that of two at one word the first stands first
    return chosen;
  }
  /* No note on another: each as far below its line as those before it need. One that has room below it isn't broken. */
  function stack(items, from) {
    var tops = items.map(function (item) { return top(item.box); }), heights = items.map(function (item) { return item.box.offsetHeight; });
    items.forEach(function (item, i) {
      var at = Math.max(tops[i], from);
      if (at > tops[i]) item.box.style.marginTop = at - tops[i] + 'px';
      from = at + heights[i] + GAP;
      if (i + 1 === items.length || tops[i + 1] - from > heights[i]) item.box.classList.add('loose');
    });
    return from;
  }

  /* The lines of a part: where in which node of text each begins, where its first word ends, and whether it began of
     itself, not because a paragraph does. */
  function lines(part) {
    var walk = D.createTreeWalker(part, NodeFilter.SHOW_TEXT + NodeFilter.SHOW_ELEMENT), range = D.createRange(), found = [];
    var low = -Infinity, block = null, forced = false, node, here, words, word;
    function meet(box, i, boxes) {
      if (!box.width || box.height > 1.5 * LINE || box.bottom - low < LINE / 2) return; // an initial stands in two lines
      low = box.bottom;
      var from = word.index, end = words.lastIndex;
      if (i) { from = turned(node, from, box); end = i + 1 < boxes.length ? from + 1 : end; }
      found.push({ node: node, from: from, end: end, turns: here === block && !forced });
      block = here;
      forced = false;
    }
    while ((node = walk.nextNode())) {
      if (node.nodeName === 'BR') forced = true;
      if (node.nodeType !== Node.TEXT_NODE || !node.parentNode.closest('.para>.tx') || node.parentNode.closest(UNCOUNTED)) continue;
      here = node.parentNode.closest(BLOCKS);
      words = /\S+/g;
      while ((word = words.exec(node.data))) {
        range.setStart(node, word.index);
        range.setEnd(node, words.lastIndex);
        Array.prototype.forEach.call(range.getClientRects(), meet);
      }
    }
    return found;
  }
  /* Where a word that is divided goes on in the line of `box`. */
  function turned(node, at, box) {
    var range = D.createRange();
    do { range.setStart(node, at); range.setEnd(node, ++at); } while (at < node.length && bottom(range) < box.bottom - 2);
    return at - 1;
  }
  /* Every fifth line gets its number. Where numbers of notes aren't printed the lines end where they would with them,
     so that a line is the same for everyone. */
  function number(part) {
    var bare = f.root.dataset.print === 'student' || part.matches('.pane');
    lines(part).map(function (line, i) { line.number = i + 1; return line; }).reverse().forEach(function (line) {
      var node = line.node;
      if (line.number % STEP === 0) {
        cut(node, line.end);
        hang(f.make('span', { class: 'ln', hidden: '', 'aria-hidden': 'true', 'data-n': line.number }), node.after.bind(node));
      }
      if (bare && line.turns) {
        cut(node, line.from);
        put(f.make('br'), line.from ? node.after.bind(node) : node.before.bind(node));
      }
    });
  }

  /* The place by which several notes are cited that a question is about is said once. */
  function citeOnce(line) {
    var said = [];
    f.all('a', line).forEach(function (a) {
      var place = a.title || a.textContent;
      if (said.indexOf(place) < 0) said.push(place); else { lift(a.previousSibling); lift(a); }
    });
  }

  /* How wide each column of a table is where its words stand whole. */
  function needs(table, cells) {
    table.style.width = '0';
    var widths = cells.map(function (cell) { return Math.ceil(cell.getBoundingClientRect().width); });
    table.style.width = '';
    return widths;
  }
  function sum(widths) { return widths.reduce(function (all, width) { return all + width; }, 0); }
  /* Heads that are wider than their figures are read from below where that spares their words being divided. */
  function turn(table, cells, room) {
    table.classList.add('turned');
    for (var size = TABLED; size >= LEAST; size -= 0.5) {
      table.style.fontSize = size + 'pt';
      if (sum(needs(table, cells)) <= room && table.rows[0].offsetHeight <= TALL) return true;
    }
    table.classList.remove('turned');
    return false;
  }
  /* A table with words for which there is no room is set smaller, or its heads are turned; where that is not enough, all
     its columns are as wide as each other, but for those that need less. */
  function share(table) {
    var cells = table.rows.length ? Array.from(table.rows[0].cells) : [], room, wide, level;
    table.classList.add('shared');
    room = table.offsetWidth;
    table.classList.remove('shared');
    wide = sum(needs(table, cells));
    if (wide <= room) return;
    padded.push.apply(padded, cells.concat(table));
    if (TABLED * room / wide < LEAST && turn(table, cells, room)) return;
    table.style.fontSize = Math.max(LEAST, TABLED * room / wide) + 'pt';
    wide = needs(table, cells);
    if (sum(wide) <= room) return;
    wide.slice().sort(function (a, b) { return a - b; }).every(function (width, i) {
      level = room / (wide.length - i);
      room -= width;
      return width <= level;
    });
    cells.forEach(function (cell, i) { cell.style.width = Math.min(wide[i], level) + 'px'; });
    table.classList.add('shared');
  }

  function lay() {
    unlay();
    scrolled = f.all('.pane,.rest').concat(D.scrollingElement).map(function (e) { return [e, e.scrollTop]; });
    f.root.classList.add('laid', 'gauged');
    sheet.sheet.media.mediaText = 'all';
    if (getComputedStyle(f.root).getPropertyValue('--pn').trim() === '9mm') arrange(); else f.root.classList.remove('laid');
    sheet.sheet.media.mediaText = 'print';
    f.root.classList.remove('gauged');
    back();
  }
  function arrange() {
    var from = -Infinity;
    f.all('.tx table').forEach(share);
    f.all('.sheet>:is(.head,.text)').forEach(function (part) {
      from = stack(setNotes(part, from), from);
      if (part.matches('.head') && f.root.dataset.print !== 'student') return; // nothing stands between head and text
      if (from > bottom(part)) { part.style.paddingBottom = from - bottom(part) + 'px'; padded.push(part); }
      from = -Infinity;
    });
    f.all('.text,.pane').forEach(number);
    gauge();
    if (f.root.dataset.print === 'student') f.all('.questions .qm').forEach(citeOnce);
    f.close(put);
  }
  function back() { scrolled.forEach(function (pair) { pair[0].scrollTop = pair[1]; }); }
  function unlay() {
    moved.forEach(function (pair) { pair[1].replaceWith(pair[0]); });
    added.reverse().forEach(function (e) { var around = e.parentNode; e.remove(); around.normalize(); });
    padded.forEach(function (e) { e.removeAttribute('style'); });
    f.all('.under,.shared,.turned').forEach(function (e) { e.classList.remove('under', 'shared', 'turned'); });
    f.root.classList.remove('laid', 'gauged');
    moved = []; added = []; padded = []; hooks = [];
    back();
  }
  /* Whoever prints next gets what the address asks for, not what a button asked for this time. */
  function asAsked() {
    var asked = /[?&]print=([a-z]+)/.exec(location.search);
    if (asked) f.root.setAttribute('data-print', asked[1]); else f.root.removeAttribute('data-print');
  }
  if (!page) return;
  sheet = f.make('link', { rel: 'stylesheet', media: 'print', href: page.dataset.style });
  sheet.onload = function () {
    if (!sheet.isConnected) sheet = D.head.lastElementChild; // in the edition in one file another stands for it
    sheet.media = 'print';
    addEventListener('beforeprint', lay);
    addEventListener('afterprint', unlay);
    addEventListener('afterprint', asAsked);
  };
  D.head.append(sheet);
})();
