/* Places that answer each other in two texts -> how far one has come where the other is here. Nothing but numbers. */
(function () {
  'use strict';
  var pace = folio.pace = {};

  /* The longest run of [here, there] in which both only grow: the ties that can be fixed points of one movement. */
  pace.run = function (points) {
    var sorted = points.slice().sort(function (p, q) { return p[0] - q[0] || q[1] - p[1]; });
    var length = [], before = [], last = -1;
    sorted.forEach(function (point, i) {
      length[i] = 1;
      before[i] = -1;
      for (var j = 0; j < i; j++) {
        if (sorted[j][0] < point[0] && sorted[j][1] < point[1] && length[j] >= length[i]) { length[i] = length[j] + 1; before[i] = j; }
      }
      if (last < 0 || length[i] > length[last]) last = i;
    });
    var run = [];
    for (; last >= 0; last = before[last]) run.unshift(sorted[last]);
    return run;
  };
  /* The run between a first and a last point, without what lies on or beyond these: every knot is past the one before. */
  pace.knots = function (points, first, last) {
    var inside = points.filter(function (p) { return p[0] > first[0] && p[1] > first[1] && p[0] < last[0] && p[1] < last[1]; });
    return [first].concat(pace.run(inside), [last]);
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
