/* Shortcuts: off in fields and dialogs, and wherever the reader switched them off. */
(function () {
  'use strict';
  var f = folio;
  function nextTie() {
    var ties = f.all('.tx a.tie'), now = ties.indexOf(f.D.activeElement);
    var next = now >= 0 ? ties[now + 1] : ties.find(function (t) { return t.getBoundingClientRect().top > 80; });
    next = next || ties[0];
    if (next) { f.jump(next); next.focus({ preventScroll: true }); }
  }
  function step(key) { f.step(key === 'j' ? 1 : -1, true); }
  function follow(key) { var a = f.one('.bar a[data-key="' + key + '"]'); if (a) a.click(); }
  function pressed(e) {
    if (e.key === 'Escape') {
      var from = f.cardOpener();
      if (from) { f.hideCard(); from.focus(); e.preventDefault(); } else if (!f.layer()) { f.calm(); f.litTie(null); }
      return;
    }
    if (!f.isShortcut(e)) return;
    var act = { j: step, k: step, t: nextTie, b: f.goBack, g: follow, c: follow, '/': find, '?': help }[e.key];
    if (act) { e.preventDefault(); act(e.key); }
  }
  function help() { var box = f.one('#_help'); if (box) box.showModal(); }
  /* The search comes with a style and a script of its own: when it is first wanted, or to light what was sought. */
  function fetchSearch() {
    var b = f.one('#_b-find');
    if (b && !f.searching) f.searching = f.bring(b);
  }
  function find() { f.finding = true; if (f.find) f.find(); else fetchSearch(); }
  f.parts.push(function (root) {
    if (root !== document) return;
    document.addEventListener('keydown', pressed);
    var b = f.one('#_b-help');
    if (b) b.addEventListener('click', help);
    b = f.one('#_b-find');
    if (b) b.addEventListener('click', find);
    if (/[?&]q=/.test(location.search)) fetchSearch();
  });
})();
