<?php

/* Sessions as CodeIgniter's FileHandler keeps them. Continues cutover-store.php. */

namespace Ci4Deploy;

/** One file for each session, `<cookie><id>`, locked with flock() from the start of a request to its end. */
final class Files implements Store
{
    /** Seconds that no request lasts. */
    private const LONG = 3600;

    /** The sticky bit, which means nothing on a file of Linux (chmod(2)) and stays when PHP writes to it: a deploy brought it. */
    private const BROUGHT = 01000;

    private string $folder;
    private string $cookie;
    /** @var array<string, resource> */
    private array $handles = [];
    /** Inode of each id, as of the last stamps(). */
    private array $inodes = [];
    /** Files that had nothing in them for long, as of then: no arrivals. One that is new is somebody's first request. */
    private array $empty = [];

    public function __construct(string $folder, string $cookie)
    {
        $this->folder = rtrim($folder, '/');
        $this->cookie = $cookie;
    }

    public function now(): int
    {
        return time();
    }

    public function stamps(): array
    {
        $names = @scandir($this->folder, SCANDIR_SORT_NONE);
        if ($names === false) {
            throw new \RuntimeException("{$this->folder} cannot be listed by " . user());
        }
        $stamps       = [];
        $this->inodes = [];
        $this->empty  = [];
        $length       = strlen($this->cookie);
        clearstatcache();
        foreach ($names as $name) {
            if (strncmp($name, $this->cookie, $length) !== 0 || ! isId($id = substr($name, $length))) {
                continue;
            }
            $reported = @stat("{$this->folder}/$name");
            if ($reported === false) {
                continue;
            }
            $this->inodes[$id] = $reported['ino'];
            if ($reported['size'] > 0) {
                $stamps[$id] = $reported['mtime'];
            } elseif ($reported['mtime'] < time() - self::LONG) {
                $this->empty[$id] = true;
            }
        }

        return $stamps;
    }

    public function arrivals(array $known): array
    {
        $length = strlen($this->cookie);
        $new    = [];
        foreach (scandir($this->folder, SCANDIR_SORT_NONE) ?: [] as $name) {
            $id = substr($name, $length);
            if (! isset($known[$id]) && ! isset($this->empty[$id]) && strncmp($name, $this->cookie, $length) === 0 && isId($id)) {
                $new[] = $id;
            }
        }

        return $new;
    }

    /** Who is in a request holds a lock, however old the file (proc(5), locks). */
    public function busy(): array
    {
        preg_match_all('~FLOCK\s+ADVISORY\s+WRITE\s.*?:(\d+) 0 EOF~', (string) @file_get_contents('/proc/locks'), $found);
        $locked = array_flip($found[1]);

        return array_keys(array_filter($this->inodes, static function (int $inode) use ($locked): bool {
            return isset($locked[$inode]);
        }));
    }

    /**
     * Null for one that is gone: a log-in makes a new file and takes the old one away. What PHP remembers of a file would
     * call it there, and it may come back at once, so it is looked at again.
     *
     * @return resource|null
     *
     * @throws \RuntimeException when it is there and may not be read
     */
    private function open(string $id)
    {
        for ($tries = 5; $tries > 0; $tries--) {
            $handle = @fopen($this->path($id), 'rb');
            if ($handle !== false) {
                return $handle;
            }
            // Its beginning names the file, and with it a visitor's session.
            $reason = preg_replace('~^.*: ~s', '', error_get_last()['message'] ?? '');
            clearstatcache(true, $this->path($id));
            if (! is_file($this->path($id))) {
                return null;
            }
            usleep(2000);
        }

        throw new \RuntimeException('a session file cannot be read by ' . user() . ": $reason");
    }

    public function read(array $ids): array
    {
        $entries = [];
        foreach ($ids as $id) {
            $handle = $this->handles[$id] ?? $this->open($id);
            if ($handle === null) {
                continue;
            }
            rewind($handle);
            $data  = stream_get_contents($handle);
            $stamp = fstat($handle)['mtime'];
            if (! isset($this->handles[$id])) {
                fclose($handle);
            }
            if ($data !== '' && $data !== false) {
                $entries[$id] = [$data, $stamp];
            }
        }

        return $entries;
    }

    public function write(array $entries): void
    {
        foreach ($entries as $id => [$data, $stamp]) {
            $path   = $this->path($id);
            $handle = $this->handles[$id] ?? fopen($path, 'c+b');
            if ($handle === false) {
                throw new \RuntimeException("{$this->folder} cannot be written to by " . user());
            }
            chmod($path, self::BROUGHT | 0600);
            ftruncate($handle, 0);
            rewind($handle);
            if (fwrite($handle, $data) !== strlen($data) || ! fflush($handle)) {
                throw new \RuntimeException("{$this->folder}: no space left");
            }
            touch($path, $stamp);
            if (! isset($this->handles[$id])) {
                fclose($handle);
            }
        }
    }

    public function hold(string $id): bool
    {
        return $this->lock($id, 'c+b');
    }

    public function seize(string $id): bool
    {
        clearstatcache();

        // One that is gone belongs to a visitor who has logged out: nobody will come to lock it.
        return ! is_file($this->path($id)) || $this->lock($id, 'r+b') || ! is_file($this->path($id));
    }

    public function free(string $id): void
    {
        if (isset($this->handles[$id])) {
            flock($this->handles[$id], LOCK_UN);
            fclose($this->handles[$id]);
            unset($this->handles[$id]);
        }
    }

    /** A visitor may wait for the lock of one that is held: his file is emptied, so that he does not lock what is gone. */
    public function remove(array $ids, int $until): int
    {
        $gone = 0;
        clearstatcache();
        foreach ($ids as $id) {
            $seen = @stat($this->path($id));
            if ($seen === false || (($seen['mode'] & self::BROUGHT) === 0 && $seen['mtime'] > $until)) {
                continue;
            }
            $gone += isset($this->handles[$id]) ? (int) ftruncate($this->handles[$id], 0) : (int) @unlink($this->path($id));
        }

        return $gone;
    }

    private function lock(string $id, string $mode): bool
    {
        $handle = @fopen($this->path($id), $mode);
        if ($handle === false) {
            return false;
        }
        if (fstat($handle)['size'] === 0) {
            chmod($this->path($id), 0600);
        }
        if (! flock($handle, LOCK_EX | LOCK_NB)) {
            fclose($handle);

            return false;
        }
        $this->handles[$id] = $handle;

        return true;
    }

    private function path(string $id): string
    {
        return "{$this->folder}/{$this->cookie}$id";
    }
}
