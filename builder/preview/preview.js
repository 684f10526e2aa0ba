/* The preview's side in the browser: hears of each new generation, exchanges what changed in place, keeps the reader
   at the words that he was reading, shows what changed for a moment, and what is wrong until it is mended. */
(function () {
  'use strict';
  var D = document, me = D.currentScript, seen = me.dataset.seen, STRETCH = 48, SHOWN = 1600;
  var own = ['glossator-told'];

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
  /* The first block of the text of which something is to be seen, and the words in it that stand at the edge. */
  function placeNow() {
    if (scrollY < 8) return null;
    var edge = bar(), blocks = D.querySelectorAll('main :is(' + BLOCKS + ')'), block = null;
    for (var i = 0; i < blocks.length && !block; i++) {
      var box = blocks[i].getBoundingClientRect();
      if (box.height && box.bottom > edge + 4 && !isAside(blocks[i]) && !blocks[i].querySelector(BLOCKS)) block = blocks[i];
    }
    if (!block) return { y: scrollY };
    var text = textOf(block), from = firstSeen(text, edge), home = block.closest('main [id]');
    return { id: home ? home.id : '', words: text.words.substr(from, STRETCH), before: text.words.substring(Math.max(0, from - STRETCH), from), top: topOf(text, from), y: scrollY };
  }
  /* Where the words stand now: they themselves, else their beginning, else where those before them end. */
  function find(place, block) {
    var text = textOf(block);
    var tries = [[place.before.slice(-12) + place.words, Math.min(12, place.before.length)], [place.words, 0], [place.words.slice(0, 20), 0], [place.before.slice(-20), Math.min(20, place.before.length)]];
    for (var i = 0; i < tries.length; i++) {
      var at = tries[i][0].trim().length < 6 ? -1 : text.words.indexOf(tries[i][0]);
      if (at >= 0) return topOf(text, Math.min(at + tries[i][1], text.words.length - 1));
    }
    return null;
  }
  function goBackTo(place) {
    if (!place) return;
    var block = place.id && D.getElementById(place.id), main = D.querySelector('main'), top = null;
    if (place.words) { top = block ? find(place, block) : null; if (top === null) top = find(place, main); }
    if (top === null && block) top = block.getBoundingClientRect().top;
    if (top !== null && place.top !== null) scrollBy({ top: top - place.top, behavior: 'instant' });
    else scrollTo({ top: place.y, behavior: 'instant' });
  }

  /* ---- exchanging what changed: parts that carry an id, as small as can be */
  var STATES = ['on', 'hot', 'short', 'lit', 'placed', 'measured', 'glossator-fresh'];
  function key(e) {
    if (e.id) return e.id;
    return e.tagName + '.' + Array.prototype.filter.call(e.classList, function (name) { return STATES.indexOf(name) < 0; }).join('.');
  }
  function clean(e) {
    var copy = e.cloneNode(true);
    [copy].concat(Array.prototype.slice.call(copy.querySelectorAll('*'))).forEach(function (x) {
      x.removeAttribute('style');
      STATES.forEach(function (name) { x.classList.remove(name); });
      if (x.getAttribute('class') === '') x.removeAttribute('class');
      if (x.matches('.own, [data-made]')) x.remove();
      x.removeAttribute('aria-expanded');
      if (x.getAttribute('tabindex') === '-1' && x.tagName !== 'MAIN') x.removeAttribute('tabindex');
    });
    return copy.outerHTML;
  }
  function shell(e) { var copy = e.cloneNode(false); copy.removeAttribute('style'); STATES.forEach(function (name) { copy.classList.remove(name); }); if (copy.getAttribute('class') === '') copy.removeAttribute('class'); return copy.outerHTML; }
  /* What a part says, without numbers and letters: these move on where a note came or went before them. */
  function words(e) {
    var copy = e.cloneNode(true);
    copy.querySelectorAll('.ref,.nn,.pn,.tie,.own,.uses a,.qm a,.said a,.nx a').forEach(function (x) { x.remove(); });
    return copy.textContent;
  }
  function exchange(now, next, swapped) {
    if (clean(now) === clean(next)) return;
    var mine = Array.prototype.slice.call(now.children), theirs = Array.prototype.slice.call(next.children);
    var loose = function (e) { return Array.prototype.some.call(e.childNodes, function (n) { return n.nodeType === 3 && n.data.trim(); }); };
    if (shell(now) !== shell(next) || !mine.length || !theirs.length || loose(now) || loose(next) || now.matches('.tx,.said,.note,.entry,li,p,h1,h2,table,figure')) {
      var fresh = D.importNode(next, true);
      now.replaceWith(fresh);
      swapped.push({ part: fresh, other: words(now) !== words(fresh) });
      return;
    }
    var known = {}, at = now.firstElementChild;
    mine.forEach(function (e) { (known[key(e)] = known[key(e)] || []).push(e); });
    theirs.forEach(function (e) {
      var old = (known[key(e)] || []).shift();
      if (!old) { old = D.importNode(e, true); now.insertBefore(old, at); swapped.push({ part: old, other: true }); return; }
      if (old !== at) now.insertBefore(old, at); else at = at.nextElementSibling;
      exchange(old, e, swapped);
    });
    Object.keys(known).forEach(function (name) { known[name].forEach(function (e) { e.remove(); }); });
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
  function sameAssets(next) {
    var list = function (root) { return Array.prototype.map.call(root.querySelectorAll('head script[src], head link[rel=stylesheet]'), function (e) { return e.getAttribute('src') || e.getAttribute('href'); }).filter(function (src) { return src.indexOf('@glossator') < 0; }).join(' '); };
    return list(D) === list(next);
  }
  function reload() { var place = placeNow(); try { sessionStorage.setItem('glossator-place', JSON.stringify({ path: location.pathname, place: place })); } catch (fault) { /* then at the top */ } location.reload(); }
  function take(html) {
    var css = '', swapped = [], place = placeNow();
    html = html.replace(/<style>([^<]*)<\/style>/, function (all, own) { css = own; return ''; });   // the policy would refuse it, aloud
    var next = new DOMParser().parseFromString(html, 'text/html');
    if (!sameAssets(next) || !next.querySelector('main') || !D.querySelector('main')) { reload(); return; }
    var focus = D.activeElement && D.activeElement.id;
    D.title = next.title;
    ownStyle(css);
    var mine = Array.prototype.filter.call(D.body.children, function (e) { return own.indexOf(e.id) < 0 && !e.matches('#_card,#_aa,#_help,#_back,#_say,dialog'); });
    var theirs = Array.prototype.filter.call(next.body.children, function (e) { return !e.matches('#_card,#_aa,#_help,#_back,#_say,dialog'); });
    if (mine.map(key).join(' ') !== theirs.map(key).join(' ')) { reload(); return; }
    mine.forEach(function (e, i) { exchange(e, theirs[i], swapped); });
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
