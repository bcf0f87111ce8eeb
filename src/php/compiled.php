<?php

/*
 * What PHP-FPM has compiled of the application: in its shared memory, preloaded, and in opcache.file_cache. Runs inside
 * PHP-FPM without the application. The order comes as php://input; prints one line, NONCE{json}NONCE.
 * Runs on PHP 7.4 to 8.4.
 */

namespace Ci4Deploy;

/** Compiled files of one tree, and which of them were compiled from another text than lies there now. */
final class Compiled
{
    private string $root;
    private string $writable;
    private array $memory;
    private bool $looksAgain;
    private string $fileCache;

    /**
     * @param string $writable where the application writes PHP of its own, such as its configuration cache
     * @param array  $status   what opcache_get_status() says
     */
    public function __construct(string $root, string $writable, array $status)
    {
        $this->root       = rtrim(realpath($root) ?: $root, '/') . '/';
        $this->writable   = rtrim(realpath($writable) ?: $writable, '/') . '/';
        $this->memory     = $status;
        $this->looksAgain = (bool) ini_get('opcache.validate_timestamps');
        $this->fileCache  = rtrim((string) ini_get('opcache.file_cache'), '/');
    }

    /** Everything that could be older than $since goes; what was compiled later may stay. Answers what is still there. */
    public function renew(int $since): array
    {
        $began = time();
        $this->forgetBinaries();
        $this->forgetLoaded();
        $old = $this->inMemory($since);
        foreach ($old as $file) {
            @opcache_invalidate($file, true);
        }
        $left = array_filter($old, static function (string $file): bool {
            return @opcache_is_script_cached($file);
        });

        return array_merge(array_values($left), $this->preloaded($since), $this->binariesBefore($began));
    }

    /** What is older than the file it was made of. Of shared memory nobody knows when a file was compiled, only when it was empty. */
    public function outdated(): array
    {
        $began = $this->emptyAt();
        $newer = static function (string $file) use ($began): bool {
            return ! is_file($file) || filemtime($file) > $began;
        };
        $memory = $this->looksAgain ? [] : array_filter($this->inMemory(PHP_INT_MAX), $newer);

        $found  = array_merge(
            array_filter($memory, static function (string $file): bool {
                return opcache_is_script_cached($file);
            }),
            array_filter($this->preloaded(PHP_INT_MAX), $newer),
            $this->outdatedBinaries()
        );

        // What the application writes while it runs is newer than the start of PHP-FPM by its nature. Our own questions and
        // the stage lie where this program does, and are gone after a deploy: nobody's code.
        return array_values(array_unique(array_filter($found, function (string $file): bool {
            return strpos($file, $this->writable) !== 0 && strpos($file, __DIR__ . '/') !== 0;
        })));
    }

    /** Scripts of the tree in a memory that was not emptied since, unless their time is that of the file. */
    private function inMemory(int $since): array
    {
        if ($this->emptyAt() >= $since) {
            return [];
        }
        $found = [];
        foreach ($this->memory['scripts'] ?? [] as $script) {
            $file = (string) $script['full_path'];
            $same = isset($script['timestamp']) && is_file($file) && filemtime($file) === $script['timestamp'];
            if ($this->below($file) && ! $same) {
                $found[] = $file;
            }
        }

        return $found;
    }

    private function emptyAt(): int
    {
        $times = $this->memory['opcache_statistics'] ?? [];

        return max((int) ($times['start_time'] ?? 0), (int) ($times['last_restart_time'] ?? 0));
    }

    /** Preloaded files stay until PHP-FPM starts again; nothing else removes them. */
    private function preloaded(int $since): array
    {
        $scripts = $this->emptyAt() >= $since ? [] : $this->memory['preload_statistics']['scripts'] ?? [];

        return array_values(array_filter($scripts, [$this, 'below']));
    }

    private function below(string $file): bool
    {
        return strpos($file, $this->root) === 0 || strpos($file, $this->writable) === 0;
    }

    /** opcache_invalidate() knows nothing of these where opcache.file_cache_only is on. */
    private function forgetBinaries(): void
    {
        foreach ($this->binaries() as $binary => $file) {
            @unlink($binary);
        }
    }

    /** A visitor who came since the reload may have brought an old one into the memory, which was empty at first. */
    private function forgetLoaded(): void
    {
        if ($this->looksAgain || $this->fileCache === '') {
            return;
        }
        $loaded = (array) @opcache_get_status(true);
        foreach ($loaded['scripts'] ?? [] as $script) {
            if ($this->below((string) $script['full_path'])) {
                @opcache_invalidate($script['full_path'], true);
            }
        }
    }

    private function binariesBefore(int $began): array
    {
        clearstatcache();
        $left = [];
        foreach ($this->binaries() as $binary => $file) {
            if (@filemtime($binary) < $began) {
                $left[] = $file;
            }
        }

        return $left;
    }

    private function outdatedBinaries(): array
    {
        $found = [];
        foreach ($this->binaries() as $binary => $file) {
            if (! is_file($file) || filemtime($file) > filemtime($binary)) {
                $found[] = $file;
            }
        }

        return $found;
    }

    /** Binary => file, FILE_CACHE/<system id>/<file>.bin; none where opcache compares their times by itself. */
    private function binaries(): iterable
    {
        $folders = $this->looksAgain || $this->fileCache === '' ? [] : (array) @scandir($this->fileCache);
        foreach (array_diff($folders, ['.', '..', false]) as $folder) {
            yield from $this->binariesIn("$this->fileCache/$folder", $this->root);
            if (strpos($this->writable, $this->root) !== 0) {
                yield from $this->binariesIn("$this->fileCache/$folder", $this->writable);
            }
        }
    }

    private function binariesIn(string $folder, string $place): iterable
    {
        $top = $folder . rtrim($place, '/');
        if (! is_dir($top)) {
            return;
        }
        $entries = new \RecursiveDirectoryIterator($top, \FilesystemIterator::SKIP_DOTS);
        $mode    = \RecursiveIteratorIterator::LEAVES_ONLY;
        foreach (new \RecursiveIteratorIterator($entries, $mode, \RecursiveIteratorIterator::CATCH_GET_CHILD) as $path => $entry) {
            if (substr($path, -4) === '.bin' && ! $entry->isLink()) {
                yield $path => substr($path, strlen($folder), -4);
            }
        }
    }
}

/** Files (path below the root => SHA-1) that are others for PHP-FPM. One that it may not read is not for visitors. */
function foreign(string $root, array $sums): array
{
    $other = array_filter(array_keys($sums), static function (string $file) use ($root, $sums): bool {
        $path = "$root/$file";

        return is_readable($path) ? @sha1_file($path) !== $sums[$file] : ! file_exists($path) && is_readable(dirname($path));
    });

    return array_values($other);
}

function answerTo(array $order): array
{
    $root = (string) $order['root'];
    clearstatcache(true);
    $trusted = ini_get('opcache.validate_timestamps') ? '' : (string) ini_get('opcache.file_cache');
    $answer  = ['fileCache' => $trusted ?: null, 'foreign' => foreign($root, (array) ($order['sums'] ?? [])), 'old' => [], 'closed' => false];
    if (! extension_loaded('Zend OPcache') || ! ini_get('opcache.enable')) {
        return $answer;
    }
    $status = function_exists('opcache_get_status') ? @opcache_get_status(true) : false;
    if (! is_array($status)) {
        return ['closed' => true] + $answer;
    }
    $compiled = new Compiled($root, (string) $order['writable'], $status);

    return ['old' => $order['since'] === null ? $compiled->outdated() : $compiled->renew((int) $order['since'])] + $answer;
}

$order = json_decode((string) file_get_contents('php://input'), true);
try {
    $answer = ['ok' => true, 'answer' => answerTo($order)];
} catch (\Throwable $fault) {
    $answer = ['ok' => false, 'phase' => 'opcache', 'message' => $fault->getMessage(), 'file' => null, 'line' => null];
}
echo $order['nonce'], json_encode($answer, JSON_UNESCAPED_SLASHES | JSON_INVALID_UTF8_SUBSTITUTE), $order['nonce'], "\n";
