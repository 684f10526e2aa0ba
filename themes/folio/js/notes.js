/* The list of all notes: arranged by place, kind, voice or tag, and sifted by these; both are kept in the address. */
(function () {
  'use strict';
  if (!folio.one('.v-notes')) return;
  var f = folio, GROUPS = ['kinds', 'layers'], list = f.one('#_list'), chooser = f.one('#_choose');
  var entries = f.all('.listed', list), arrange = f.lists.arranger(list, entries, function (e) { return e.closest('.listed'); });
  var tag = f.one('#_tag'), count = f.one('#_count'), whole = count.textContent;

  function boxes(name) { return f.all('[name=' + name + ']', chooser); }
  function worth(box) { return box.id.replace(/^\w+-/, ''); }
  function on(name) { return boxes(name).filter(function (box) { return box.checked; }); }
  function by() { return f.one('[name=by]:checked', chooser).value; }

  /* Whoever arranges by tag and has chosen one reads under that heading alone. */
  function set() { arrange(by(), by() === 'tag' && tag && tag.value); }
  function read() {
    GROUPS.forEach(function (name) {
      var asked = f.lists.asked(name), words = (asked || '').split(' ');
      boxes(name).forEach(function (box) { box.checked = asked === null || words.indexOf(worth(box)) >= 0; });
    });
    if (tag) { tag.value = f.lists.asked('tag') || ''; if (tag.selectedIndex < 0) tag.value = ''; }
    var way = f.lists.asked('by') || '', known = boxes('by');
    (known.filter(function (one) { return one.value === way; })[0] || known[0]).checked = true;
    set();
    sift();
  }
  /* What a note or a reply is by itself; a note whose reply is wanted stays, to be read as what is answered. */
  function wanted(e) {
    var kinds = on('kinds'), layers = boxes('layers'), of = e.dataset.layer;
    return kinds.some(function (box) { return e.matches('.k-' + CSS.escape(worth(box))); }) &&
      (!of || !layers.length || layers.some(function (box) { return box.checked && worth(box) === of; })) &&
      (!tag || !tag.value || JSON.parse(e.dataset.tags).indexOf(tag.value) >= 0);
  }
  function sift() {
    var shown = 0, all = 0;
    f.lists.sift(list, entries, function (e) {
      var replies = f.all('.re', e), own = wanted(e), kept = replies.filter(function (reply) {
        var is = wanted(reply);
        reply.hidden = !is && !f.all('.re', reply).some(wanted);
        return is;
      }).length;
      e.classList.toggle('around', !own && kept > 0);
      all += 1 + replies.length;
      shown += kept + own;
      return own || kept > 0;
    });
    count.textContent = shown === all ? whole : (shown === 1 ? count.dataset.one : count.dataset.many).replace('{number}', shown).replace('{count}', all);
  }
  function said() {
    var out = { by: by() || null, tag: tag && tag.value || null };
    GROUPS.forEach(function (name) { var all = boxes(name), some = on(name); out[name] = some.length < all.length ? some.map(worth).join(' ') : null; });
    return out;
  }
  function changed(e) {
    if (e.target.name === 'by' || by() === 'tag') set();
    sift();
    f.lists.keep(said());
    f.say(count.textContent);
  }
  /* What the index or another note leads to is seen, whatever was put away. */
  function reveal(target) {
    if (!target || !target.closest('[hidden],.around')) return;
    GROUPS.forEach(function (name) { boxes(name).forEach(function (box) { box.checked = true; }); });
    if (tag) tag.value = '';
    set();
    sift();
    f.lists.keep(said());
  }
  function followed(e) {
    var a = e.target.closest('a');
    if (!a || e.metaKey || e.ctrlKey || e.shiftKey || e.altKey) return;
    if (a.matches('.tag')) {
      e.preventDefault();
      f.lists.keep({ tag: new URLSearchParams(a.search).get('tag') }, true);
      read();
      f.say(count.textContent);
      f.jump(chooser, 'start');
      tag.focus({ preventScroll: true });
    } else if (a.matches('#_index a, .also a')) reveal(f.byId(decodeURIComponent(a.hash.slice(1))));
  }
  chooser.addEventListener('change', changed);
  f.one('main').addEventListener('click', followed, true);
  addEventListener('popstate', read);
  addEventListener('hashchange', function () { reveal(f.byId(decodeURIComponent(location.hash.slice(1)))); });
  read();
  reveal(location.hash && f.byId(decodeURIComponent(location.hash.slice(1))));
})();
