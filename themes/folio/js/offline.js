/* The edition in one file: what it holds besides the page itself, scripts too, is unpacked. Until another view that the
   address asks for has taken its place, the page stays hidden; a browser that can't unpack reads it without script. */
(function () {
  'use strict';
  var root = document.documentElement;
  if (!window.DecompressionStream) { root.classList.remove('js'); return; }
  if (/[?&]view=/.test(location.search)) root.classList.add('turning');
  var bytes = Uint8Array.from(atob(document.getElementById('_packed').textContent), function (letter) { return letter.charCodeAt(0); });
  new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate'))).json().then(function (held) {
    var script = document.createElement('script');
    window.glossatorHeld = held;
    script.textContent = held.scripts.held;
    document.head.append(script);
  }).catch(function () { root.classList.remove('js', 'turning'); });
})();
