<?php

/*
 * Where the database groups of the application lead, in its own words and without passwords: what the command line and
 * PHP-FPM are compared by. Continues session.php.
 */

namespace Ci4Deploy;

/** Every group of Config\Database, after .env, registrars and constructors; only those in use are connected to. */
function connections(array $session): array
{
    $config = config('Database');
    $ledger = ENVIRONMENT === 'testing' ? 'tests' : (string) $config->defaultGroup;
    $own    = $session['inDatabase'] ? (string) ($session['group'] ?? $ledger) : null;
    $groups = array_filter(get_object_vars($config), static function ($group): bool {
        return is_array($group) && isset($group['DBDriver']);
    });
    $found = [];
    foreach ($groups as $name => $group) {
        $failovers = array_filter((array) ($group['failover'] ?? []), 'is_array');
        $found[]   = [
            'name'     => (string) $name,
            'leads'    => array_map('Ci4Deploy\leadsTo', array_merge([$group], array_values($failovers))),
            'identity' => in_array((string) $name, [$ledger, $own], true) ? identity((string) $name, $group) : null,
        ];
    }

    return ['environment' => ENVIRONMENT, 'ledger' => $ledger, 'session' => $own, 'groups' => $found];
}

/** A DSN comes before all other words (CodeIgniter\Database\Database::parseDSN). */
function leadsTo(array $group): array
{
    $dsn   = (string) ($group['DSN'] ?? '');
    $parts = strpos($dsn, '://') === false ? [] : (array) parse_url($dsn);
    $group = [
        'DBDriver' => $parts['scheme'] ?? $group['DBDriver'] ?? '',
        'hostname' => rawurldecode((string) ($parts['host'] ?? $group['hostname'] ?? '')),
        'port'     => $parts['port'] ?? $group['port'] ?? '',
        'username' => rawurldecode((string) ($parts['user'] ?? $group['username'] ?? '')),
        'database' => isset($parts['path']) ? rawurldecode(substr($parts['path'], 1)) : $group['database'] ?? '',
    ] + $group;

    return [
        'driver' => (string) $group['DBDriver'],
        'server' => serverOf($group['hostname'], (int) $group['port']),
        'schema' => (string) $group['database'],
        'user'   => $group['username'],
        'prefix' => (string) ($group['DBPrefix'] ?? ''),
    ];
}

/** What mysqli makes of a host: php.ini of PHP-FPM may fill it in otherwise than that of the command line. */
function serverOf(string $host, int $port): string
{
    $host = $host === '' ? (string) ini_get('mysqli.default_host') : $host;
    if ($host !== '' && $host[0] === '/') {
        return $host;
    }
    if ($host === '' || strcasecmp($host, 'localhost') === 0) {
        return (string) ini_get('mysqli.default_socket') ?: 'localhost';
    }

    return $host . ':' . ($port ?: (int) ini_get('mysqli.default_port') ?: 3306);
}

/** What the server behind a group calls itself, whatever way leads there; null where nobody gets in. */
function identity(string $name, array $group): ?string
{
    if ($group['DBDriver'] !== 'MySQLi') {
        return null;
    }
    try {
        $connection = \Config\Database::connect($name);
        $connection->initialize();
        $words = $connection->connID->query('SELECT @@hostname, @@port, @@datadir, @@server_id')->fetch_row();

        return md5(implode('|', $words));
    } catch (\Throwable $fault) {
        return null;
    }
}
