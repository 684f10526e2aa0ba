/* What the key shows is kept in the address, so that it can be shared and outlives reload and Back; and where one is
   among the notes that it shows. It comes with its first use. */
(function () {
  'use strict';
  var f = folio, choice = folio.choice = {}, GROUPS = ['kinds', 'layers'];

  /* The words that the address has under a name, null where it says nothing of it; and one of them put there. */
  function asked(name) { var said = new URLSearchParams(location.search).get(name); return said === null ? null : said.split(' '); }
  function keep(name, words) {
    var here = new URL(location.href);
    if (words) here.searchParams.set(name, words.join(' ')); else here.searchParams.delete(name);
    try { history.replaceState(history.state, '', here); } catch (fault) { /* not every browser allows it on a disk */ }
  }
  function boxes(name) { return f.all('.key [name=' + name + ']'); }
  function worth(box) { return box.id.replace(/^\w+-/, ''); }
  function read() {
    GROUPS.forEach(function (name) {
      var said = asked(name);
      boxes(name).forEach(function (box) { box.checked = !said || said.indexOf(worth(box)) >= 0; });
    });
  }
  function changed() {
    GROUPS.forEach(function (name) {
      var all = boxes(name), on = all.filter(function (box) { return box.checked; });
      if (all[0]) keep(name, on.length < all.length && on.map(worth));
    });
    var shown = f.shown().length;
    if (f.shown().indexOf(f.activeNote()) < 0) f.calm();
    f.place();
    f.told();
    f.say(f.words(shown === 1 ? 'shown_one' : 'shown', { number: shown }));
  }
  /* Whoever is led to a note that was put away sees it. What has no layer's class is of the first. */
  choice.reveal = function (e) {
    var around = e.parentNode.closest('.note,.re'), put = f.all('.key input:not(:checked)').filter(function (box) {
      var own = box.name === 'kinds' ? e.matches('.k-' + worth(box)) : (/ l-(\S+)/.exec(e.className) || [0, worth(boxes('layers')[0])])[1] === worth(box);
      if (own) box.checked = true;
      return own;
    });
    if (put.length) changed();
    if (around) choice.reveal(around);
  };
  choice.told = function (aloud) {
    var notes = f.shown(), at = notes.indexOf(f.activeNote()), line = f.one('#_step span');
    var words = at < 0 ? '' : f.words('note_of', { number: at + 1, count: notes.length });
    if (line) line.textContent = words;
    if (aloud === true && words) f.say(words);
  };
  /* It comes because a box was changed, or because the address says what to show, or because a note was lit. */
  if (asked('kinds') || asked('layers')) {
    read();
    f.place();
    f.arrive();
  } else if (f.one('.key input:not(:checked)')) changed();
  f.told(true);
  addEventListener('popstate', function () { read(); f.place(); f.told(); });
  f.add(function (root) { f.all('.key', root).forEach(function (key) { key.addEventListener('change', changed); }); });
})();
