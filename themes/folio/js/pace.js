/* Places that answer each other in two texts -> how far one has come where the other is here. Nothing but numbers. */
(function () {
  'use strict';
  var pace = folio.pace = {}, STEEP = 5;

  /* The longest run of [here, there] from the first point to the last in which both only grow: the ties that can be
     fixed points of one movement. Between two of them one text goes at most so much faster than it does on the whole:
     a pane that shoots ahead while the other creeps helps nobody. */
  pace.knots = function (points, first, last) {
    var whole = (last[1] - first[1]) / (last[0] - first[0]);
    var fits = function (p, q) {
      var slope = (q[1] - p[1]) / (q[0] - p[0]) / whole;
      return p[0] < q[0] && p[1] < q[1] && slope <= STEEP && slope >= 1 / STEEP;
    };
    var sorted = points.slice().sort(function (p, q) { return p[0] - q[0] || q[1] - p[1]; });
    var length = [], before = [], best = -1, run = [];
    sorted.forEach(function (point, i) {
      length[i] = fits(first, point) ? 1 : 0;
      before[i] = -1;
      for (var j = 0; j < i; j++) {
        if (length[j] && length[j] >= length[i] && fits(sorted[j], point)) { length[i] = length[j] + 1; before[i] = j; }
      }
      if (length[i] && fits(point, last) && (best < 0 || length[i] > length[best])) best = i;
    });
    for (; best >= 0; best = before[best]) run.unshift(sorted[best]);
    return [first].concat(run, [last]);
  };
  /* Where `value` on one side (0 or 1) lies on the other: linear between knots, step for step beyond them. */
  pace.at = function (knots, side, value) {
    var first = knots[0], last = knots[knots.length - 1], i = 1;
    if (value <= first[side]) return first[1 - side] + value - first[side];
    if (value >= last[side]) return last[1 - side] + value - last[side];
    while (knots[i][side] < value) i++;
    var p = knots[i - 1], q = knots[i];
    return p[1 - side] + (value - p[side]) / (q[side] - p[side]) * (q[1 - side] - p[1 - side]);
  };
})();
