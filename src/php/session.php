<?php

/* How the application keeps its sessions: what both the probe and the canary ask. Continues boot.php. */

namespace Ci4Deploy;

/** Session settings after .env, registrars and constructors. */
function sessionSettings(): array
{
    $source = sessionSource();
    $read   = static function (string $name) use ($source) {
        $name = property_exists($source, $name) ? $name : 'session' . ucfirst($name);

        return $source->{$name} ?? null;
    };
    $driver = ltrim((string) $read('driver'), '\\');

    return [
        'source'     => get_class($source),
        'driver'     => $driver,
        'inDatabase' => is_a($driver, \CodeIgniter\Session\Handlers\DatabaseHandler::class, true),
        'cookieName' => (string) $read('cookieName'),
        'savePath'   => (string) $read('savePath'),
        'matchIP'    => (bool) $read('matchIP'),
        'expiration' => (int) $read('expiration'),
        'group'      => $read('DBGroup'),
    ];
}

/** Config\Session is not looked at before 4.3, may be absent in 4.3, and must exist from 4.4 on. */
function sessionSource(): object
{
    $version = \CodeIgniter\CodeIgniter::CI_VERSION;
    $own     = version_compare($version, '4.3.0', '>=') ? config('Session') : null;
    if ($own === null && version_compare($version, '4.4.0', '>=')) {
        throw new \RuntimeException("app/Config/Session.php is missing: CodeIgniter $version reads no other session settings.");
    }

    return $own ?? config('App');
}

/** The session handler's connection; the default one while sessions are in files. */
function sessionConnection(array $settings): object
{
    return \Config\Database::connect($settings['inDatabase'] ? $settings['group'] : null);
}

/** Table the query builder really names: unlike Forge it adds no prefix to a name that begins with it. */
function queriedTable(object $connection, string $name): string
{
    $sql = $connection->table($name)->select('id')->getCompiledSelect();

    return preg_match('~\sFROM\s+(\S+)~i', $sql, $found) ? preg_replace('~[`"\[\]]~', '', $found[1]) : $name;
}
