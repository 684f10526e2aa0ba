/* The words that were sought, lit where they stand: painted over the page, which stays as it is. */
(function () {
  'use strict';
  var f = folio, layer = null, painted = [];
  var OURS = '.pn,.ref,.tie,.notes,.said,.nh,.own,.nx,.kwic,.uses,.acts,button,[aria-hidden=true]';
  var BLOCKS = 'p,li,dt,dd,td,th,h1,h2,h3,h4,h5,h6,pre,blockquote,figcaption,div,aside,header';

  /* The text nodes of a part, and their words in one string in which blocks stand apart. */
  function read(part) {
    var walk = f.D.createTreeWalker(part, NodeFilter.SHOW_TEXT), nodes = [], text = '', block = null, apart = true, node;
    while ((node = walk.nextNode())) {
      var ours = node.parentNode.closest(OURS), now = node.parentNode.closest(BLOCKS);
      if (ours && ours !== part && part.contains(ours)) { apart = true; continue; }
      if (now !== block) text += '\n';
      block = now;
      nodes.push({ node: node, start: text.length, apart: apart });
      apart = false;
      text += node.data;
    }
    return { nodes: nodes, text: text };
  }
  function point(nodes, at, ending) {
    var low = 0, high = nodes.length - 1;
    while (low < high) {
      var middle = (low + high + 1) >> 1;
      if (ending ? nodes[middle].start < at : nodes[middle].start <= at) low = middle; else high = middle - 1;
    }
    return [nodes[low].node, Math.min(at - nodes[low].start, nodes[low].node.length)];
  }
  /* From one place to another in as many pieces as letters and numbers of ours leave of it. */
  function pieces(nodes, start, end) {
    var stops = nodes.filter(function (one) { return one.apart && one.start > start && one.start < end; }).map(function (one) { return one.start; });
    return stops.concat(end).map(function (stop) {
      var range = f.D.createRange(), from = point(nodes, start, false), to = point(nodes, stop, true);
      range.setStart(from[0], from[1]);
      range.setEnd(to[0], to[1]);
      start = stop;
      return range;
    });
  }
  /* The ranges of each place where it stands. */
  function places(part, asked) {
    var made = read(part);
    return f.search.hits(f.search.wordsOf(made.text), asked).map(function (hit) { return pieces(made.nodes, hit[1], hit[2]); });
  }
  /* A title is lit with what stands under it. On small screens a note stands in its sheet. */
  function partsOf(target) {
    var head = target.matches('article') ? f.one('.rhead', target) : target.matches('h1,h2') && target.closest('.head,.rhead');
    return [head || target].concat(target.closest('.notes') ? f.all('#_card .note') : []);
  }
  /* For a browser that can't paint ranges: boxes over the page. */
  function boxes() {
    if (layer) layer.remove();
    layer = painted.length ? f.make('div', { id: '_sought', 'aria-hidden': 'true' }) : null;
    if (!layer) return;
    painted.forEach(function (range) {
      Array.from(range.getClientRects()).forEach(function (rect) {
        var box = f.make('i');
        box.style.left = rect.left + scrollX + 'px';
        box.style.top = rect.top + scrollY + 'px';
        box.style.width = rect.width + 'px';
        box.style.height = rect.height + 'px';
        layer.append(box);
      });
    });
    f.D.body.append(layer);
  }
  function paint(found) {
    painted = found;
    if (!window.Highlight || !CSS.highlights) { boxes(); return; }
    CSS.highlights.delete('sought');
    if (found.length) CSS.highlights.set('sought', new (Function.prototype.bind.apply(Highlight, [null].concat(found)))());
  }
  /* Light in the element with this id what was asked; how many places that is. */
  f.search.light = function (id, typed) {
    var target = f.byId(id), asked = f.search.asked(typed), found = [];
    if (target) partsOf(target).forEach(function (part) { found = found.concat(places(part, asked)); });
    paint([].concat.apply([], found));
    return found.length;
  };
  f.search.darken = function () {
    if (!painted.length) return;
    paint([]);
    var clean = new URL(location.href);
    clean.searchParams.delete('q');
    history.replaceState(history.state, '', clean.href);
  };
  f.add(function (root) {
    if (root !== document) return;
    addEventListener('resize', function () { if (layer) boxes(); });
    /* Esc puts it out, and without keys a touch beside the words does. */
    document.addEventListener('keydown', function (e) { if (e.key === 'Escape' && !e.defaultPrevented && !f.layer()) f.search.darken(); });
    document.addEventListener('click', function (e) { if (e.pointerType === 'touch' && !e.target.closest('a,button,label,mark,#_card,dialog')) f.search.darken(); });
    var typed = new URLSearchParams(location.search).get('q');
    if (typed && location.hash) f.search.light(decodeURIComponent(location.hash.slice(1)), typed);
  });
})();
