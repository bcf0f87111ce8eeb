#!/usr/bin/env bash
# Starts throw-away database servers on the runner, each with an empty database ci4_check, and takes them away again.
#   servers.sh start   reads SERVERS: mysql (the one that ubuntu runners have), or images as mariadb:11.8, mysql:9
#   servers.sh stop    reads STARTED, the output of start: removes what that one has started
# What was started is an output of the step and no file: PHP of a pull request runs in between, as the same user.
set -euo pipefail

started=()
limit=120

server_of_runner() {
  sudo systemctl start mysql || {
    echo "::error title=ci4-deploy: servers::This runner has no MySQL of its own. Name an image in servers, as mysql:8.4."
    exit 1
  }
  local sql="CREATE DATABASE ci4_check; CREATE USER ci4_check@'127.0.0.1' IDENTIFIED BY '$1'; CREATE USER ci4_check@localhost IDENTIFIED BY '$1'; GRANT ALL ON ci4_check.* TO ci4_check@'127.0.0.1'; GRANT ALL ON ci4_check.* TO ci4_check@localhost;"
  # The password that the images of GitHub's runners set.
  MYSQL_PWD=root mysql --user=root <<<"$sql"
  started+=(mysql)
  echo "mysql://ci4_check:$1@127.0.0.1:3306/ci4_check" >>"$urls"
}

server_of_image() {
  local id port
  # MariaDB reads the names of MySQL too. No port is fixed, so that several servers run at once.
  # The password comes from the environment: what stands behind docker everybody can read in the process list.
  id=$(MYSQL_PASSWORD=$2 docker run --detach --publish 127.0.0.1::3306 --tmpfs /var/lib/mysql \
    --env MYSQL_RANDOM_ROOT_PASSWORD=yes --env MYSQL_DATABASE=ci4_check \
    --env MYSQL_USER=ci4_check --env MYSQL_PASSWORD "$1")
  started+=("$id")
  port=$(docker port "$id" 3306/tcp | head -n 1 | sed 's/.*://')
  echo "mysql://ci4_check:$2@127.0.0.1:$port/ci4_check" >>"$urls"
  await "$id" "$2" "$1"
}

# While an image sets itself up its server listens to a socket alone: over TCP only the real one answers.
await() {
  local began=$SECONDS
  until MYSQL_PWD=$2 docker exec --env MYSQL_PWD "$1" sh -c \
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
  # Also when one of them does not start: the others have to go.
  trap 'rm -f "$urls"; echo "started=${started[*]-}" >>"$GITHUB_OUTPUT"' EXIT
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
  for id in ${STARTED:-}; do
    if [[ $id == mysql ]]; then
      MYSQL_PWD=root mysql --user=root -e \
        "DROP DATABASE ci4_check; DROP USER ci4_check@'127.0.0.1', ci4_check@localhost;" </dev/null
    elif [[ $id =~ ^[0-9a-f]+$ ]]; then
      docker rm --force "$id" </dev/null >/dev/null
    fi
  done
}

"$1"
