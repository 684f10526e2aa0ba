/* What the reader chooses: kept on this device alone. */
(function () {
  'use strict';
  var f = folio, kept = {};
  try { kept = JSON.parse(localStorage.getItem('glossator') || '{}') || {}; } catch (fault) { /* what can't be read was never kept */ }
  function keep() { try { localStorage.setItem('glossator', JSON.stringify(kept)); } catch (fault) { /* a private window keeps nothing */ } }
  /* Whether a key is a shortcut here: not where the reader types, or has none. */
  f.isShortcut = function (e) { return !(f.root.dataset.keys === 'off' || e.metaKey || e.ctrlKey || e.altKey || e.target.closest('input:not([type=checkbox],[type=radio]),select,dialog')); };
  f.parts.push(function (root) {
    f.all('#_aa input', root).forEach(function (input) {
      var now = f.root.getAttribute('data-' + input.name);
      if (now) input.checked = input.value === now;
      input.addEventListener('change', function () {
        var first = f.one('#_aa input[name="' + input.name + '"]') === input;
        if (first) { delete kept[input.name]; f.root.removeAttribute('data-' + input.name); }
        else { kept[input.name] = input.value; f.root.setAttribute('data-' + input.name, input.value); }
        keep();
        f.placeLater();
        document.fonts.ready.then(f.placeLater);
      });
    });
    f.all('button[data-print]', root).forEach(function (b) {
      b.addEventListener('click', function () { f.root.setAttribute('data-print', b.dataset.print); f.one('#_aa').hidePopover(); print(); });
    });
    f.all('[data-copy]', root).forEach(function (b) {
      b.addEventListener('click', function () {
        var whole = f.byId(b.dataset.copy).cloneNode(true);
        f.all('button', whole).forEach(function (x) { x.remove(); });
        f.copy(whole.textContent.trim(), b);
      });
    });
  });
})();
