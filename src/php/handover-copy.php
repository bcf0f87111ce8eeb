<?php

/* From one store to the other: in bulk while nobody waits, and at the flip. Continues handover-store.php. */

namespace Ci4Deploy;

/** Brings the sessions of one store into another. */
final class Copy
{
    private const PORTION = 500;

    /** Sessions that are locked at the flip: MySQL takes some hundred locks in milliseconds, and 100,000 in minutes. */
    private const MOST = 400;

    private Store $from;
    private Store $to;
    /** Seconds after which a session is over. */
    private int $expiration;
    /** The old home is right whatever the new one holds; else whichever is newer is right. */
    private bool $sourceIsRight;
    private array $counts = ['copied' => 0, 'removed' => 0, 'held' => 0, 'late' => 0, 'undecided' => 0, 'left' => 0, 'waited' => 0];

    public function __construct(Store $from, Store $to, int $expiration, bool $sourceIsRight)
    {
        $this->from          = $from;
        $this->to            = $to;
        $this->expiration    = $expiration;
        $this->sourceIsRight = $sourceIsRight;
    }

    public function counts(): array
    {
        return $this->counts;
    }

    /**
     * Copies what differs, and takes away what the visitor has ended meanwhile. Nobody waits for it.
     *
     * @return array what the old home held: id => seconds
     */
    public function level(float $until): array
    {
        $now    = $this->from->now();
        $there  = $this->from->stamps();
        $here   = $this->to->stamps();
        $todo   = [];
        foreach ($there as $id => $stamp) {
            $other = $here[$id] ?? null;
            $same  = $other === $stamp || ($other > $stamp && ! $this->sourceIsRight);
            if (! $same && $stamp >= $now - $this->expiration) {
                $todo[] = $id;
            }
        }
        $this->counts['left'] = 0;
        foreach (array_chunk($todo, self::PORTION) as $number => $ids) {
            if (microtime(true) > $until) {
                $this->counts['left'] = count($todo) - $number * self::PORTION;
                break;
            }
            $this->copy($ids);
        }
        $this->counts['removed'] += $this->to->remove($this->ended($there, $here, $now));

        return $there;
    }

    /** Locks whoever may come within the next moments. Nobody waits before the flip. */
    public function hold(int $recent): array
    {
        $held  = [];
        $since = $this->from->now() - $recent;
        for ($pass = 0, $fresh = 1; $pass < 3 && $fresh > 0; $pass++) {
            $fresh  = 0;
            $stamps = $this->from->stamps();
            arsort($stamps);
            $lively = array_filter($stamps, static function (int $stamp) use ($since): bool {
                return $stamp >= $since;
            });
            foreach (array_merge($this->from->busy(), array_keys($lively)) as $id) {
                if (! isset($held[$id]) && count($held) < self::MOST && $this->to->hold($id)) {
                    $held[$id] = $stamps[$id] ?? 0;
                    $fresh++;
                }
            }
        }
        $this->counts['held'] = count($held);

        return $held;
    }

    /** Who has come since the last look at all. Before the flip they are locked as well. */
    public function holdArrivals(array $seen, array $held): array
    {
        foreach ($this->from->arrivals($seen + $held) as $id) {
            if (count($held) < self::MOST && $this->to->hold($id)) {
                $held[$id] = 0;
            }
        }
        $this->counts['held'] = count($held);

        return $held;
    }

    /** Right after the flip they are brought first: nothing makes them wait at the new handler. */
    public function bringArrivals(array $seen, int $flip): array
    {
        foreach ($this->from->arrivals($seen) as $id) {
            $entry = $this->from->read([$id])[$id] ?? null;
            if ($entry !== null && $this->bring($id, false, $flip)) {
                $seen[$id] = $entry[1];
            }
        }

        return $seen;
    }

    /** After the flip: every visitor who waits gets his session, as soon as his last request under the old handler is over. */
    public function drain(array $held, float $limit): array
    {
        $began   = microtime(true);
        $pending = array_keys($held);
        $copied  = [];
        while ($pending !== [] && microtime(true) - $began < $limit) {
            $ready = [];
            foreach ($pending as $id) {
                if (count($ready) < 50 && $this->from->seize($id)) {
                    $ready[] = $id;
                }
            }
            if ($ready === []) {
                usleep(2000);
                continue;
            }
            $copied += $this->deliver($ready);
            $pending = array_diff($pending, $ready);
            // Whoever is in a request of his own waits for that, as he would have before.
            $this->counts['waited'] = (int) ((microtime(true) - $began) * 1000);
        }
        foreach ($pending as $id) {
            $copied += $this->deliver([$id]);
        }

        return $copied;
    }

    /**
     * Requests that had chosen the old handler before the flip, and opened their session after it.
     *
     * @param array $seen what the old home held: id => seconds
     * @param int   $flip seconds on the clock of the new home
     */
    public function lookAgain(array $seen, int $flip, float $until): void
    {
        for ($quick = microtime(true) + 0.5; microtime(true) < $quick; usleep(40_000)) {
            $seen = $this->bringArrivals($seen, $flip);
        }
        do {
            $now = $this->from->stamps();
            foreach ($now as $id => $stamp) {
                if ($stamp > ($seen[$id] ?? 0) && $this->bring($id, isset($seen[$id]), $flip)) {
                    $seen[$id] = $stamp;
                }
            }
            usleep(200_000);
        } while (microtime(true) < $until);
    }

    private function bring(string $id, bool $known, int $flip): bool
    {
        if (! $this->to->hold($id)) {
            return false;
        }
        try {
            if (! $this->from->seize($id)) {
                return false;
            }
            $stamp = $this->to->read([$id])[$id][1] ?? 0;
            // Both handlers have written: the newer one goes on. A session that began under the old handler and whose visitor
            // met the new one before its row was there has nothing in that row.
            if ($known && $stamp > $flip) {
                $this->counts['undecided']++;
            } else {
                $this->to->write($this->from->read([$id]));
                $this->counts['late']++;
            }
        } finally {
            $this->to->free($id);
            $this->from->free($id);
        }

        return true;
    }

    private function deliver(array $ids): array
    {
        $copied = $this->copy($ids);
        $gone   = array_values(array_diff($ids, array_keys($copied)));
        if ($gone !== [] && $this->sourceIsRight) {
            $this->counts['removed'] += $this->to->remove($gone);
        }
        foreach ($ids as $id) {
            $this->to->free($id);
            $this->from->free($id);
        }

        return $copied;
    }

    /** @return array id => seconds of those that were there */
    private function copy(array $ids): array
    {
        $entries = $this->from->read($ids);
        $stamps  = array_map(static function (array $entry): int {
            return $entry[1];
        }, $entries);
        if (! $this->sourceIsRight) {
            foreach ($this->to->read($ids) as $id => [, $stamp]) {
                if ($stamp > ($stamps[$id] ?? 0)) {
                    unset($entries[$id]);
                }
            }
        }
        $this->to->write($entries);
        $this->counts['copied'] += count($entries);

        return $stamps;
    }

    /** A visitor who has logged out is not logged in again by a copy of before. What is expired is left as it is. */
    private function ended(array $there, array $here, int $now): array
    {
        if (! $this->sourceIsRight) {
            return [];
        }

        return array_keys(array_filter(array_diff_key($here, $there), function (int $stamp) use ($now): bool {
            return $stamp >= $now - $this->expiration;
        }));
    }
}
