/* What is asked for and where it stands. The index comes in parts; each row of it is folded once, in short slices between
   which the page answers, into its words: `| head | its other forms | words |`. Rows are found by the lists of their
   words, phrases then by a look into the rows that hold all of theirs. */
(function () {
  'use strict';
  var f = folio, search = folio.search = {}, GROUPS = 5, TERM = 2, LEVELS = 8, SLICE = 10;
  /* Scripts that put no space between words: each letter counts as a word, several as a phrase. */
  var ALONE = '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}';
  var UNSEEN = '\\u00ad\\u061c\\u180e\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u2064\\u2066-\\u2069\\ufeff', MARK = '\\p{M}' + UNSEEN;
  var APOSTROPHE = "'\\u2018-\\u201b\\u2039\\u203a\\u2032\\u02bc";
  var alone = new RegExp('[' + ALONE + ']', 'u');
  var ascii = /[a-z0-9]+(?:'[a-z0-9]+)*/g;
  var apart = '[\\p{L}\\p{N}][\\p{L}\\p{N}' + MARK + ']*', whole = new RegExp(apart + '(?:[' + APOSTROPHE + ']' + apart + ')*', 'gu');
  var letter = '(?![' + ALONE + '])[\\p{L}\\p{N}]', run = letter + '(?:' + letter + '|[' + MARK + '])*';
  var mixed = new RegExp('[' + ALONE + '][' + MARK + ']*|' + run + '(?:[' + APOSTROPHE + ']' + run + ')*', 'gu');

  function pattern(words) { return alone.test(words) ? mixed : whole; }
  /* The words of what is folded already. */
  function split(folded) { return folded.match(/^[\0-\x7f]*$/.test(folded) ? ascii : pattern(folded)) || []; }
  /* Words as typed -> each word folded, with where it begins and ends. */
  search.wordsOf = function (typed) {
    var found = [];
    Array.from(typed.matchAll(pattern(typed))).forEach(function (match) {
      split(f.fold(match[0])).forEach(function (word) { found.push({ word: word, start: match.index, end: match.index + match[0].length }); });
    });
    return found;
  };
  /* What was asked: phrases in quotation marks stand as they are; of every other word the beginning is enough, and of
     the last word of a phrase that isn't closed yet. */
  search.asked = function (typed) {
    var asked = [];
    Array.from(f.fold(typed).matchAll(/"([^"]*)("?)|[^" ]+/g)).forEach(function (match) {
      var words = split(match[1] === undefined ? match[0] : match[1]);
      if (words.length) asked.push({ words: words, exact: match[2] === '"' });
    });
    return asked;
  };
  /* Where that stands among words: [number of what was asked, start, end]. */
  search.hits = function (words, asked) {
    var found = [];
    words.forEach(function (one, at) {
      asked.forEach(function (part, number) {
        var last = part.words.length - 1, stands = at + last < words.length && part.words.every(function (word, i) {
          var there = words[at + i].word;
          return there === word || (i === last && !part.exact && there.indexOf(word) === 0);
        });
        if (stands) found.push([number, one.start, words[at + last].end]);
      });
    });
    return found;
  };

  /* Each row is told by its number; a word lists the rows that hold it, each as twice its number, one more where the
     word stands in the row's head. */
  var rows = [], lists = new Map(), shelves = new Map(), waiting = [], working = false, told = null;
  function list(word) {
    var known = lists.get(word), shelf = word.slice(0, 1);
    if (!known) {
      lists.set(word, known = { word: word, rows: [] });
      if (shelves.has(shelf)) shelves.get(shelf).push(known); else shelves.set(shelf, [known]);
    }
    return known.rows;
  }
  function enter(words, number, inHead) {
    words.forEach(function (word) {
      var its = list(word);
      if (!its.length || its[its.length - 1] >> 1 !== number) its.push(2 * number + inHead);
    });
    return ' ' + words.join(' ') + ' |';
  }
  /* A row: [group, page, id, place, head, words, text, a note's kind or a term's other forms]. */
  function take(edition, row) {
    var number = rows.length, head = '|';
    [row[4]].concat(row[0] === TERM ? row[7] : []).forEach(function (form) { head += enter(split(f.fold(form)), number, 1); });
    rows.push({ edition: edition, row: row, head: head.length, text: head + enter(split(f.fold(row[5])), number, 0) });
  }
  function work() {
    var until = performance.now() + SLICE, edition;
    while (waiting.length && performance.now() < until) {
      edition = waiting[0];
      if (edition.taken < edition.rows.length) take(edition, edition.rows[edition.taken++]); else waiting.shift();
    }
    working = waiting.length > 0;
    if (working) setTimeout(work, 0);
    told();
  }
  /* Take in the editions of a part; `then` is called whenever more of it can be searched. */
  search.take = function (editions, then) {
    told = then;
    editions.forEach(function (edition) { edition.taken = 0; waiting.push(edition); });
    if (!working) { working = true; work(); }
  };
  search.taking = function () { return waiting.length > 0; };
  search.taken = function () { return rows.length; };

  /* Which rows hold all the words: bit by bit what was found exactly, and what in the head. */
  function holding(asked) {
    var words = [].concat.apply([], asked.map(function (part) {
      return part.words.map(function (word, i) { return { word: word, exact: part.exact || i < part.words.length - 1 }; });
    })).slice(0, 30);
    var got = new Uint8Array(rows.length), exact = new Int32Array(rows.length), head = new Int32Array(rows.length);
    words.forEach(function (one, i) {
      (shelves.get(one.word.slice(0, 1)) || []).forEach(function (known) {
        var same = known.word === one.word, bit = 1 << i;
        if (!same && (one.exact || known.word.lastIndexOf(one.word, 0) !== 0)) return;
        known.rows.forEach(function (place) {
          var number = place >> 1;
          if (got[number] < i) return;
          got[number] = i + 1;
          if (same) exact[number] |= bit;
          if (place & 1) head[number] |= bit;
        });
      });
    });
    return { count: words.length, all: (1 << words.length) - 1, got: got, exact: exact, head: head };
  }
  /* How well a row answers, 0 the best; -1 where a phrase is missing: a head of just these words; one that begins with
     them (of a term: with these letters); one that holds them; the words side by side; the words; and in the same order
     where some word is only begun. */
  function level(one, phrases, all, several, inHead, exact) {
    var text = one.text, at;
    for (var i = 0; i < phrases.length; i++) {
      at = text.indexOf(phrases[i]);
      if (at < 0) return -1;
      inHead = inHead && at < one.head;
    }
    if (inHead) {
      at = text.indexOf('|' + all + ' |');
      if (at >= 0 && at < one.head) return 0;
      at = text.indexOf('|' + all + (one.row[0] === TERM ? '' : ' '));
      if (at >= 0 && at < one.head) return 1;
      return exact ? 2 : 5;
    }
    at = several ? text.indexOf(all + (exact ? ' ' : '')) : 0;
    return (exact ? 3 : 6) + (at < 0 ? 1 : 0);
  }
  /* What holds all that was asked, by group: the best first, then what is in the edition `home`, then in order. A term
     of exactly that name puts the glossary before the texts. */
  search.seek = function (asked, home) {
    var groups = Array.from({ length: GROUPS }, function (none, group) {
      return { group: group, levels: Array.from({ length: 2 * LEVELS }, function () { return []; }) };
    });
    var held = holding(asked), several = asked.length > 1, all = asked.map(function (part) { return ' ' + part.words.join(' '); }).join('');
    var phrases = asked.filter(function (part) { return part.words.length > 1; }).map(function (part) { return ' ' + part.words.join(' ') + (part.exact ? ' ' : ''); });
    if (asked.length) rows.forEach(function (one, number) {
      if (held.got[number] < held.count) return;
      var how = level(one, phrases, all, several, held.head[number] === held.all, held.exact[number] === held.all);
      if (how >= 0) groups[one.row[0]].levels[2 * how + (one.edition.id === home ? 0 : 1)].push(one);
    });
    groups.forEach(function (group) {
      group.first = group.group === TERM && group.levels[0].length + group.levels[1].length > 0;
      group.rows = [].concat.apply([], group.levels);
    });
    return groups.filter(function (group) { return group.rows.length; }).sort(function (a, b) { return b.first - a.first || a.group - b.group; });
  };
})();
