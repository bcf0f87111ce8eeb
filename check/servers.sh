#!/usr/bin/env bash
# Starts throw-away database servers on the runner, each with an empty database ci4_check, and takes them away again.
#   servers.sh start   reads SERVERS: mysql (the one that ubuntu runners have), or images as mariadb:11.8, mysql:9
#   servers.sh stop    removes what start has started
set -euo pipefail

list="$RUNNER_TEMP/ci4-deploy-servers"
limit=120

server_of_runner() {
  sudo systemctl start mysql || {
    echo "::error title=ci4-deploy: servers::This runner has no MySQL of its own. Name an image in servers, as mysql:8.4."
    exit 1
  }
  local sql="CREATE DATABASE ci4_check; CREATE USER ci4_check@'127.0.0.1' IDENTIFIED BY '$1'; CREATE USER ci4_check@localhost IDENTIFIED BY '$1'; GRANT ALL ON ci4_check.* TO ci4_check@'127.0.0.1'; GRANT ALL ON ci4_check.* TO ci4_check@localhost;"
  # The password that the images of GitHub's runners set.
  MYSQL_PWD=root mysql --user=root <<<"$sql"
  echo "mysql" >>"$list"
  echo "mysql://ci4_check:$1@127.0.0.1:3306/ci4_check" >>"$urls"
}

server_of_image() {
  local id port
  # MariaDB reads the names of MySQL too. No port is fixed, so that several servers run at once.
  id=$(docker run --detach --publish 127.0.0.1::3306 --tmpfs /var/lib/mysql \
    --env MYSQL_RANDOM_ROOT_PASSWORD=yes --env MYSQL_DATABASE=ci4_check \
    --env MYSQL_USER=ci4_check --env "MYSQL_PASSWORD=$2" "$1")
  echo "$id" >>"$list"
  port=$(docker port "$id" 3306/tcp | head -n 1 | sed 's/.*://')
  echo "mysql://ci4_check:$2@127.0.0.1:$port/ci4_check" >>"$urls"
  await "$id" "$2" "$1"
}

# While an image sets itself up its server listens to a socket alone: over TCP only the real one answers.
await() {
  local began=$SECONDS
  until docker exec --env "MYSQL_PWD=$2" "$1" sh -c \
    '$(command -v mariadb || command -v mysql) --protocol=tcp --host=127.0.0.1 --user=ci4_check -e "SELECT 1" ci4_check' >/dev/null 2>&1; do
    if ((SECONDS - began > limit)); then
      echo "::error title=ci4-deploy: servers::$3 did not answer within $limit s. docker logs says:"
      docker logs --tail 20 "$1"
      exit 1
    fi
    sleep 1
  done
}

start() {
  urls=$(mktemp)
  : >"$list"
  for server in ${SERVERS//,/ }; do
    password=$(openssl rand -hex 16)
    echo "::add-mask::$password"
    echo "Starting $server"
    if [[ $server == mysql ]]; then
      server_of_runner "$password"
    else
      server_of_image "$server" "$password"
    fi
  done
  {
    echo 'urls<<ci4-deploy-urls'
    cat "$urls"
    echo 'ci4-deploy-urls'
  } >>"$GITHUB_OUTPUT"
}

stop() {
  [[ -f $list ]] || return 0
  while read -r id; do
    if [[ $id == mysql ]]; then
      MYSQL_PWD=root mysql --user=root -e \
        "DROP DATABASE ci4_check; DROP USER ci4_check@'127.0.0.1', ci4_check@localhost;" </dev/null
    else
      docker rm --force "$id" </dev/null >/dev/null
    fi
  done <"$list"
}

"$1"
