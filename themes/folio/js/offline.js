/* The edition in one file: what it holds besides the page itself, scripts too, is unpacked. Until another view that the
   address asks for has taken its place, the page stays hidden; a browser that can't unpack reads it without script. */
(function () {
  'use strict';
  var root = document.documentElement;
  if (!window.DecompressionStream) { root.classList.remove('js'); return; }
  if (/[?&]view=/.test(location.search)) root.classList.add('turning');
  var SIGNS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%/()*+-;,=.?@^_`{|}~';
  var words = document.getElementById('_packed').textContent, bytes = new Uint8Array(words.length * 4 / 5 | 0), at, i, n;
  /* Base 85: five letters are four bytes; the last five may lack some, and so do the bytes. */
  for (at = 0; at < words.length; at += 5) {
    for (n = 0, i = 0; i < 5; i++) n = n * 85 + (at + i < words.length ? SIGNS.indexOf(words[at + i]) : 84);
    for (i = 3; i >= 0; i--, n = Math.floor(n / 256)) bytes[at / 5 * 4 + i] = n;
  }
  new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate'))).json().then(function (held) {
    var script = document.createElement('script');
    window.glossatorHeld = held;
    script.textContent = held.scripts.held;
    document.head.append(script);
  }).catch(function () { root.classList.remove('js', 'turning'); });
})();
