/* Before the first paint: what the reader chose last time, or asks for in the address. */
(function (root) {
  'use strict';
  var kept = {};
  try { kept = JSON.parse(localStorage.getItem('glossator') || '{}') || {}; } catch (fault) { /* what can't be read was never kept */ }
  var asked = new URLSearchParams(location.search);
  root.classList.add('js');
  ['theme', 'contrast', 'face', 'size', 'keys', 'print'].forEach(function (name) {
    var value = asked.get(name) || kept[name];
    if (value && /^[a-z]+$/.test(value)) root.setAttribute('data-' + name, value);
  });
})(document.documentElement);
