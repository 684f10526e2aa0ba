/* Two panes: which text stands at which side, where the ends of ties lie in them, and how one pane follows the other.
   Only the pane that the reader moves leads. The other is put where the pace says; that it moved moves nothing. */
(function () {
  'use strict';
  var f = folio, panes = folio.panes = { ends: Object.create(null) };
  var EYE = 1 / 3, CATCH = 0.5, STILL = 2, TURN = 400;
  var knots = [[0, 0], [1, 1]], lead = null, seen = 0, put = 0, drift = 0, bound = null, pausing = 0;

  panes.duo = f.one('#_duo');
  panes.wide = function () { return !!panes.duo && getComputedStyle(panes.duo).getPropertyValue('--mode').trim() === 'panes'; };
  panes.all = function () { return f.all('.pane', panes.duo); };
  panes.at = function (side) { return f.one('.pane.' + side, panes.duo); };
  panes.other = function (pane) { return panes.at(pane.matches('.left') ? 'right' : 'left'); };
  panes.of = function (e) { return e && e.closest('.pane'); };
  panes.shown = function (pane) { return !!pane && pane.matches('.left,.right'); };
  panes.lead = function () { return lead; };

  /* Let a text stand at a side; where it stood at the other, the two change places. */
  panes.choose = function (side, text) {
    var now = panes.at(side), across = side === 'left' ? 'right' : 'left';
    if (!text || text === now) return false;
    if (text.matches('.' + across)) now.classList.replace(side, across); else now.classList.remove(side);
    text.classList.remove(across);
    text.classList.add(side);
    panes.settle();
    return true;
  };
  panes.settle = function () {
    ['left', 'right'].forEach(function (side) {
      var chooser = f.byId('_' + side);
      if (chooser) chooser.value = panes.at(side).id;
    });
    panes.measure();
    panes.take(panes.at('left'), true);
  };

  /* The ends of all ties in the two texts: from where to where each passage reaches, in its pane's own depth. */
  panes.measure = function () {
    var ends = panes.ends = Object.create(null); // an id may be “constructor”
    ['left', 'right'].forEach(function (side) {
      var pane = panes.at(side), zero = pane.getBoundingClientRect().top - pane.scrollTop, found = Object.create(null);
      f.all('.tp[data-x]', pane).forEach(function (e) {
        e.dataset.x.split(' ').forEach(function (key) { (found[key] = found[key] || []).push(e); });
      });
      f.all('a.tie[id]', pane).forEach(function (letter) {
        if (!f.visible(letter)) return;
        var key = f.tieOf(letter), far = f.byId('xref-' + key + (/1$/.test(letter.id) ? '-2' : '-1'));
        var words = found[key] || [];
        if (far && panes.of(far) === pane) words = own(words, letter, far);
        (ends[key] = ends[key] || []).push(reach(words.length ? words : [letter], letter, pane, zero));
      });
    });
    pave();
    return ends;
  };
  /* Of the words of a tie within one text, those that lie at this end of it: between the letter before and its own. */
  function own(words, letter, far) {
    var precedes = function (a, b) { return !!(a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING); };
    return words.filter(function (e) { return precedes(e, letter) && (precedes(letter, far) || precedes(far, e)); });
  }
  function reach(words, letter, pane, zero) {
    var top = Infinity, bottom = -Infinity;
    words.forEach(function (e) {
      Array.prototype.forEach.call(e.getClientRects(), function (box) { top = Math.min(top, box.top); bottom = Math.max(bottom, box.bottom); });
    });
    return { letter: letter, pane: pane, top: top - zero, bottom: bottom - zero };
  }
  function eye(pane) { return pane.clientHeight * EYE; }
  function room(pane) { return pane.scrollHeight - pane.clientHeight; }
  function pave() {
    var left = panes.at('left'), right = panes.at('right'), points = [];
    Object.keys(panes.ends).forEach(function (key) {
      var pair = panes.ends[key], one = pair[0], two = pair[1];
      if (two && one.pane === left && two.pane === right) points.push([one.top, two.top]);
    });
    var extra = function (pane) { return parseFloat(pane.dataset.extra || 0); };
    knots = f.pace.knots(points, [eye(left), eye(right)], [
      Math.max(room(left) - extra(left), 1) + eye(left), Math.max(room(right) - extra(right), 1) + eye(right)
    ]);
  }
  panes.knots = function () { return knots; };

  function paced(from, top) {
    var to = panes.other(from);
    return f.pace.at(knots, from.matches('.left') ? 0 : 1, top + eye(from)) - eye(to);
  }
  function within(pane, y) { return Math.max(0, Math.min(room(pane), y)); }
  function strayed() {
    drift = put - within(panes.other(lead), paced(lead, seen));
    if (Math.abs(drift) < STILL) drift = 0;
  }
  /* This pane leads from now on. What the other is out of step by, it keeps, and makes good as the reader goes on.
     A wheel is told of after it has turned: where the new leader was put is where it leads from. */
  panes.take = function (pane, again) {
    if (!panes.shown(pane) || (pane === lead && !again)) return;
    var turned = pane !== lead && panes.other(pane) === lead && Math.abs(pane.scrollTop - put) < TURN;
    if (bound !== null && lead && pane !== lead) bound = -bound;
    seen = turned ? put : pane.scrollTop;
    lead = pane;
    put = panes.other(pane).scrollTop;
    strayed();
  };
  /* The pane that follows has been moved by something else (the focus, a search of the browser's): it goes on from there. */
  panes.astray = function (pane) {
    if (pane === lead || Math.abs(pane.scrollTop - put) <= STILL || performance.now() < pausing) return;
    put = pane.scrollTop;
    strayed();
  };
  /* While two ends are level they stay so: the other pane keeps its distance from the leading one. Null lets go. */
  panes.bind = function (distance) {
    bound = distance;
    panes.take(lead, true);
  };
  panes.pause = function (time) { pausing = performance.now() + time; };
  panes.resume = function () { pausing = 0; };
  panes.together = function () { var box = f.byId('_sync'); return !box || box.checked; };
  panes.follow = function () {
    if (!lead || !panes.together() || performance.now() < pausing) return;
    var to = panes.other(lead), now = lead.scrollTop, want = now + bound;
    if (bound === null) {
      drift = Math.sign(drift) * Math.max(0, Math.abs(drift) - CATCH * Math.abs(now - seen));
      want = paced(lead, now) + drift;
    }
    seen = now;
    want = within(to, want);
    if (Math.abs(want - put) >= 1) { to.scrollTop = want; put = to.scrollTop; }
  };

  /* Bring two ends level, and both into sight; a text that ends too soon is given room. Returns nothing; the panes may
     still be moving when it does. */
  panes.level = function (from, to, behavior) {
    var a = from.pane, b = to.pane, y = from.top - a.scrollTop;
    if (y < 48 || y > a.clientHeight * 0.7) y = eye(a);
    y = Math.min(y, from.top, to.top);
    [[a, from.top - y], [b, to.top - y]].forEach(function (one) { give(one[0], one[1] - room(one[0])); });
    panes.pause(behavior === 'smooth' ? 900 : 0);
    panes.bind(a === b ? null : to.top - from.top);
    if (a === b) {
      var both = Math.abs(from.top - to.top) < a.clientHeight * (1 - EYE) ? Math.min(from.top, to.top) : from.top;
      a.scrollTo({ top: within(a, both - eye(a)), behavior: behavior });
      return;
    }
    a.scrollTo({ top: from.top - y, behavior: behavior });
    b.scrollTo({ top: to.top - y, behavior: behavior });
  };
  function give(pane, more) {
    if (more <= 0) return;
    var extra = parseFloat(pane.dataset.extra || 0) + Math.ceil(more);
    pane.dataset.extra = extra;
    pane.style.setProperty('--extra', extra + 'px');
  }
})();
