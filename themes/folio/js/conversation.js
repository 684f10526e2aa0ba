/* The conversation: a tie is lit while the pointer or the focus is on it, and held once it is chosen. What is held
   stands level on both sides; it is in the address, and the way back is the browser's own. */
(function () {
  'use strict';
  var f = folio, panes = f.panes, held = null, pushed = 0, moved = 0, MOVING = 250;
  var QUERY = { left: 0, right: 1 };

  function far(letter) { return letter && f.byId('xref-' + f.tieOf(letter) + (/1$/.test(letter.id) ? '-2' : '-1')); }
  function ends(key) { return [f.byId('xref-' + key + '-1'), f.byId('xref-' + key + '-2')].filter(Boolean); }
  function length(key, pane) { return f.all('.tp[data-x~="' + CSS.escape(key) + '"]', pane).reduce(function (sum, e) { return sum + e.textContent.length; }, 0); }
  /* The letter that is meant here: itself, or for words of a passage the tie that covers the fewest. */
  function letterAt(target) {
    var letter = target.closest('.pane a.tie[id]'), words = target.closest('.pane .tp[data-x]'), pane = panes.of(words);
    if (letter || !words || target.closest('a')) return letter;
    var found = [];
    words.dataset.x.split(' ').forEach(function (key) {
      ends(key).forEach(function (e) {
        if (panes.of(e) === pane && f.visible(e) && words.compareDocumentPosition(e) & 4) found.push([length(key, pane), e]);
      });
    });
    return found.sort(function (a, b) { return a[0] - b[0]; }).map(function (one) { return one[1]; })[0] || null;
  }

  function light(key) {
    f.litTie(key);
    f.wires.heat(key);
    panes.duo.classList.toggle('hot', !!key);
  }
  function warm(letter) { light(letter && far(letter) ? f.tieOf(letter) : held); }

  /* Two texts to be seen at once: what is seen already stays where it is. */
  function bring(one, two) {
    if (one === two) { if (!panes.shown(one)) panes.choose('right', one); }
    else if (panes.shown(one)) { if (!panes.shown(two)) panes.choose(one.matches('.left') ? 'right' : 'left', two); }
    else if (panes.shown(two)) panes.choose(two.matches('.left') ? 'right' : 'left', one);
    else { panes.choose('left', one); panes.choose('right', two); }
    keep();
  }
  function relevel(behavior) {
    var letter = held && panes.ends[held] && panes.ends[held].filter(function (end) { return end.letter === f.heldBy; })[0];
    var other = letter && panes.ends[held].filter(function (end) { return end !== letter; })[0];
    if (!other) return false;
    panes.take(letter.pane);
    panes.level(letter, other, behavior);
    return true;
  }
  function hold(letter, way) {
    var key = f.tieOf(letter), other = far(letter);
    if (!other) return;
    if (way) enter('#' + letter.id, way);
    bring(panes.of(letter), panes.of(other));
    if (!f.visible(letter)) { f.byId('_r').click(); panes.measure(); }
    scrollTo({ top: 0, behavior: 'instant' });
    f.hideCard();
    held = key;
    f.heldBy = letter;
    relevel(f.behave());
    light(key);
    slip(key);
    f.say(letter.getAttribute('aria-label'));
  }
  function release() {
    if (!held) return;
    held = f.heldBy = null;
    panes.bind(null);
    light(null);
    f.byId('_slip').hidden = true;
  }
  function letGo() {
    var inside = f.byId('_slip').contains(f.D.activeElement), letter = f.heldBy;
    release();
    history.replaceState(history.state, '', location.pathname + location.search);
    if (inside && letter) letter.focus({ preventScroll: true });
  }

  /* What is said of the tie that is held: its entry in the list, at the foot of the panes. */
  function slip(key) {
    var box = f.byId('_slip'), entry = f.one('#xref-' + CSS.escape(key) + '>div'), copy = entry ? entry.cloneNode(true) : f.make('div');
    f.all('[id]', copy).forEach(function (e) { e.removeAttribute('id'); });
    f.one('.tie', box).textContent = f.heldBy.textContent;
    f.one('div', box).replaceWith(copy);
    box.hidden = false;
  }
  /* The next tie down the leading text; from none, the first that is in sight. */
  function step(by) {
    var pane = panes.lead() || panes.at('left'), list = [];
    Object.keys(panes.ends).forEach(function (key) {
      var here = panes.ends[key].filter(function (end) { return end.pane === pane; })[0];
      if (here && far(here.letter)) list.push(here);
    });
    list.sort(function (a, b) { return a.top - b.top || a.bottom - b.bottom; });
    if (!list.length) return null;
    var at = list.findIndex(function (end) { return f.tieOf(end.letter) === held; });
    var next = at < 0 ? list.filter(function (end) { return end.top >= pane.scrollTop; })[0] || list[0] : list[(at + by + list.length) % list.length];
    hold(next.letter, held ? 'replace' : 'push');
    return next.letter;
  }

  /* The address: which texts, which relation, which tie. Before a step forward the place is noted for the way back. */
  function tops() { return [panes.at('left').scrollTop, panes.at('right').scrollTop]; }
  function enter(hash, way) {
    if (way === 'push') {
      history.replaceState({ tops: tops() }, '');
      history.pushState(null, '', location.pathname + location.search + hash);
      pushed++;
    } else history.replaceState(history.state, '', location.pathname + location.search + hash);
  }
  function keep() {
    var asked = new URLSearchParams(location.search), chosen = f.one('input[name=relation]:checked'), all = panes.all();
    Object.keys(QUERY).forEach(function (side) {
      if (panes.at(side) === all[QUERY[side]]) asked.delete(side); else asked.set(side, panes.at(side).id);
    });
    if (chosen && chosen.value) asked.set('only', chosen.value); else asked.delete('only');
    var query = asked.toString();
    history.replaceState(history.state, '', location.pathname + (query ? '?' + query : '') + location.hash);
  }
  function recall() {
    var asked = new URLSearchParams(location.search), only = f.byId('_r-' + asked.get('only')) || f.byId('_r'), all = panes.all();
    if (only) only.checked = true;
    Object.keys(QUERY).forEach(function (side) {
      var pane = f.byId(asked.get(side));
      panes.choose(side, pane && pane.matches('.pane') ? pane : all[QUERY[side]]);
    });
    panes.measure();
  }
  function arrive(e) {
    if (e) recall();
    if (!panes.wide()) return;
    var id = decodeURIComponent(location.hash.slice(1)), target = id && f.byId(id), letter = null;
    if (target && /^xref-/.test(id)) letter = target.matches('a.tie') ? target : ends(id.slice(5)).sort(function (a) { return panes.of(a).matches('.left') ? -1 : 1; })[0];
    if (letter && far(letter)) hold(letter);
    else {
      release();
      if (e && e.state && e.state.tops) {
        ['left', 'right'].forEach(function (side, i) { panes.at(side).scrollTop = e.state.tops[i]; });
        panes.take(panes.lead(), true);
      }
      else if (target && panes.of(target)) visit(target);
    }
  }
  function visit(target) {
    var pane = panes.of(target);
    if (!panes.shown(pane)) panes.choose('right', pane);
    scrollTo({ top: 0, behavior: 'instant' });
    if (target === pane) pane.scrollTop = 0;
    else pane.scrollTop += target.getBoundingClientRect().top - pane.getBoundingClientRect().top - pane.clientHeight / 4;
    panes.take(pane, true);
    panes.follow();
    keep();
  }

  function clicked(e) {
    if (e.defaultPrevented || e.metaKey || e.ctrlKey || e.shiftKey || e.button) return;
    var a = e.target.closest('a'), letter = letterAt(e.target), byKey = e.detail === 0;
    if (e.target.closest('#_card') || !e.target.closest('main')) return;
    if (a && a.matches('.pane .ref')) { if (f.noteCard(a, byKey)) e.preventDefault(); return; }
    if (!panes.wide()) { if (letter && !a && getSelection().isCollapsed && f.openCard(letter)) e.preventDefault(); return; }
    if (letter && far(letter) && (a || getSelection().isCollapsed)) {
      e.preventDefault();
      if (byKey && held === f.tieOf(letter)) { letter = far(letter); letter.focus({ preventScroll: true }); }
      hold(letter, held === f.tieOf(letter) ? 'replace' : 'push');
    } else if (a && !a.matches('.pn,.term') && a.hash && a.getAttribute('href')[0] === '#') follow(a, e);
    else if (held && !a && e.target.closest('.leaf') && getSelection().isCollapsed) letGo();
  }
  /* A link in the lists below, or in the slip, to something in a pane. */
  function follow(a, e) {
    var target = f.byId(decodeURIComponent(a.hash.slice(1)));
    if (!target || !panes.of(target)) return;
    e.preventDefault();
    if (target.matches('a.tie') && far(target)) { hold(target, 'push'); return; }
    release();
    enter(a.getAttribute('href'), 'push');
    visit(target);
  }
  function pressed(e) {
    if (!panes.wide()) return;
    if (e.key === 'Escape') { if (held && !f.layer()) letGo(); return; }
    if (!f.isShortcut(e)) return;
    if (e.key === 't') { var letter = step(1); if (letter) letter.focus({ preventScroll: true }); }
    else if (e.key === 'b' && pushed > 0) { pushed--; history.back(); }
    else return;
    e.preventDefault();
    e.stopPropagation();
  }

  function refit() {
    if (!panes.wide()) { release(); return; }
    panes.measure();
    if (!relevel('instant')) panes.take(panes.lead() || panes.at('left'), true);
    f.wires.later();
  }
  function watch() {
    ['wheel', 'touchstart', 'pointerdown', 'keydown', 'focusin'].forEach(function (name) {
      panes.duo.addEventListener(name, function (e) {
        var pane = panes.of(e.target);
        if (!pane || !panes.wide()) return;
        if (name !== 'focusin') panes.resume();
        panes.take(pane);
      }, { passive: true });
    });
    panes.all().forEach(function (pane) {
      pane.addEventListener('scroll', function () { if (pane === panes.lead()) panes.follow(); else panes.astray(pane); f.wires.later(); }, { passive: true });
    });
    f.D.addEventListener('pointermove', function (e) { if (e.movementX || e.movementY) moved = e.timeStamp; }, { passive: true });
    f.D.addEventListener('pointerover', function (e) {
      if (e.pointerType === 'touch' || !panes.wide() || e.timeStamp - moved > MOVING) return;
      var letter = letterAt(e.target);
      if (letter && far(letter)) e.stopPropagation();   // the wire shows what a card would
      warm(letter);
    }, true);
    f.D.addEventListener('focusin', function (e) { if (panes.wide() && e.target.matches(':focus-visible')) warm(letterAt(e.target)); });
    f.D.addEventListener('click', clicked, true);
    f.D.addEventListener('keydown', pressed, true);
    addEventListener('popstate', arrive);
    addEventListener('resize', refit);
    f.D.fonts.ready.then(refit);
    var size = new ResizeObserver(refit);
    f.all('.leaf').forEach(function (leaf) { size.observe(leaf); });
  }
  function tune() {
    f.all('input[name=relation]').forEach(function (box) {
      box.addEventListener('change', function () {
        if (f.heldBy && !f.visible(f.heldBy)) letGo();
        keep();
        refit();
        f.say(box.dataset.said);
      });
    });
    f.all('#_numbers,#_sync').forEach(function (box) { box.addEventListener('change', refit); });
    f.all('.chooser select').forEach(function (chooser) {
      chooser.addEventListener('change', function () {
        release();
        panes.choose(chooser.id.slice(1), f.byId(chooser.value));
        enter('', 'replace');
        keep();
        f.wires.later();
      });
    });
    f.byId('_slip').addEventListener('click', function (e) {
      var b = e.target.closest('[data-by]');
      if (b) { if (b.dataset.by === '0') letGo(); else step(Number(b.dataset.by)); }
    });
  }
  f.add(function (root) {
    if (root !== document || !panes.duo) return;
    panes.duo.classList.add('set');
    recall();
    panes.settle();
    watch();
    tune();
    arrive();
    f.wires.draw();
    if (f.D.readyState !== 'complete') addEventListener('load', function () { if (location.hash) arrive(); });
  });
})();
