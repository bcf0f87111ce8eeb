<?php

/*
 * The work that an order asks for. Runs as the owner of the session files (`php -- < program`, or by PHP-FPM with the order
 * as the body of the request), and the rewriting of `.env` as the user we deploy as. Continues cutover-drain.php.
 */

namespace Ci4Deploy;

/** Does what the order says and prints one line, NONCE{json}NONCE. */
function obey(array $order): void
{
    // A connection that is lost half-way must not leave half of the sessions behind.
    ignore_user_abort(true);
    @set_time_limit(0);
    @ini_set('memory_limit', '512M');
    mysqli_report(MYSQLI_REPORT_ERROR | MYSQLI_REPORT_STRICT);
    $works = ['look' => 'look', 'copy' => 'bulkCopy', 'cutover' => 'cutOver', 'pin' => 'pin', 'rewrite' => 'rewrite'];
    try {
        $reply = ['ok' => true, 'answer' => (__NAMESPACE__ . '\\' . $works[$order['work']])($order)];
    } catch (\Throwable $fault) {
        $reply = ['ok' => false, 'phase' => $order['work'], 'message' => $fault->getMessage(), 'file' => null, 'line' => null];
    }
    echo $order['nonce'], json_encode($reply, JSON_UNESCAPED_SLASHES | JSON_INVALID_UTF8_SUBSTITUTE), $order['nonce'], "\n";
}

/** What there is to move, and whether this user can. */
function look(array $order): array
{
    $stamps = storeOf($order['from'], $order)->stamps();
    $folder = $order['files']['folder'];
    $now    = time();
    $alive  = array_filter($stamps, static function (int $stamp) use ($order, $now): bool {
        return $stamp >= $now - $order['expiration'];
    });

    return [
        'user'     => user(),
        'sessions' => count($alive),
        'foreign'  => count(array_filter(array_keys($alive), static function (string $id): bool {
            return preg_match('~\A[0-9a-f]{32}\z~', $id) !== 1;
        })),
        'largest'  => $order['from'] === 'files' ? largest($order, array_keys($alive)) : 0,
        'opens'    => opens($order, array_keys($alive)),
        'writes'   => is_writable($folder),
        'seesEnv'  => is_readable($order['env']),
    ];
}

function largest(array $order, array $ids): int
{
    $most = 0;
    foreach ($ids as $id) {
        $most = max($most, (int) @filesize($order['files']['folder'] . '/' . $order['files']['cookie'] . $id));
    }

    return $most;
}

/** Session files belong to one user and nobody else may open them. */
function opens(array $order, array $ids): bool
{
    foreach ($order['from'] === 'files' ? array_slice($ids, 0, 20) : [] as $id) {
        $path = $order['files']['folder'] . '/' . $order['files']['cookie'] . $id;
        if (is_file($path) && ! (is_readable($path) && is_writable($path))) {
            return false;
        }
    }

    return true;
}

/** In bulk, while visitors are served. */
function bulkCopy(array $order): array
{
    [$from, $to, $rows] = storesOf($order, connect($order));
    $copy               = new Copy($from, $to, $order['expiration'], $order['sourceIsRight'], $order['broughtUntil']);
    $copy->bulk(microtime(true) + $order['seconds']);

    return $copy->counts() + ['tooLong' => $rows->tooLong(), 'cutoverAt' => 0] + Drain::NOTHING;
}

/** The moment itself: who may come is locked, somebody else rewrites `.env`, everybody gets his session. */
function cutOver(array $order): array
{
    $connection = connect($order);
    lock($connection, "ci4-deploy-copy-{$order['id']}", 60);
    [$from, $to, $rows] = storesOf($order, $connection);
    $copy               = new Copy($from, $to, $order['expiration'], $order['sourceIsRight'], $order['broughtUntil']);
    $rewritten            = isRewritten($order);
    $drain              = new Drain($from, $to, $copy, $copy->bulk(INF));
    if (! $rewritten) {
        awaitPartner($order, $connection);
        $drain->hold($order['recent']);
        lock($connection, "ci4-deploy-held-{$order['id']}", 0);
        awaitRewrite($order, $connection);
    }
    $at = $from->now();
    $drain->settle($order['watch'], new Requests($order['sockets']));

    return $drain->counts() + $copy->counts() + ['tooLong' => $rows->tooLong(), 'cutoverAt' => $at];
}

/** Nobody is locked before who rewrites `.env` is there. */
function awaitPartner(array $order, \mysqli $connection): void
{
    for ($began = microtime(true); ! taken($connection, "ci4-deploy-rewrite-{$order['id']}"); usleep(2000)) {
        if (microtime(true) - $began > 20) {
            throw new \RuntimeException('nobody came to rename .env, so nothing was moved');
        }
    }
}

/** @throws \RuntimeException when who rewrites `.env` went away without having done it */
function awaitRewrite(array $order, \mysqli $connection): void
{
    // MySQL before 5.7 lets go of one lock when another is taken.
    if (! taken($connection, "ci4-deploy-copy-{$order['id']}")) {
        throw new \RuntimeException('this database holds one lock at a time, and a cutover takes one for each visitor');
    }
    for ($began = microtime(true); ! isRewritten($order); usleep(1000)) {
        $alone = taken($connection, "ci4-deploy-rewrite-{$order['id']}") === false;
        if (($alone && ! isRewritten($order)) || microtime(true) - $began > 10) {
            throw new \RuntimeException('.env was not renamed, so nothing was moved');
        }
    }
}

/** `.env` says by its first lines which handler is pinned. */
function isRewritten(array $order): bool
{
    $text = file_get_contents($order['env']);
    if ($text === false) {
        throw new \RuntimeException("{$order['env']} cannot be read by " . user());
    }

    return (strpos($text, $order['lines']) !== false) === ($order['pinned'] === true);
}

/** Writes `.env` with or without the pinned lines, at once. */
function pin(array $order): array
{
    return ['changed' => rewriteEnvironment($order)];
}

/** The same at the moment when everybody is locked. */
function rewrite(array $order): array
{
    if (isRewritten($order)) {
        return ['changed' => false];
    }
    $connection = connect($order);
    lock($connection, "ci4-deploy-rewrite-{$order['id']}", 10);
    for ($began = microtime(true); taken($connection, "ci4-deploy-held-{$order['id']}") === false; usleep(1000)) {
        if (microtime(true) - $began > $order['seconds']) {
            throw new \RuntimeException('nobody was ready for the cutover, so .env was left as it is');
        }
    }

    return ['changed' => rewriteEnvironment($order)];
}

/** One rename, of a copy that has the owner and the mode of the file (made by cp before this program began). */
function rewriteEnvironment(array $order): bool
{
    if (isRewritten($order)) {
        return false;
    }
    $file = realpath($order['env']) ?: $order['env'];
    $copy = (string) getenv('CI4_DEPLOY_COPY');
    $text = file_get_contents($file);
    $text = $order['pinned'] === true ? $order['lines'] . $text : str_replace($order['lines'], '', $text);
    if (file_put_contents($copy, $text) !== strlen($text)) {
        throw new \RuntimeException("$copy could not be written");
    }
    $like = static function (string $path): array {
        clearstatcache();

        return array_intersect_key(stat($path), ['mode' => 0, 'uid' => 0, 'gid' => 0]);
    };
    if ($like($copy) !== $like($file)) {
        unlink($copy);
        throw new \RuntimeException("$file belongs to somebody else, whose file it would not be any more after a rename");
    }

    return rename($copy, $file);
}

/** @return array{Store, Store, Rows} the old home, the new one, and whichever of them is the table */
function storesOf(array $order, \mysqli $connection): array
{
    $rows  = rowsOf($order, $connection);
    $files = filesOf($order);

    return $order['from'] === 'files' ? [$files, $rows, $rows] : [$rows, $files, $rows];
}

function storeOf(string $kind, array $order): Store
{
    return $kind === 'files' ? filesOf($order) : rowsOf($order, connect($order));
}

function filesOf(array $order): Files
{
    return new Files($order['files']['folder'], $order['files']['cookie']);
}

function rowsOf(array $order, \mysqli $connection): Rows
{
    return new Rows($connection, $order['rows']['table'], $order['rows']['prefix'], $order['rows']['mark']);
}

function connect(array $order): \mysqli
{
    ['host' => $host, 'port' => $port, 'socket' => $socket, 'user' => $user, 'password' => $password, 'database' => $database] = $order['login'];
    $connection = mysqli_init();
    $flags      = secured($connection, $order['login']['tls']);
    $connection->real_connect($host, $user, $password, $database, $port, $socket, $flags);
    $connection->set_charset('utf8mb4');

    return $connection;
}

/** Asks for TLS as the MySQLi driver of the framework does. Answers the flags of the connection. */
function secured(\mysqli $connection, ?array $tls): int
{
    if ($tls === null) {
        return 0;
    }
    if ($tls['verify'] === true) {
        $connection->options(MYSQLI_OPT_SSL_VERIFY_SERVER_CERT, 1);
    }
    ['key' => $key, 'cert' => $cert, 'ca' => $ca, 'capath' => $folder, 'cipher' => $cipher] = $tls['paths'];
    $connection->ssl_set($key ?: null, $cert ?: null, $ca ?: null, $folder ?: null, $cipher ?: null);

    return MYSQLI_CLIENT_SSL | ($tls['verify'] === false ? MYSQLI_CLIENT_SSL_DONT_VERIFY_SERVER_CERT : 0);
}

/** @throws \RuntimeException when somebody else keeps it */
function lock(\mysqli $connection, string $name, int $seconds): void
{
    if ((int) $connection->query("SELECT GET_LOCK('$name', $seconds)")->fetch_row()[0] !== 1) {
        throw new \RuntimeException('another cutover is still going on');
    }
}

function taken(\mysqli $connection, string $name): bool
{
    return $connection->query("SELECT IS_USED_LOCK('$name')")->fetch_row()[0] !== null;
}
