() => {
  const box = (e) => { const r = e.getBoundingClientRect(); return { l: r.left, r: r.right, t: r.top, b: r.bottom }; };
  const meet = (a, b) => a.l < b.r - 0.5 && b.l < a.r - 0.5 && a.t < b.b - 0.5 && b.t < a.b - 0.5;
  const seen = (e) => e.getClientRects().length > 0 && e.offsetHeight > 0;
  const name = (e) => e.id || e.className || e.tagName;
  const notes = [...document.querySelectorAll('.notes .note')].filter(seen).map((e) => ({ e, box: box(e) }));
  const words = '.tx > :not(.pn), .said, .part, .colophon, .imprint, .eyebrow, .outline, .key, .rights, .whole';
  const texts = [...document.querySelectorAll(words)].filter(seen).map((e) => ({ e, box: box(e) }));
  const found = [];
  notes.forEach((one, i) => {
    notes.slice(i + 1).forEach((other) => { if (meet(one.box, other.box)) found.push(`${name(one.e)} on ${name(other.e)}`); });
    texts.forEach((text) => { if (meet(one.box, text.box)) found.push(`${name(one.e)} on the text ${name(text.e)}`); });
    if (one.box.l < 0 || one.box.r > innerWidth + 0.5) found.push(`${name(one.e)} out of the window`);
  });
  [...document.querySelectorAll('.figure > .tx > p')].filter(seen).forEach((e) => {
    const column = box(e), picture = box(e.querySelector('img')), number = box(e.parentNode.querySelector('.pn'));
    // in a narrow window the number stands in the column, before the picture
    if (picture.l > Math.max(column.l, number.r + 12) + 0.5) found.push(`${name(e.closest('.para'))} is set in`);
    if (picture.r > column.r + 0.5) found.push(`${name(e.closest('.para'))} out of its column`);
  });
  const root = document.documentElement;
  if (root.scrollWidth > root.clientWidth) found.push(`sideways scroll: ${root.scrollWidth} in ${root.clientWidth}`);
  [...document.querySelectorAll('.bar a, .bar button, .key label, .acts :is(a, button), .link, .letters a')].filter(seen).forEach((e) => {
    const { l, r, t, b } = box(e);
    if (r - l < 23.5 || b - t < 23.5) found.push(`too small to touch: ${e.textContent.trim()}`);
  });
  const away = notes.map(({ e, box }) => {
    const key = e.id.replace(/^note-/, '');
    const mark = document.querySelector(`mark[data-n~="${key}"]`) || document.getElementById('ref-' + key);
    return mark ? Math.abs(box.t - mark.getClientRects()[0].top) : 0;
  });
  const columns = {};
  notes.forEach(({ box }) => { (columns[Math.round(box.l)] ||= []).push(box); });
  const gaps = Object.values(columns).flatMap((column) => {
    const order = column.sort((a, b) => a.t - b.t);
    return order.slice(1).map((note, i) => note.t - order[i].b);
  });
  return { columns: Object.keys(columns).length, found, shown: notes.length, furthest: Math.round(Math.max(0, ...away)), gap: Math.min(99, ...gaps) };
}
