<?php

/*
 * Empties the application's cache as `php spark cache:clear` does, but follows no link that PHP-FPM's user may have put
 * into the place of a folder. Continues boot.php.
 */

namespace Ci4Deploy;

run(static function (Reply $reply): array {
    $reply->phase = 'cache';
    $config       = config('Cache');
    $handler      = $config->validHandlers[$config->handler] ?? '';
    if (! is_a($handler, \CodeIgniter\Cache\Handlers\FileHandler::class, true)) {
        $cleaned = \CodeIgniter\Cache\CacheFactory::getHandler($config)->clean();

        return ['refused' => $cleaned === false ? "$config->handler did not empty itself" : null, 'folder' => null];
    }
    $folder = $config->file['storePath'] ?? $config->storePath ?? '';
    $folder = rtrim(Writable::named((string) ($folder ?: WRITEPATH . 'cache')), '/');

    return ['refused' => is_dir($folder) && is_writable($folder) ? emptied($folder) : null, 'folder' => $folder];
});

/**
 * Removes the files below a folder. A process stays in the folder that it entered, whatever is put in its place
 * (chdir(2)), and unlink(2) follows no link.
 * @return string|null why it was not emptied
 */
function emptied(string $folder): ?string
{
    if (PHP_ZTS) {
        return 'a PHP with threads cannot stay in a folder';
    }
    $start = beginning($folder);
    if ($start === null) {
        return 'open_basedir keeps PHP of the command line from it';
    }
    foreach (array_filter(explode('/', substr($folder, strlen($start))), 'strlen') as $name) {
        $why = enter($name);
        if ($why !== null) {
            return $why;
        }
    }
    removeHere();

    return null;
}

/** Goes to where the way down to a folder begins: the root, or that of the application where open_basedir allows no more. */
function beginning(string $folder): ?string
{
    if (@chdir('/')) {
        return '';
    }
    $root = rtrim(realpath(ROOTPATH) ?: ROOTPATH, '/');

    return strpos($folder, "$root/") === 0 && @chdir($root) ? $root : null;
}

/** Goes one folder down. A link counts only where nobody but its owner, root or we, could have put it. */
function enter(string $name): ?string
{
    $here = rtrim((string) getcwd(), '/');
    $link = is_link($name);
    if ($link && isShared('.')) {
        return "$here/$name is a link, in a folder that others may write to";
    }
    if (! @chdir($name)) {
        return "$here/$name is closed";
    }
    $there = (string) getcwd();

    return $link || $there === "$here/$name" ? null : "$here/$name led to $there";
}

/** As delete_files() of the framework: hidden files and those that keep visitors out of a folder stay, folders too. */
function removeHere(): void
{
    $here = (string) getcwd();
    foreach ((array) scandir('.') as $name) {
        if ($name === '' || $name[0] === '.' || preg_match('/^(index\.(html|htm|php)|web\.config)$/i', $name)) {
            continue;
        }
        if (is_link($name) || ! is_dir($name)) {
            @unlink($name);
        } elseif (@chdir($name)) {
            if (getcwd() === "$here/$name") {
                removeHere();
            }
            if (! @chdir('..') || getcwd() !== $here) {
                return;
            }
        }
    }
}
