/* A passage and its note answer each other. */
(function () {
  'use strict';
  var f = folio, hot = null;

  function light(key, on) {
    f.marksOf(key).forEach(function (mark) { mark.classList.toggle('on', on); });
    [f.noteOf(key), f.refOf(key)].forEach(function (e) { if (e) e.classList.toggle('on', on); });
  }
  function heat(key) {
    if (key === hot) return;
    if (hot && hot !== f.keyOf(f.activeNote())) light(hot, false);
    hot = key;
    if (key) light(key, true);
  }
  function length(key) { return f.marksOf(key).reduce(function (sum, mark) { return sum + mark.textContent.length; }, 0); }
  /* The innermost note over these words is the one that covers the fewest; notes put away don't answer. */
  function innermost(keys) {
    var list = keys.split(' ').filter(function (key) { return f.noteOf(key) && f.visible(f.refOf(key)); });
    return list.length < 2 ? list[0] || null : list.sort(function (a, b) { return length(a) - length(b); })[0];
  }
  f.keyAt = function (target) {
    var e = target.closest && target.closest('mark.hl, .notes .note, .ref');
    if (!e) return null;
    return e.matches('mark') ? innermost(e.dataset.n) : f.noteOf(f.keyOf(e)) && f.keyOf(e);
  };
  f.activate = function (key, focus) {
    var note = f.noteOf(key), before = f.activeNote();
    if (!note) { show(key); return; }
    f.reveal(note);
    if (before && before !== note) light(f.keyOf(before), false);
    f.activeNote(note);
    light(key, true);
    f.told();
    if (f.mode() !== 'margin') { f.noteSheet(key); return; }
    dismiss();
    note.append(f.copyActs(note));
    f.place();
    if (focus) { note.tabIndex = -1; note.focus({ preventScroll: true }); }
    var start = f.startOf(key), box = start && start.getBoundingClientRect();
    if (box && (box.top < 90 || box.bottom > innerHeight - 140)) f.jump(start);
  };
  /* A lit note offers its link and its citation; only one note does at a time. */
  function dismiss() { f.all('.notes .own').forEach(function (p) { p.remove(); }); }
  /* A highlight has words but no note. */
  function show(key) {
    var start = f.startOf(key);
    light(key, true);
    if (start) f.jump(start);
  }
  f.calm = function () {
    var note = f.activeNote();
    if (!note) return;
    light(f.keyOf(note), false);
    dismiss();
    f.activeNote(null);
    f.told();
    f.place();
  };
  f.step = function (by, focus) {
    var notes = f.shown(), at = notes.indexOf(f.activeNote()), next;
    if (at >= 0) next = notes[at + by];
    else {
      var below = notes.findIndex(function (note) { var s = f.startOf(f.keyOf(note)); return s && s.getBoundingClientRect().top > 80; });
      next = by > 0 ? notes[below < 0 ? 0 : below] : notes[(below < 0 ? notes.length : below) - 1];
    }
    if (next) { f.activate(f.keyOf(next), focus); f.told(true); }
  };
  f.parts.push(function (root) {
    if (root !== document) return;
    document.addEventListener('pointerover', function (e) {
      if (e.pointerType !== 'touch' && !f.sheetIsOpen()) heat(f.keyAt(e.target));
    });
    document.addEventListener('focusin', function (e) {
      heat(f.keyAt(e.target));
      /* Whoever comes by keyboard to a link that a shortened note hides sees the whole note. */
      var short = e.target.matches(':focus-visible') && e.target.closest('.notes .note.short');
      if (short && short !== f.activeNote()) { f.calm(); f.activeNote(short); f.place(); }
    });
  });
})();
