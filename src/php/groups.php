<?php

/* The database groups of the application, and where each of them really leads. Continues boot.php. */

namespace Ci4Deploy;

run(static function (Reply $reply): array {
    $reply->phase = 'database';
    $mark         = (string) getenv('CI4_DEPLOY_MARK');
    $config       = config('Database');
    $groups       = array_filter(get_object_vars($config), static function ($group): bool {
        return is_array($group) && isset($group['DBDriver']);
    });

    $reported = [];
    foreach ($groups as $name => $group) {
        $failovers = is_array($group['failover'] ?? null) ? array_filter($group['failover'], 'is_array') : [];
        $reported[]    = [
            'name'      => (string) $name,
            'driver'    => (string) $group['DBDriver'],
            'failovers' => array_map(static function ($key) use ($failovers): array {
                return ['key' => (string) $key] + leads($failovers[$key]);
            }, array_keys($failovers)),
            'reached'   => $mark === '' || $group['DBDriver'] !== 'MySQLi' ? null : reached((string) $name, $mark),
        ] + leads($group);
    }

    return ['groups' => $reported];
});

/** Where its words lead; a DSN comes before all others. */
function leads(array $group): array
{
    return [
        'host'     => (string) ($group['hostname'] ?? ''),
        'port'     => (string) ($group['port'] ?? ''),
        'database' => (string) ($group['database'] ?? ''),
        'dsn'      => (string) ($group['DSN'] ?? '') !== '',
    ];
}

/**
 * Whose connection holds the lock of this name there, and the schema: only the server we are logged in to ourselves
 * knows our lock, whatever names and ports say.
 */
function reached(string $group, string $mark): array
{
    try {
        $connection = \Config\Database::connect($group, false);
        $connection->initialize();
        if (! $connection->connID) {
            throw new \RuntimeException((string) mysqli_connect_error());
        }
        $row = $connection->connID->query("SELECT IS_USED_LOCK('" . addslashes($mark) . "'), DATABASE()")->fetch_row();

        return ['refused' => null, 'holder' => (int) $row[0], 'database' => (string) $row[1]];
    } catch (\Throwable $fault) {
        return ['refused' => scrub(trim(preg_replace('/\s+/', ' ', $fault->getMessage()))), 'holder' => 0, 'database' => ''];
    }
}
