<?php

/* From one store to the other, in bulk. Continues cutover-store.php. */

namespace Ci4Deploy;

/** Brings the sessions of one store into another. */
final class Copy
{
    private const PORTION = 500;

    private Store $from;
    private Store $to;
    /** Seconds after which a session is over. */
    private int $expiration;
    /** The old home is right whatever the new one holds; else whichever is newer is right. */
    private bool $sourceIsRight;
    /** What lies in the new home and was not used since then had been copied to the old one: see Store::remove(). */
    private int $broughtUntil;
    private array $counts = ['copied' => 0, 'removed' => 0, 'left' => 0];

    public function __construct(Store $from, Store $to, int $expiration, bool $sourceIsRight, int $broughtUntil)
    {
        $this->from          = $from;
        $this->to            = $to;
        $this->expiration    = $expiration;
        $this->sourceIsRight = $sourceIsRight;
        $this->broughtUntil  = $broughtUntil;
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
    public function bulk(float $until): array
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
        $this->forget($this->ended($there, $here, $now));

        return $there;
    }

    /** @return array the old home's entries of those that were there, whichever side was right */
    public function copy(array $ids): array
    {
        $entries = $there = $this->from->read($ids);
        if (! $this->sourceIsRight) {
            foreach ($this->to->read($ids) as $id => [, $stamp]) {
                if ($stamp > ($there[$id][1] ?? 0)) {
                    unset($entries[$id]);
                }
            }
        }
        $this->to->write($entries);
        $this->counts['copied'] += count($entries);

        return $there;
    }

    /** Visitors who have logged out since the copy. */
    public function forget(array $ids): void
    {
        if ($ids !== [] && $this->sourceIsRight) {
            $this->counts['removed'] += $this->to->remove($ids, $this->broughtUntil);
        }
    }

    /** A visitor who has logged out is not logged in again by an older copy. What is expired is left as it is. */
    private function ended(array $there, array $here, int $now): array
    {
        return array_keys(array_filter(array_diff_key($here, $there), function (int $stamp) use ($now): bool {
            return $stamp >= $now - $this->expiration;
        }));
    }
}
