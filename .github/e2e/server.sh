#!/usr/bin/env bash
# Makes this machine the server of the site kayart, in the steps of the README: clone, key, known hosts, sudoers line, groups, time for requests.
#   sudo server.sh REPOSITORY LIVE   REPOSITORY is what application.sh made, LIVE the commit that is live at first
# Writes known-hosts and ssh-key to GITHUB_OUTPUT; the key is masked, and good for this machine alone.
set -euo pipefail

repository=$(realpath "$1")
live=$2
php=${PHP_VERSION:-8.3}
site=/var/www/kayart
bare=/srv/git/kayart.git
password=$(openssl rand -hex 12)

as_nicolas() { runuser -u nicolas -- "$@"; }

id nicolas >/dev/null 2>&1 || useradd --create-home --shell /bin/bash nicolas
systemctl start ssh nginx mysql "php$php-fpm"

# 1. A clone that the deploy user owns.
git clone -q --bare "$repository" "$bare"
install -d -o nicolas -g nicolas "$site"
chown -R nicolas: /srv/git
as_nicolas git clone -q "$bare" "$site"
as_nicolas git -C "$site" reset -q --hard "$live"
if [ -d "$repository/vendor" ]; then
  cp -r "$repository/vendor" "$site/vendor"
  chown -R nicolas: "$site/vendor"
fi
mysql --user=root <<SQL
CREATE DATABASE kayart;
CREATE USER kayart@localhost IDENTIFIED BY '$password';
GRANT ALL ON kayart.* TO kayart@localhost;
SQL
as_nicolas mkdir -p "$site/writable/"{cache,logs,session,uploads}
as_nicolas tee "$site/.env" >/dev/null <<ENVIRONMENT
CI_ENVIRONMENT = production
app.baseURL = 'http://127.0.0.1/'
database.default.hostname = localhost
database.default.database = kayart
database.default.username = kayart
database.default.password = '$password'
database.default.DBDriver = MySQLi
ENVIRONMENT
chown nicolas:www-data "$site/.env"
chmod 640 "$site/.env"

# 2. The key, and 3. the known-hosts line.
key=$(mktemp -d)/deploy-key
ssh-keygen -q -t ed25519 -N '' -C 'GitHub deploy' -f "$key"
as_nicolas mkdir -p -m 700 /home/nicolas/.ssh
as_nicolas tee /home/nicolas/.ssh/authorized_keys <"$key.pub" >/dev/null
while IFS= read -r line; do echo "::add-mask::$line"; done <"$key"
{
  echo "known-hosts=127.0.0.1 $(cut -d ' ' -f 1,2 /etc/ssh/ssh_host_ed25519_key.pub)"
  echo 'ssh-key<<END-OF-KEY'
  cat "$key"
  echo 'END-OF-KEY'
} >>"$GITHUB_OUTPUT"
rm "$key"

# 5. The sudoers line.
echo "nicolas ALL=(root) NOPASSWD: /usr/bin/systemctl reload php$php-fpm" | EDITOR='tee -a' visudo -f /etc/sudoers.d/ci4-deploy

# 6. The groups.
usermod -aG www-data nicolas
chgrp -R www-data "$site/writable"
chmod -R g+rwX "$site/writable"
find "$site/writable" -type d -exec chmod g+s {} +

# 7. Time for running requests.
sed -i '/^[;[:space:]]*process_control_timeout/d; s/^\[global\]/&\nprocess_control_timeout = 10s/' "/etc/php/$php/fpm/php-fpm.conf"
systemctl reload "php$php-fpm"

cat >/etc/nginx/sites-enabled/kayart <<NGINX
server {
  listen 80;
  server_name 127.0.0.1;
  root $site/public;
  index index.php;
  location / { try_files \$uri \$uri/ /index.php\$is_args\$args; }
  location ~ \.php\$ { include snippets/fastcgi-php.conf; fastcgi_pass unix:/run/php/php$php-fpm.sock; }
}
NGINX
systemctl reload nginx
as_nicolas sh -c "cd $site && php spark migrate"
curl --fail --silent --show-error --retry 20 --retry-delay 1 --retry-all-errors http://127.0.0.1/plain
