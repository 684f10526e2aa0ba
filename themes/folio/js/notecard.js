/* On the conversation page a note opens as a card: its words come with a script of their own, on first use. */
(function () {
  'use strict';
  var f = folio, texts = null, waiting = [];

  window.glossatorNotes = function (given) { texts = given; waiting.forEach(function (then) { then(); }); waiting = []; };
  function withNotes(then) {
    if (texts) { then(); return; }
    var first = !waiting.length;
    waiting.push(then);
    if (first) f.D.head.append(f.make('script', { src: f.one('main').getAttribute('data-notes') }));
  }
  function plain(html) {
    var box = f.make('div'), note;
    box.innerHTML = html;
    note = box.firstElementChild;
    ['role', 'aria-label'].forEach(function (name) { note.removeAttribute(name); });
    note.classList.remove('long');
    var number = f.one('.nn', note);
    if (number) number.replaceWith(f.make('span', { 'class': 'nn' }, number.textContent));
    return note;
  }
  f.noteCard = function (a, enter) {
    if (!f.one('main').hasAttribute('data-notes')) return false;
    withNotes(function () {
      var html = texts[f.keyOf(a)], acts = f.make('p', { 'class': 'acts' });
      if (!html) { location.href = a.href; return; }
      acts.append(f.make('a', { href: a.getAttribute('href') }, f.one('main').getAttribute('data-whole')));
      f.fillCard(a.getAttribute('aria-label'), [plain(html), acts]);
      f.showCard(a, matchMedia('(max-width: 47.99em), (hover: none)').matches);
      if (enter) f.one('.acts a', f.one('#_card')).focus();
    });
    return true;
  };
})();
