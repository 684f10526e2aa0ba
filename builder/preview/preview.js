/* The preview's side in the browser: hears of each new generation, exchanges what changed in place, keeps the reader
   at the words that he was reading, shows what changed for a moment, and what is wrong until it is mended. */
(function () {
  'use strict';
  var D = document, me = D.currentScript, seen = me.dataset.seen, STRETCH = 48, SHOWN = 1600;

  /* ---- where the reader is: the words at the top of the window, and how far below its edge they stand */
  function bar() { var b = D.querySelector('.bar'); return b && getComputedStyle(b).position === 'sticky' ? b.offsetHeight : 0; }
  function textOf(block) {
    var walker = D.createTreeWalker(block, NodeFilter.SHOW_TEXT), nodes = [], words = '';
    while (walker.nextNode()) { nodes.push({ node: walker.currentNode, at: words.length }); words += walker.currentNode.data; }
    return { nodes: nodes, words: words };
  }
  function rangeAt(text, offset) {
    for (var i = text.nodes.length - 1; i >= 0; i--) {
      if (text.nodes[i].at > offset) continue;
      var range = D.createRange(), node = text.nodes[i].node, start = Math.min(offset - text.nodes[i].at, Math.max(0, node.length - 1));
      range.setStart(node, start);
      range.setEnd(node, Math.min(node.length, start + 1));
      return range;
    }
    return null;
  }
  function topOf(text, offset) { var range = rangeAt(text, offset), box = range && range.getBoundingClientRect(); return box && (box.height || box.top) ? box.top : null; }
  function firstSeen(text, edge) {
    var low = 0, high = text.words.length - 1;
    while (low < high) {
      var middle = (low + high) >> 1, top = topOf(text, middle);
      if (top === null || top < edge) low = middle + 1; else high = middle;
    }
    return low;
  }
  var BLOCKS = 'p,li,blockquote,h1,h2,h3,h4,dt,dd,pre,table,figure';
  /* Notes have places of their own, and what sticks to the window doesn't move with the text. */
  function isAside(e) {
    for (var up = e; up && up.tagName !== 'MAIN'; up = up.parentElement) {
      if (up.matches('aside,[role=doc-footnote],[role=note]') || /sticky|fixed/.test(getComputedStyle(up).position)) return true;
    }
    return false;
  }
  function panes() {
    return Array.prototype.filter.call(D.querySelectorAll('main [id]'), function (e) { return e.scrollTop; }).map(function (e) { return { id: e.id, top: e.scrollTop }; });
  }
  /* The first block of the text of which something is to be seen, and the words in it that stand at the edge. */
  function placeNow() {
    if (scrollY < 8) return { panes: panes(), y: 0 };
    var edge = bar(), blocks = D.querySelectorAll('main :is(' + BLOCKS + ')'), block = null;
    for (var i = 0; i < blocks.length && !block; i++) {
      var box = blocks[i].getBoundingClientRect();
      if (box.height && box.bottom > edge + 4 && !isAside(blocks[i]) && !blocks[i].querySelector(BLOCKS)) block = blocks[i];
    }
    if (!block) return { panes: panes(), y: scrollY };
    var text = textOf(block), from = firstSeen(text, edge), home = block.closest('main [id]');
    return { panes: panes(), id: home ? home.id : '', words: text.words.substr(from, STRETCH), before: text.words.substring(Math.max(0, from - STRETCH), from), top: topOf(text, from), y: scrollY };
  }
  /* Where the words stand now: they themselves, else their beginning, else where those before them end. */
  function findIn(place, block) {
    var text = textOf(block);
    var tries = [[place.before.slice(-12) + place.words, Math.min(12, place.before.length)], [place.words, 0], [place.words.slice(0, 20), 0], [place.before.slice(-20), Math.min(20, place.before.length)]];
    for (var i = 0; i < tries.length; i++) {
      var at = tries[i][0].trim().length < 6 ? -1 : text.words.indexOf(tries[i][0]);
      if (at >= 0) return topOf(text, Math.min(at + tries[i][1], text.words.length - 1));
    }
    return null;
  }
  /* They are sought in their own block, then in the others, from the nearest on. */
  function find(place) {
    var blocks = Array.prototype.filter.call(D.querySelectorAll('main :is(' + BLOCKS + ')'), function (e) { return !e.querySelector(BLOCKS) && !isAside(e); });
    var home = place.id && D.getElementById(place.id), from = Math.max(0, blocks.findIndex(function (e) { return home && (home === e || home.contains(e)); }));
    for (var away = 0; away < blocks.length; away++) {
      for (var side = 0; side < 2; side++) {
        var block = blocks[side ? from - away : from + away], top = block && (away || !side) ? findIn(place, block) : null;
        if (top !== null) return top;
      }
    }
    return home ? home.getBoundingClientRect().top : null;
  }
  function goBackTo(place) {
    if (!place) return;
    (place.panes || []).forEach(function (pane) { var e = D.getElementById(pane.id); if (e) e.scrollTop = pane.top; });
    var top = place.words ? find(place) : null;
    if (top !== null && place.top !== null) scrollBy({ top: top - place.top, behavior: 'instant' });
    else if (place.y) scrollTo({ top: place.y, behavior: 'instant' });
  }

  /* ---- exchanging what changed. What the page was before any script touched it is kept, each element with the one
     that is shown: so what a reader has opened, arranged or put away stays, wherever scripts have moved it. */
  var was = D.body.cloneNode(true), live = new WeakMap();
  function pair(kept, shown) {
    live.set(kept, shown);
    for (var i = 0; i < kept.children.length; i++) pair(kept.children[i], shown.children[i]);
  }
  pair(was, D.body);
  /* The same words once more: what is shown for them stays. */
  function carry(old, kept) {
    live.set(kept, live.get(old));
    for (var i = 0; i < kept.children.length; i++) carry(old.children[i], kept.children[i]);
  }
  function key(e) { return e.id || e.tagName + '.' + (e.getAttribute('class') || ''); }
  function shell(e) { return e.cloneNode(false).outerHTML; }
  /* What a part says, without numbers and letters: these move on where a note came or went before them. */
  function words(e) {
    var copy = e.cloneNode(true);
    copy.querySelectorAll('.ref,.nn,.pn,.tie,.kc,a').forEach(function (x) { if (!x.matches('a') || /[¶\d]/.test(x.textContent)) x.remove(); });
    return copy.textContent;
  }
  function choices(from, to) {
    from.querySelectorAll('input[id]').forEach(function (box) { var other = D.getElementById(box.id); if (other && to.contains(other)) { other.checked = box.checked; other.value = box.value; } });
  }
  function put(next, fresh, swapped, other) { pair(next, fresh); swapped.push({ part: fresh, other: other }); }
  function loose(e) { return Array.prototype.some.call(e.childNodes, function (n) { return n.nodeType === 3 && n.data.trim(); }); }
  /* Which of the old parts is which of the new: by what they say, for numbers and ids move on; then by id. */
  function matched(mine, theirs) {
    var pairs = new Map(), left = new Set(mine), said = new Map(), named = new Map();
    function file(map, name, e) { if (!map.has(name)) map.set(name, []); map.get(name).push(e); }
    function take(map, name, e) {
      var found = (map.get(name) || []).find(function (old) { return left.has(old); });
      if (found && !pairs.has(e)) { pairs.set(e, found); left.delete(found); }
    }
    mine.forEach(function (e) { file(said, words(e), e); file(named, key(e), e); });
    theirs.forEach(function (e) { if (words(e).trim()) take(said, words(e), e); });
    theirs.forEach(function (e) { if (!pairs.has(e)) take(named, key(e), e); });
    pairs.left = left;
    return pairs;
  }
  var WHOLE = '.tx,.said,.note,.entry,li,p,h1,h2,table,figure';
  function exchange(old, next, swapped) {
    if (old.outerHTML === next.outerHTML) { carry(old, next); return; }
    var shown = live.get(old), mine = Array.prototype.slice.call(old.children), theirs = Array.prototype.slice.call(next.children);
    if (shell(old) !== shell(next) || !mine.length || !theirs.length || loose(old) || loose(next) || old.matches(WHOLE)) {
      var fresh = D.importNode(next, true);
      shown.replaceWith(fresh);
      choices(shown, fresh);
      put(next, fresh, swapped, words(old) !== words(next));
      return;
    }
    live.set(next, shown);
    var after = null, pairs = matched(mine, theirs);
    theirs.forEach(function (e) {
      var before = pairs.get(e);
      if (before) exchange(before, e, swapped);
      else {
        var made = D.importNode(e, true);
        if (after && after.parentNode === shown) after.after(made); else shown.prepend(made);
        put(e, made, swapped, true);
      }
      after = live.get(e);
    });
    mine.forEach(function (e) { if (pairs.left.has(e)) live.get(e).remove(); });
  }
  /* A page's own style can't be typed into the page under its policy; a style sheet made by script can. */
  function ownStyle(css) {
    var now = D.querySelector('head > style');
    if ((now ? now.textContent : '') === css && !D.adoptedStyleSheets.length) return;
    var sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    D.adoptedStyleSheets = [sheet];
    if (now) now.media = 'not all';
  }
  /* What a page loads at once; what scripts have fetched since doesn't count. */
  function assets(root) {
    return Array.prototype.map.call(root.querySelectorAll('head script[src], head link[rel=stylesheet]'), function (e) { return e.getAttribute('src') || e.getAttribute('href'); }).filter(function (src) { return src.indexOf('@glossator') < 0; }).join(' ');
  }
  var loaded = assets(D);
  function reload() { var place = placeNow(); try { sessionStorage.setItem('glossator-place', JSON.stringify({ path: location.pathname, place: place })); } catch (fault) { /* then at the top */ } location.reload(); }
  function take(html) {
    var css = '', swapped = [], place = placeNow();
    html = html.replace(/<style>([^<]*)<\/style>/, function (all, own) { css = own; return ''; });   // the policy would refuse it, aloud
    var next = new DOMParser().parseFromString(html, 'text/html');
    if (assets(next) !== loaded || shell(was) !== shell(next.body) || D.querySelector('.v-conversation')) { reload(); return; }
    var focus = D.activeElement && D.activeElement.id;
    D.title = next.title;
    ownStyle(css);
    exchange(was, next.body, swapped);
    was = next.body;
    if (window.folio) swapped.forEach(function (one) { folio.init(one.part); });
    dispatchEvent(new Event('resize'));
    goBackTo(place);
    requestAnimationFrame(function () { goBackTo(place); });
    if (focus && D.getElementById(focus) && D.activeElement !== D.getElementById(focus)) D.getElementById(focus).focus({ preventScroll: true });
    swapped.forEach(function (one) {
      var part = one.part;
      if (!one.other) return;
      part.classList.add('glossator-fresh');
      setTimeout(function () { part.classList.remove('glossator-fresh'); if (!part.getAttribute('class')) part.removeAttribute('class'); }, SHOWN);
    });
    D.documentElement.dataset.generation = seen;
  }

  /* ---- what is wrong, in the terminal's words */
  function tell(told) {
    var box = D.getElementById('glossator-told');
    if (!told.length) { if (box) box.remove(); return; }
    if (!box) {
      box = D.createElement('aside');
      box.id = 'glossator-told';
      box.setAttribute('role', 'status');
      box.setAttribute('aria-label', 'glossator');
      D.body.append(box);
    }
    box.replaceChildren();
    var pre = D.createElement('pre'), close = D.createElement('button');
    pre.textContent = told.join('\n');
    close.type = 'button';
    close.textContent = '×';
    close.setAttribute('aria-label', 'Close');
    close.addEventListener('click', function () { box.remove(); });
    box.append(close, pre);
  }

  /* ---- news */
  var asked = 0;
  function look() {
    var mine = ++asked;
    fetch(location.pathname + location.search, { cache: 'no-store' }).then(function (answer) {
      if (answer.ok) return answer.text();
      return null;
    }).then(function (html) { if (html !== null && mine === asked) take(html); }, function () { /* the next news will do */ });
  }
  function concerns(changed) {
    if (!changed) return true;
    var here = decodeURIComponent(location.pathname).replace(/^\//, '').replace(/(^|\/)$/, '$1index.html');
    return changed.some(function (path) { return path === here || /^assets\//.test(path) || /\.js$/.test(path) && path.split('/')[0] === here.split('/')[0]; });
  }
  var news = new EventSource('/@glossator/events?seen=' + seen);
  news.addEventListener('news', function (e) {
    var said = JSON.parse(e.data);
    seen = e.lastEventId;
    tell(said.told);
    if (concerns(said.changed)) look();
  });
  addEventListener('pagehide', function () { news.close(); });
  addEventListener('pageshow', function (e) { if (e.persisted) location.reload(); });
  try {
    var kept = JSON.parse(sessionStorage.getItem('glossator-place') || 'null');
    sessionStorage.removeItem('glossator-place');
    if (kept && kept.path === location.pathname) addEventListener('load', function () { goBackTo(kept.place); });
  } catch (fault) { /* then where the browser puts it */ }
})();
