<?php

/*
 * Functions that a pool may lack (disable_functions), for the programs that run inside PHP-FPM. Calls in this namespace find
 * these first. They do less; what needs the real one says so. First in its program, as they are made when this is run.
 */

namespace Ci4Deploy;

if (! \function_exists('set_time_limit')) {
    function set_time_limit(int $seconds): bool
    {
        return false;
    }
}
if (! \function_exists('ignore_user_abort')) {
    function ignore_user_abort(?bool $on = null): int
    {
        return 0;
    }
}
if (! \function_exists('ini_set')) {
    function ini_set(string $name, $value)
    {
        return false;
    }
}
if (! \function_exists('parse_ini_file')) {
    function parse_ini_file(string $file, bool $sections = false, int $mode = 0)
    {
        return false;
    }
}
if (! \function_exists('usleep')) {
    function usleep(int $microseconds): void
    {
        for ($end = microtime(true) + $microseconds / 1e6; microtime(true) < $end;) {
            continue;
        }
    }
}
if (! \function_exists('opcache_invalidate')) {
    function opcache_invalidate(string $file, bool $force = false): bool
    {
        return false;
    }
}
if (! \function_exists('opcache_is_script_cached')) {
    function opcache_is_script_cached(string $file): bool
    {
        return false;
    }
}

/** Number of the user that this process runs as. Linux says it of every process (proc(5)), where PHP may not. */
function userId(): int
{
    return function_exists('posix_geteuid') ? posix_geteuid() : (int) (((array) @stat('/proc/self'))['uid'] ?? -1);
}

/** Name of that user; the number where nobody tells the name. */
function user(): string
{
    $id  = userId();
    $own = function_exists('posix_getpwuid') ? posix_getpwuid($id) : false;
    if (is_array($own)) {
        return $own['name'];
    }
    foreach ((array) @file('/etc/passwd') as $line) {
        $fields = explode(':', (string) $line);
        if (($fields[2] ?? '') === (string) $id) {
            return $fields[0];
        }
    }

    return (string) $id;
}
