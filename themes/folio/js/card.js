/* One card for terms, ties and addresses; on small screens it rises from below and shows notes too. */
(function () {
  'use strict';
  var f = folio, card, opener = null, timer = 0, moved = 0, texts = null, waiting = null;
  var OPENS = 320, LEAVES = 380, STILL = 250;

  window.glossatorCards = function (given) { texts = given; if (waiting) waiting.forEach(function (then) { then(given); }); waiting = null; };
  /* What cards show is in a script of its own, fetched when the first card is wanted. */
  function withTexts(then) {
    if (texts) { then(texts); return; }
    var src = (f.one('main') || f.root).getAttribute('data-cards');
    if (!src) return;
    if (waiting) { waiting.push(then); return; }
    waiting = [then];
    f.D.head.append(f.make('script', { src: src }));
  }
  function fill(label, pieces) {
    card.replaceChildren();
    card.setAttribute('aria-label', label);
    pieces.forEach(function (piece) { if (piece) card.append(piece); });
    f.all('[id]', card).forEach(function (e) { e.removeAttribute('id'); });   // they stand in the page already
    card.scrollTop = 0;
  }
  function trusted(tag, html, name) { var e = f.make(tag, name ? { 'class': name } : {}); e.innerHTML = html; return e; }
  function action(words, href, go) { return f.make('a', go ? { href: href, 'data-go': '' } : { href: href }, words); }
  function button(words, fields) { return f.make('button', Object.assign({ type: 'button' }, fields), words); }
  function acts(list) { var p = f.make('p', { 'class': 'acts' }); list.forEach(function (e) { if (e) p.append(e); }); return p; }

  function show(from, rises) {
    if (opener && opener !== from) opener.removeAttribute('aria-expanded');
    opener = from;
    card.classList.toggle('sheet-up', !!rises);
    card.style.left = card.style.top = '';
    if (!card.matches(':popover-open')) card.showPopover();
    if (from.matches('a')) from.setAttribute('aria-expanded', 'true');
    var box = from.getClientRects()[0] || from.getBoundingClientRect();
    if (rises) {
      if (box.bottom > innerHeight * 0.45 || box.top < 120) scrollBy({ top: box.top - innerHeight * 0.25, behavior: f.behave() });
      return;
    }
    var gap = 10, left = Math.min(Math.max(16, box.left - 20), innerWidth - card.offsetWidth - 16);
    var below = box.bottom + gap + card.offsetHeight < innerHeight - 8;
    card.style.left = left + 'px';
    card.style.top = (below ? box.bottom + gap : Math.max(60, box.top - gap - card.offsetHeight)) + 'px';
  }
  f.fillCard = fill;
  f.showCard = show;
  f.hideCard = function () { if (card && card.matches(':popover-open')) card.hidePopover(); };
  f.sheetIsOpen = function () { return !!card && card.matches('.sheet-up:popover-open'); };
  f.cardOpener = function () { return opener; };

  function copying(id, place) {
    return [button(f.words('link'), { 'data-copytext': f.link(id) }), button(f.words('cite'), { 'data-copytext': f.cite(place, id) })];
  }
  f.copyActs = function (note) {
    var p = acts(copying(note.id, note.dataset.cite));
    p.classList.add('own');
    return p;
  };
  function term(a, then) {
    withTexts(function (given) {
      var entry = given.terms[decodeURIComponent(a.hash).replace(/^#term-/, '')];
      if (!entry) return;
      fill(f.words('term', { headword: entry.h }), [f.make('h2', {}, entry.h), trusted('div', entry.s), acts([action(f.words('entry'), a.getAttribute('href'))])]);
      then();
    });
  }
  function tie(a, then) {
    withTexts(function (given) {
      var far = given.ties[a.id.replace(/^xref-/, '')], side = f.one('main').getAttribute('data-conversation');
      if (!far) return;
      fill(far.w, [
        f.make('p', { 'class': 'ck' }, a.textContent + ' · ' + far.r + ' ' + far.w), trusted('p', far.t), far.b ? trusted('div', far.b, 'why') : null,
        acts([action(f.words('go'), a.getAttribute('href'), true), side ? action(f.words('aside'), side + '#xref-' + f.tieOf(a)) : null, f.byId('xref-' + f.tieOf(a)) ? action(f.words('listed'), '#xref-' + f.tieOf(a), true) : null])
      ]);
      then();
    });
  }
  function address(a, then) {
    var para = a.closest('[data-cite]'), id = a.getAttribute('href').slice(1), place = a.dataset.cite || (para && para.dataset.cite);
    if (!place) return;
    var said = a.parentNode.matches('.tx') && f.one('.said', a.closest('.para')), list = null;
    if (said) { list = said.cloneNode(true); list.className = 'ck'; }
    fill(place, [f.make('h2', {}, place), list, acts(copying(id, place))]);
    then();
  }
  f.preview = function (a, then) {
    if (!card.showPopover) return false;
    if (a.matches('.term')) term(a, then); else if (a.matches('.tie')) tie(a, then); else address(a, then);
    return true;
  };
  f.openCard = function (a, enter) {
    var narrow = matchMedia('(max-width: 47.99em), (hover: none)').matches;
    return f.preview(a, function () {
      show(a, narrow);
      var first = enter && f.one('.acts a,.acts button', card);
      if (first) first.focus();
    });
  };
  document.addEventListener('click', function (e) {
    var b = e.target.closest('.note .own [data-copytext]');
    if (b && !card.contains(b)) f.copy(b.dataset.copytext, b);
  });
  f.noteSheet = function (key) {
    var note = f.noteOf(key), notes = f.shown(), at = notes.indexOf(note), copy = note.cloneNode(true);
    ['style', 'role', 'aria-label', 'tabindex'].forEach(function (name) { copy.removeAttribute(name); });
    copy.classList.remove('on', 'long', 'short');
    var number = f.one('.nn', copy);
    if (number) number.replaceWith(f.make('span', { 'class': 'nn' }, number.textContent));
    var back = button(f.words('previous'), { 'data-step': '-1' }), on = button(f.words('next'), { 'data-step': '1' });
    back.disabled = at < 1;
    on.disabled = at > notes.length - 2;
    fill(f.words('note_of', { number: at + 1, count: notes.length }), [copy, f.copyActs(note), acts([back, button(f.words('close'), { 'data-close': '' }), on])]);
    show(f.refOf(key), true);
  };

  function pressed(e) {
    var b = e.target.closest('[data-step],[data-close],[data-go],[data-copytext]');
    if (!b) return;
    if (b.dataset.step) {
      f.step(Number(b.dataset.step));
      (f.one('[data-step="' + b.dataset.step + '"]:not(:disabled)', card) || f.one('[data-close]', card)).focus();
    } else if (b.matches('[data-close]')) {
      var from = opener;
      f.hideCard();
      if (from) from.focus();
    } else if (b.dataset.copytext !== undefined) f.copy(b.dataset.copytext, b);
    else if (b.getAttribute('href')[0] === '#') {
      e.preventDefault();
      var origin = opener;
      f.hideCard();
      f.go(b.getAttribute('href').slice(1), origin);
    }
  }
  f.copy = function (text, by) {
    var done = function (key) { f.say(f.words(key)); if (by) by.textContent = f.words(key); };
    var old = function () {
      var field = f.make('textarea', { readonly: '' });
      field.value = text;
      (by && by.parentNode ? by.parentNode : f.D.body).append(field);
      field.select();
      var ok = false;
      try { ok = f.D.execCommand('copy'); } catch (fault) { /* said below */ }
      field.remove();
      done(ok ? 'copied' : 'failed');
    };
    if (navigator.clipboard && isSecureContext) navigator.clipboard.writeText(text).then(function () { done('copied'); }, old);
    else old();
  };

  f.parts.push(function (root) {
    if (root !== document) return;
    card = f.one('#_card');
    if (!card) return;
    card.addEventListener('toggle', function (e) {
      if (e.newState !== 'closed') return;
      if (opener) opener.removeAttribute('aria-expanded');
      if (card.classList.contains('sheet-up')) f.calm();
      opener = null;
    });
    card.addEventListener('click', pressed);
    document.addEventListener('pointermove', function (e) { if (e.movementX || e.movementY) moved = e.timeStamp; }, { passive: true });
    document.addEventListener('pointerover', function (e) {
      if (e.pointerType === 'touch' || e.timeStamp - moved > STILL) return;   // a resting pointer opens nothing
      var a = e.target.closest('.tx a.term, .tx a.tie, .note a.term');
      clearTimeout(timer);
      if (a && !card.contains(a)) timer = setTimeout(function () { if (opener !== a) f.preview(a, function () { show(a, false); }); }, OPENS);
      else if (!e.target.closest('#_card') && opener && !f.sheetIsOpen() && !card.contains(f.D.activeElement)) timer = setTimeout(f.hideCard, LEAVES);
    });
  });
})();
