<?php

/*
 * What PHP-FPM sees of the application: its user's rights to files, its extensions and opcache, and the session and
 * database settings with the environment of its pool. Runs inside PHP-FPM; no secrets leave it. Continues connections.php.
 */

namespace Ci4Deploy;

// A link that was replaced a moment ago leads to the old tree for a process that has met it (realpath_cache_ttl).
clearstatcache(true);
$known = surroundings((string) $_SERVER['CI4_DEPLOY_ROOT']);
// Of code that no visitor has met, opcache may only know what lay in the same place at an earlier deploy.
if (($_SERVER['CI4_DEPLOY_FRESH'] ?? '') === '1') {
    @ini_set('opcache.enable', '0');
}
run(static function (Reply $reply): array {
    $reply->phase = 'session';
    $settings     = sessionSettings();

    $reply->phase = 'database';

    return ['savePath' => $reply->worded($settings['savePath'])] + $settings + ['connections' => connections($settings)];
}, $known);

/** What can be known without booting the application. */
function surroundings(string $root): array
{
    $status = function_exists('opcache_get_status') ? @opcache_get_status(false) : false;

    return [
        'php'         => PHP_VERSION,
        'user'        => user(),
        'extensions'  => get_loaded_extensions(),
        'readsEnv'    => is_readable("$root/.env") || ! isThere("$root/.env"),
        'opcache'     => cachesCode($status),
        'preload'     => (string) ini_get('opcache.preload'),
        'lockedCache' => closedCache($root),
        'userIni'     => userIni($root),
        'looksAgain'  => (bool) ini_get('opcache.validate_timestamps'),
        'looksEvery'  => (int) ini_get('opcache.revalidate_freq'),
        'closed'      => closedPlaces("$root/writable"),
    ];
}

/** A link counts as well: with release directories it leads into shared/, where this user may be unable to look. */
function isThere(string $file): bool
{
    return is_link($file) || file_exists($file);
}

/**
 * Settings of the .user.ini beside index.php that let visitors run other code than we do: PHP reads the one beside the
 * program that runs, and ours lies elsewhere.
 */
function userIni(string $root): array
{
    $name  = (string) ini_get('user_ini.filename');
    $spark = is_file("$root/spark") ? (string) file_get_contents("$root/spark") : '';
    $file  = frontDirectory($root, $spark) . "/$name";
    $found = $name !== '' && is_file($file) ? (array) @parse_ini_file($file, false, INI_SCANNER_RAW) : [];

    return array_values(preg_grep('/^(auto_(pre|ap)pend_file|include_path|opcache\..*|mysqli\..*)$/', array_keys($found)));
}

/** Where opcache tells nobody its state (opcache.restrict_api), its settings count. */
function cachesCode($status): bool
{
    $on = extension_loaded('Zend OPcache') && ini_get('opcache.enable');

    return is_array($status) ? ($status['opcache_enabled'] ?? false) || ($status['file_cache_only'] ?? false) : (bool) $on;
}

/**
 * The folder of opcache.file_cache where it holds compiled files of this tree, never compares them with their source, and
 * lets nobody here remove them. What this user cannot read does no harm.
 */
function closedCache(string $root): ?string
{
    $folder = (string) ini_get('opcache.file_cache');
    if ($folder === '' || ! ini_get('opcache.enable') || ini_get('opcache.validate_timestamps')) {
        return null;
    }
    $ours = array_filter((array) @scandir($folder), static function ($id) use ($folder, $root): bool {
        $place = "$folder/$id" . (realpath($root) ?: $root);

        return $id !== '.' && $id !== '..' && is_readable($place) && ! is_writable($place);
    });

    return $ours === [] ? null : $folder;
}

/** Of the places CodeIgniter writes to, those that exist and are closed. */
function closedPlaces(string $writable): array
{
    $places = array_map(static function (string $name) use ($writable): string {
        return "$writable/$name";
    }, ['cache', 'logs', 'session', 'uploads']);

    return array_values(array_filter($places, static function (string $place): bool {
        return is_dir($place) && ! is_writable($place);
    }));
}
