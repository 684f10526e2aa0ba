/* The library's subjects. */
(function () {
  'use strict';
  var f = folio;
  f.add(function (root) {
    var box = f.one('#_subjects', root);
    if (!box) return;
    box.addEventListener('click', function (e) {
      var b = e.target.closest('button');
      if (!b) return;
      f.all('button', box).forEach(function (other) { other.setAttribute('aria-pressed', String(other === b)); });
      f.all('.shelf > li[data-tags]').forEach(function (li) { li.hidden = !!b.dataset.tag && li.dataset.tags.split('|').indexOf(b.dataset.tag) < 0; });
    });
  });
})();
