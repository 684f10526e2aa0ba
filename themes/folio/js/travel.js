/* Following links, and the way back. */
(function () {
  'use strict';
  var f = folio, trail = [], lit = null;

  f.litTie = function (key) {
    f.all('.lit').forEach(function (e) { e.classList.remove('lit'); });
    f.all('.tie.on').forEach(function (e) { e.classList.remove('on'); });
    lit = key || null;
    if (!key) return;
    f.all('.tp[data-x~="' + CSS.escape(key) + '"]').forEach(function (e) { e.classList.add('lit'); });
    ['-1', '-2'].forEach(function (end) { var letter = f.byId('xref-' + key + end); if (letter) letter.classList.add('on'); });
  };
  function placeOf(e) { var p = e && e.closest('[data-cite]'); return p ? p.dataset.cite : f.words('here'); }
  function offer() {
    var back = f.one('#_back'), last = trail.at(-1);
    back.hidden = !last;
    if (last) { back.textContent = f.words('back', { place: last.place }); back.href = '#' + ((last.from && last.from.id) || '_text'); }
  }
  f.go = function (id, from) {
    var target = f.byId(id);
    if (!target) return;
    if (from) { trail.push({ y: scrollY, from: from, place: placeOf(from) }); offer(); }
    history.pushState(trail.length, '', '#' + id);
    if (target.matches('.notes .note')) { f.activate(f.keyOf(target), true); return; }
    if (target.matches('a.tie')) f.litTie(f.tieOf(target));
    f.jump(target);
    if (!target.matches('a,button')) target.tabIndex = -1;
    target.focus({ preventScroll: true });
    f.say(f.words('arrived', { place: placeOf(target) }));
  };
  f.goBack = function () {
    var last = trail.pop();
    if (!last) return;
    f.litTie(null);
    scrollTo({ top: last.y, behavior: f.behave() });
    if (last.from) last.from.focus({ preventScroll: true });
    offer();
  };
  function clicked(e) {
    if (e.defaultPrevented || e.metaKey || e.ctrlKey || e.shiftKey || e.button) return;
    var a = e.target.closest('a'), mark = e.target.closest('mark.hl'), byKey = e.detail === 0;
    if (a && a.closest('#_card')) return;
    if (e.target.matches('#_step button')) f.step(Number(e.target.dataset.by));
    if (a && a.matches('.ref') && f.noteOf(f.keyOf(a))) { e.preventDefault(); f.activate(f.keyOf(a), byKey); }
    else if (a && a.matches('.note .nn')) {
      e.preventDefault();
      var key = f.keyOf(a.closest('.note'));
      f.jump(f.startOf(key));
      f.refOf(key).focus({ preventScroll: true });
    } else if (a && a.matches('.tx a.term, .tx a.tie, .note a.term')) { if (f.openCard(a, byKey)) e.preventDefault(); }
    else if (a && a.matches('a.pn')) { if (f.openCard(a, byKey)) { e.preventDefault(); history.replaceState(history.state, '', a.getAttribute('href')); } }
    else if (a && a.matches('main a[href^="#"]')) {
      if (f.byId(a.getAttribute('href').slice(1))) { e.preventDefault(); f.go(a.getAttribute('href').slice(1), a); }
    } else if (mark && !a) { var inner = f.keyAt(mark); if (inner) f.activate(inner); }
    else if (!a && e.target.closest('.notes .note')) { if (getSelection().isCollapsed) f.activate(f.keyOf(e.target.closest('.note'))); }
    else if (!a && !e.target.closest('#_card,button,label,input')) f.calm();
  }
  /* A permalink to a note lights it; on a page whose passages have moved to pages of their own it leads on. */
  f.arrive = function () {
    var id = decodeURIComponent(location.hash.slice(1)), target = id && f.byId(id);
    if (!target) return;
    if (target.closest('#_moved')) { location.replace(target.getAttribute('href')); return; }
    if (target.matches('.note,.re')) f.reveal(target);
    var note = target.closest('.notes .note');
    if (note && note !== target) { f.activate(f.keyOf(note)); f.jump(target); }
    else if (note || target.matches('.ref')) f.activate(f.keyOf(target));
    else if (target.matches('a.tie')) f.litTie(f.tieOf(target));
  };
  f.parts.push(function (root) {
    if (root !== document) return;
    var back = f.one('#_back');
    if (!back) return;
    back.addEventListener('click', function (e) { e.preventDefault(); f.goBack(); });
    /* Each entry of the history says how many ways back it had. */
    addEventListener('popstate', function (e) { trail.length = Math.min(trail.length, e.state | 0); offer(); });
    addEventListener('scrollend', function () { var last = trail.at(-1); if (last && Math.abs(scrollY - last.y) < 80) { trail.pop(); offer(); } });
    document.addEventListener('click', clicked);
    addEventListener('hashchange', f.arrive);
    f.arrive();
  });
})();
