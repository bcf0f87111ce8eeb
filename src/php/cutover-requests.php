<?php

/* Requests that run at the moment of the cutover. Continues cutover-copy.php. */

namespace Ci4Deploy;

/**
 * The requests that PHP-FPM served at one moment, as connections to its sockets: everybody may read them (proc(5),
 * /proc/net/unix and /proc/net/tcp). One that waits to be accepted has no inode yet, and begins later.
 */
final class Requests
{
    /** What `listen` of each pool says. */
    private array $sockets;
    /** Inode => true; null where nobody can tell. */
    private ?array $open;
    /** Our own request is one of them, and ends last. */
    private int $ours;

    /** @param array $sockets `listen` of all pools that serve the site; none where nobody knows them */
    public function __construct(array $sockets)
    {
        $this->sockets = $sockets;
        $this->ours    = PHP_SAPI === 'cli' ? 0 : 1;
        $this->open    = $this->seen();
    }

    /** Whether all of them have ended. */
    public function over(): bool
    {
        if ($this->open === null) {
            return false;
        }
        $now        = $this->seen();
        $this->open = $now === null ? null : array_intersect_key($this->open, $now);

        return $this->open !== null && count($this->open) <= $this->ours;
    }

    private function seen(): ?array
    {
        $all = $this->sockets === [] ? null : [];
        foreach ($this->sockets as $socket) {
            $some = $socket[0] === '/' ? $this->unix($socket) : $this->tcp($socket);
            $all  = $all === null || $some === null ? null : $all + $some;
        }

        return $all;
    }

    /** Inodes of the connections to a path; null when nobody listens there for all that is to be seen from here. */
    private function unix(string $path): ?array
    {
        $found   = [];
        $listens = false;
        foreach ((array) @file('/proc/net/unix', FILE_IGNORE_NEW_LINES) as $line) {
            $fields = preg_split('/\s+/', (string) $line, 8);
            if (($fields[7] ?? '') !== $path) {
                continue;
            }
            // __SO_ACCEPTCON of the kernel.
            $listens = $listens || (hexdec($fields[3]) & 0x10000) !== 0;
            if ($fields[5] === '03' && $fields[6] !== '0') {
                $found[$fields[6]] = true;
            }
        }

        return $listens ? $found : null;
    }

    /** The same for `9000` or `127.0.0.1:9000`. */
    private function tcp(string $address): ?array
    {
        $port    = sprintf(':%04X', (int) substr((string) strrchr(":$address", ':'), 1));
        $found   = [];
        $listens = false;
        foreach (['/proc/net/tcp', '/proc/net/tcp6'] as $file) {
            foreach ((array) @file($file, FILE_IGNORE_NEW_LINES) as $line) {
                $fields = preg_split('/\s+/', trim((string) $line));
                if (substr($fields[1] ?? '', -5) !== $port) {
                    continue;
                }
                $listens = $listens || $fields[3] === '0A';
                if ($fields[3] !== '0A' && ($fields[9] ?? '0') !== '0') {
                    $found[$fields[9]] = true;
                }
            }
        }

        return $listens ? $found : null;
    }
}
