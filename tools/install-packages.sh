#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Installs those of the Debian packages named as arguments that are not there yet. Where all are
# there, it needs neither root nor network.
set -euo pipefail

say() { printf 'install-packages: %s\n' "$*" >&2; }

if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
  say "this is no Debian: please install what these packages hold by hand: $*"
  exit 1
fi

missing=()
for package in "$@"; do
  state=$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null || true)
  [ "$state" = installed ] || missing+=("$package")
done
[ ${#missing[@]} -gt 0 ] || exit 0
say "missing: ${missing[*]}"

root=()
if [ "$(id -u)" -ne 0 ]; then
  if ! command -v sudo >/dev/null; then
    say "not root, and there is no sudo. As root: apt-get install --no-install-recommends ${missing[*]}"
    exit 1
  fi
  root=(sudo)
fi

install() {
  ${root[@]+"${root[@]}"} env DEBIAN_FRONTEND=noninteractive \
    apt-get install --yes --quiet --no-install-recommends "${missing[@]}"
}
# Lists of packages are fetched only where those that are there do not do.
if ! install; then
  say "asking for new lists of packages"
  ${root[@]+"${root[@]}"} apt-get update --quiet || true
  if ! install; then
    say "could not install: ${missing[*]}. Is the network there, and is this Debian 12 or newer?"
    exit 1
  fi
fi
