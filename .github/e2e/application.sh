#!/usr/bin/env bash
# Makes the repository of the site kayart out of a fresh CodeIgniter 4, with the commits that the end-to-end jobs deploy.
#   application.sh SKELETON TARGET   SKELETON has app/, public/, spark and mostly vendor/; TARGET becomes the repository
# Writes live, next and broken to GITHUB_OUTPUT: the commits with sessions in files, in MySQL, and with code that throws.
set -euo pipefail

skeleton=$(realpath "$1")
target=$2
fixture=$(realpath "$(dirname "$0")/../../test/rig/kayart")

mkdir -p "$target"
tar -C "$skeleton" --exclude=./tests --exclude=./.git --exclude=./.github -cf - . | tar -C "$target" -xf -
cd "$target"
cat >.gitignore <<'IGNORED'
.env
vendor/
writable/cache/*
writable/debugbar/*
writable/logs/*
writable/session/*
writable/uploads/*
!writable/*/index.html
IGNORED
git init -q -b main
# The action under test may lie in here, and is no part of the application.
echo /action >>.git/info/exclude

commit() {
  git add -A
  git -c user.name=Nicolas -c user.email=nicolas@kayart.test commit -q -m "$2"
  echo "$1=$(git rev-parse HEAD)" >>"$GITHUB_OUTPUT"
}

cp -r "$fixture/live/app" .
# PHP 8.4 deprecates the constant, which releases before 4.5 name.
sed -i 's/ & ~E_STRICT//' app/Config/Boot/production.php
cat "$fixture/live/routes.txt" >>app/Config/Routes.php
commit live 'Kayart with its sessions in files'

cp -r "$fixture/next/app" .
# Older releases have the settings of the session in App.php.
settings=app/Config/Session.php
[ -e "$settings" ] || settings=app/Config/App.php
sed -i -E \
  -e "s/(river\s*=\s*)[^;]*FileHandler[^;]*;/\1'CodeIgniter\\\\Session\\\\Handlers\\\\DatabaseHandler';/" \
  -e "s/(avePath\s*=\s*)WRITEPATH \. 'session';/\1'ci_sessions';/" "$settings"
grep -q "'ci_sessions'" "$settings"
grep -q "DatabaseHandler';" "$settings"
commit next 'Move the sessions to MySQL'

# On the command line it boots, so that only the page of a visitor shows what is wrong.
cat >app/Common.php <<'BROKEN'
<?php

if (PHP_SAPI !== 'cli') {
    throw new RuntimeException('The new release cannot serve a page.');
}
BROKEN
commit broken 'Prepare the new release'
