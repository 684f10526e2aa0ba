/* What joins the ends of ties, drawn in the gutter between the panes: a bracket as high as each passage, a curve from
   one to the other; where one end is out of sight, a stub with the letter and an arrow. Never over a text. */
(function () {
  'use strict';
  var f = folio, panes = folio.panes, SVG = 'http://www.w3.org/2000/svg', LINE = 15, LANE = 4;
  var svg = null, groups = Object.create(null), frame = 0, look = { hot: null };

  function group(key) {
    if (groups[key]) return groups[key];
    var g = f.D.createElementNS(SVG, 'g');
    g.parts = ['bracket', 'wire', 'bracket'].map(function (name) {
      var path = f.D.createElementNS(SVG, 'path');
      path.setAttribute('class', name);
      g.append(path);
      return path;
    });
    g.label = f.D.createElementNS(SVG, 'text');
    g.label.setAttribute('text-anchor', 'middle');
    g.append(g.label);
    g.setAttribute('data-key', key);
    svg.append(g);
    return (groups[key] = g);
  }
  /* An end as it is seen now: how high it lies in the gutter, at which side, whether it is in sight. */
  function seen(end, box) {
    var shift = end.pane.getBoundingClientRect().top - box.top - end.pane.scrollTop;
    var top = end.top + shift + 3, bottom = end.bottom + shift - 3;
    return { left: end.pane.matches('.left'), top: top, bottom: bottom, middle: (top + bottom) / 2, sight: bottom > 0 && top < box.height, above: bottom <= 0, lane: 0 };
  }
  /* Brackets that would lie on each other stand side by side. */
  function lanes(list) {
    [true, false].forEach(function (left) {
      var busy = [-Infinity, -Infinity, -Infinity];
      list.filter(function (end) { return end.sight && end.left === left; }).sort(function (a, b) { return a.top - b.top; }).forEach(function (end) {
        var free = busy.findIndex(function (bottom) { return bottom < end.top - 1; });
        end.lane = free < 0 ? 0 : free;
        busy[end.lane] = Math.max(busy[end.lane], end.bottom);
      });
    });
  }
  function draw() {
    frame = 0;
    if (!svg || !panes.wide()) return;
    var box = svg.getBoundingClientRect(), flip = getComputedStyle(panes.duo).direction === 'rtl', labels = [], drawn = [], all = [];
    Object.keys(panes.ends).forEach(function (key) {
      var pair = panes.ends[key].map(function (end) { return seen(end, box); });
      drawn.push([key, pair]);
      all = all.concat(pair);
    });
    lanes(all);
    Object.keys(groups).forEach(function (key) { if (!panes.ends[key]) { groups[key].remove(); delete groups[key]; } });
    drawn.forEach(function (one) { wire(one[0], one[1], box, flip, labels); });
    apart(labels);
    labels.forEach(function (label) { set(label.g.label, { x: flip ? box.width - label.x : label.x, y: label.y.toFixed(1) }); });
  }
  function set(e, fields) { Object.keys(fields).forEach(function (name) { e.setAttribute(name, fields[name]); }); }
  function wire(key, pair, box, flip, labels) {
    var g = group(key), w = box.width, one = pair[0], two = pair[1];
    var x = function (left, far) { return ((left !== flip) ? far : w - far).toFixed(1); };
    var foot = function (end) { return 7 + end.lane * LANE; };
    g.setAttribute('class', look.hot === null ? '' : look.hot === key ? 'on' : 'off');
    [one, two].forEach(function (end, i) {
      g.parts[i * 2].setAttribute('d', end && end.sight ? 'M' + x(end.left, 1) + ' ' + end.top.toFixed(1) + 'H' + x(end.left, foot(end)) + 'V' + end.bottom.toFixed(1) + 'H' + x(end.left, 1) : '');
    });
    g.label.textContent = '';
    g.parts[1].classList.remove('stub');
    g.parts[1].setAttribute('d', '');
    if (two && one.sight && two.sight) {
      var bow = one.left === two.left ? w * 0.5 : w * 0.42;
      g.parts[1].setAttribute('d', 'M' + x(one.left, foot(one)) + ' ' + one.middle.toFixed(1) + 'C' + x(one.left, bow) + ' ' + one.middle.toFixed(1) + ' ' + x(two.left, bow) + ' ' + two.middle.toFixed(1) + ' ' + x(two.left, foot(two)) + ' ' + two.middle.toFixed(1));
      label(labels, g, key, '', one.left ? foot(one) + 14 : w - foot(one) - 14, one.middle + 4);
    } else if (one.sight || (two && two.sight)) stub(g, key, one.sight ? one : two, one.sight ? two : one, { w: w, h: box.height, x: x, foot: foot }, labels);
  }
  function stub(g, key, here, away, room, labels) {
    var up = away && (away.left === here.left ? away.middle < here.middle : away.above), far = room.w * 0.4;
    var y = Math.max(14, Math.min(room.h - 18, here.middle + (up ? -34 : 34)));
    var x = room.x, at = here.middle.toFixed(1);
    if (!away) y = Math.max(14, Math.min(room.h - 18, here.middle));
    g.parts[1].classList.add('stub');
    g.parts[1].setAttribute('d', 'M' + x(here.left, room.foot(here)) + ' ' + at + 'Q' + x(here.left, far) + ' ' + at + ' ' + x(here.left, far) + ' ' + y.toFixed(1));
    label(labels, g, key, away ? (up ? ' ↑' : ' ↓') : ' → ' + elsewhere(key), here.left ? far + (away ? 0 : 8) : room.w - far - (away ? 0 : 8), y + (!away ? 4 : up ? -4 : 13));
  }
  /* The sign of a text that is at neither side. */
  function elsewhere(key) {
    var sign = '';
    ['-1', '-2'].forEach(function (end) {
      var pane = panes.of(f.byId('xref-' + key + end));
      if (pane && !panes.shown(pane)) sign = pane.dataset.siglum || '…';
    });
    return sign;
  }
  function label(labels, g, key, more, x, y) {
    g.label.textContent = panes.ends[key][0].letter.textContent + more;
    labels.push({ g: g, x: x, y: y });
  }
  /* Letters that would stand on each other move down. */
  function apart(labels) {
    labels.sort(function (a, b) { return a.y - b.y; });
    labels.forEach(function (one, i) {
      for (var j = 0; j < i; j++) {
        var other = labels[j];
        if (Math.abs(other.x - one.x) < 24 && one.y - other.y < LINE && one.y >= other.y - LINE) one.y = other.y + LINE;
      }
    });
  }

  f.wires = {
    draw: draw,
    later: function () { if (!frame) frame = requestAnimationFrame(draw); },
    heat: function (key) { look.hot = key; f.wires.later(); }
  };
  f.add(function (root) { if (root === document) svg = f.one('.wires'); });
})();
