<?php

/* The application's configuration as it resolves it itself, its database logins and its migrations. Writes nothing. */

namespace Ci4Deploy;

run(static function (Reply $reply): array {
    $reply->phase = 'session';
    $settings     = sessionSettings();

    $reply->phase = 'database';
    $ledger       = \Config\Database::connect();
    $session      = sessionConnection($settings);

    return [
        'framework'       => \CodeIgniter\CodeIgniter::CI_VERSION,
        'php'             => PHP_VERSION,
        'environment'     => ENVIRONMENT,
        'baseUrl'         => (string) config('App')->baseURL,
        'root'            => $reply->root(),
        'writable'        => $reply->named(Writable::named(WRITEPATH)),
        'namespace'       => APP_NAMESPACE,
        'session'         => ['savePath' => $reply->worded(Writable::named($settings['savePath']))] + $settings + sessionTables($settings, $session),
        'ledgerDatabase'  => describe($ledger),
        // null: the same connection, so that nobody logs in twice.
        'sessionDatabase' => $session === $ledger ? null : describe($session),
        'connections'     => connections($settings),
        'ledger'          => ledger($ledger),
        'caches'          => caches(),
        'migrations'      => migrations($reply),
    ];
});

function sessionTables(array $settings, object $connection): array
{
    $name = $settings['savePath'];
    if (! $settings['inDatabase'] || $name === '') {
        return ['table' => null, 'forgeTable' => null];
    }

    return ['table' => queriedTable($connection, $name), 'forgeTable' => $connection->DBPrefix . $name];
}

function ledger(object $connection): array
{
    $config = config('Migrations');
    $table  = (string) ($config->table ?? 'migrations');

    $lock   = (bool) ($config->lock ?? false);

    return [
        'table'     => queriedTable($connection, $table),
        'enabled'   => (bool) ($config->enabled ?? false),
        'lockTable' => $lock ? queriedTable($connection, $table . '_lock') : null,
    ];
}

/** What Config\Optimize lets CodeIgniter 4.5 and newer keep from one request to the next. */
function caches(): array
{
    $config = class_exists('Config\Optimize') ? new \Config\Optimize() : new \stdClass();

    return array_values(array_filter([
        ($config->configCacheEnabled ?? false) ? 'configuration' : null,
        ($config->locatorCacheEnabled ?? false) ? 'file locations' : null,
    ]));
}

/** A connection as the application uses it. Logs in first: a failover puts its own values in place of the configured ones. */
function describe(object $connection): array
{
    $refused = $connection->DBDriver === 'MySQLi' ? refusal($connection) : null;

    return [
        'driver'   => (string) $connection->DBDriver,
        'hostname' => (string) $connection->hostname,
        'address'  => address($connection),
        'user'     => (string) $connection->username,
        'password' => (string) $connection->password,
        'database' => (string) $connection->database,
        'prefix'   => (string) $connection->DBPrefix,
        'debug'    => (bool) $connection->DBDebug,
        'strict'   => (bool) $connection->strictOn,
        'refused'  => $refused,
        'silent'   => $refused !== null && nobodyAnswers(address($connection)),
        'tls'      => tls($connection),
    ];
}

/** What the MySQLi driver makes of `encrypt`: without one of these files it asks for no TLS at all. */
function tls(object $connection): ?array
{
    $encrypt = $connection->encrypt ?? null;
    $paths   = [];
    foreach (['key', 'cert', 'ca', 'capath', 'cipher'] as $name) {
        $paths[$name] = is_array($encrypt) ? (string) ($encrypt["ssl_$name"] ?? '') : '';
    }
    if (array_filter($paths) === []) {
        return null;
    }
    $read = static function (string $file): ?string {
        $text = $file === '' ? false : @file_get_contents($file);

        return $text === false ? null : $text;
    };

    return [
        'paths'  => $paths,
        'verify' => isset($encrypt['ssl_verify']) ? (bool) $encrypt['ssl_verify'] : null,
        'key'    => $read($paths['key']),
        'cert'   => $read($paths['cert']),
        'ca'     => $read($paths['ca']),
    ];
}

/** Why the application cannot log in; null when it can. */
function refusal(object $connection): ?string
{
    try {
        $connection->initialize();
        if (! $connection->connID) {
            throw new \RuntimeException((string) mysqli_connect_error());
        }

        return null;
    } catch (\Throwable $fault) {
        return scrub(trim(preg_replace('/\s+/', ' ', $fault->getMessage())));
    }
}

/** Whether nobody listens there at all. The number that mysqli gives for that is also the one of TLS that fails. */
function nobodyAnswers(array $address): bool
{
    if (! function_exists('stream_socket_client')) {
        return false;
    }
    $host = (string) ($address['host'] ?? '');
    $name = strpos($host, ':') === false ? $host : "[$host]";
    $to   = isset($address['socket']) ? "unix://{$address['socket']}" : "tcp://$name:{$address['port']}";
    $open = @stream_socket_client($to, $code, $message, 3);
    if ($open !== false) {
        fclose($open);
    }

    // EACCES: a socket that is closed to this user may have somebody behind it.
    return $open === false && $code !== 13;
}

/** mysqli takes a host name that begins with a slash, or localhost whatever the port, for a socket. */
function address(object $connection): array
{
    $host = (string) $connection->hostname;
    if ($host !== '' && $host[0] === '/') {
        return ['socket' => $host];
    }
    if ($host === '' || strcasecmp($host, 'localhost') === 0) {
        return ['socket' => defaultSocket($connection)];
    }

    return ['host' => $host, 'port' => (int) $connection->port ?: (int) ini_get('mysqli.default_port') ?: 3306];
}

function defaultSocket(object $connection): string
{
    $socket = (string) ini_get('mysqli.default_socket');
    if ($socket === '' && $connection->DBDriver === 'MySQLi' && $connection->connID) {
        $socket = (string) $connection->query('SELECT @@socket AS socket')->getRow()->socket;
    }

    return $socket === '' ? '/var/run/mysqld/mysqld.sock' : $socket;
}

/** All migrations of all namespaces, in the order they would run. Finding them needs no connection and makes no table. */
function migrations(Reply $reply): array
{
    $reply->phase = 'migrations';
    $runner       = \Config\Services::migrations(null, null, false);
    $runner->setNamespace(null);

    return array_map(static function (object $found) use ($reply): array {
        return [
            'namespace' => $found->namespace,
            'version'   => preg_replace('/\D/', '', $found->version),
            'class'     => ltrim($found->class, '\\'),
            'path'      => $reply->below($found->path) ?? $found->path,
        ] + readMigration($found->path);
    }, array_values($runner->findMigrations()));
}
