/* Words as typed -> the form in which a search compares them: quotation marks, dashes, dots, white space, soft hyphens,
   Unicode's spellings, case and accents make no difference. builder/relate/normal.py says the same (*folded*). */
(function () {
  'use strict';
  var f = folio, known = new Map();
  if (f.fold) return;   // the search and the library both bring it
  var INVISIBLE = /[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]+/g;
  var STYLED = /([\u201c\u201d\u201e\u201f\xab\xbb\u2033])|([\u2018\u2019\u201a\u201b\u2039\u203a\u2032\u02bc])|([\u2010-\u2015\u2212\u2e3a\u2e3b])|[\t-\r\x1c-\x1f\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/g;
  var SHORTENED = /(  +)|(--+)|\.\.\.|\. +\. +\.(?!\.)/g;
  /* What lower case and upper case don't tell of a letter's kin: the dotless i is none of i, Cherokee's capitals are
     the older letters. */
  var APART = /[\u0131\u13a0-\u13f5\u13f8-\u13fd\uab70-\uabbf]/;

  function styled(whole, double, single, dash) { return double ? '"' : single ? "'" : dash ? '-' : ' '; }
  function shortened(whole, spaces, dashes) { return spaces ? ' ' : dashes ? '-' : '\u2026'; }
  /* An accent's class in Unicode is 10 or more: such a mark is put after a virama, whose class is 9. */
  function accent(mark) { return mark !== '\u094d' && (mark + '\u094d').normalize('NFD')[0] === '\u094d'; }
  function small(letter) {
    if (letter === '\u0131') return letter;
    if (APART.test(letter)) return letter.toUpperCase();
    return letter.toLowerCase().toUpperCase().toLowerCase();
  }
  function bare(letter) {
    var plain = known.get(letter);
    if (plain === undefined) {
      plain = Array.from(Array.from(letter.normalize('NFD')).map(small).join('').normalize('NFD'));
      plain = plain.filter(function (part) { return !accent(part); }).join('').normalize('NFC').replace('\u02bc', "'");
      known.set(letter, plain);
    }
    return plain;
  }
  f.fold = function (words) {
    var plain = words.replace(INVISIBLE, '').normalize('NFC').replace(STYLED, styled).replace(SHORTENED, shortened);
    return plain.replace(/[A-Z]+/g, function (capitals) { return capitals.toLowerCase(); }).replace(/[^\0-\x7f]/gu, bare);
  };
})();
