<?php

/* The moment of the cutover, and earlier requests that go on after it. Continues cutover-copy.php. */

namespace Ci4Deploy;

/**
 * Who may come is locked at the new home before the cutover. After it, everybody gets what his last request under the old
 * handler wrote, as soon as that is over, whether it opened his session before the cutover or after it.
 */
final class Drain
{
    public const NOTHING = ['held' => 0, 'late' => 0, 'undecided' => 0, 'waited' => 0];

    /** Sessions that are locked at the cutover: MySQL takes some hundred locks in milliseconds, and 100,000 in minutes. */
    private const MOST = 400;

    /**
     * Seconds for requests that have read the old .env and not opened their session yet. Longer than this plus the copying
     * no visitor shall wait; who comes later than that is found when he comes.
     */
    private const PAUSE = 0.12;

    /** Seconds after which a visitor goes on with what there is, though a request of his still runs. */
    private const LIMIT = 60;

    private Store $from;
    private Store $to;
    private Copy $copy;
    /** What the old home held: id => seconds. */
    private array $known;
    /** Locked at the new home before the cutover, and not brought yet: id => true. */
    private array $held = [];
    /** The same for those whose request was found after it. */
    private array $late = [];
    /** What was in either home when a session was brought: id => [hash, hash]. */
    private array $brought = [];
    private array $counts  = self::NOTHING;

    public function __construct(Store $from, Store $to, Copy $copy, array $known)
    {
        $this->from  = $from;
        $this->to    = $to;
        $this->copy  = $copy;
        $this->known = $known;
    }

    public function counts(): array
    {
        return $this->counts;
    }

    /** Locks who may come within the next moments. Nobody waits before the cutover. */
    public function hold(int $recent): void
    {
        $since = $this->from->now() - $recent;
        for ($pass = 0, $before = -1; $pass < 3 && count($this->held) > $before; $pass++) {
            $before = count($this->held);
            $stamps = $this->from->stamps();
            arsort($stamps);
            $lively = array_filter($stamps, static function (int $stamp) use ($since): bool {
                return $stamp >= $since;
            });
            $this->lock(array_merge($this->from->busy(), array_keys($lively)), $this->held);
        }
        $this->lock($this->from->arrivals($this->known), $this->held);
        $this->counts['held'] = count($this->held);
    }

    /**
     * Brings everybody his session, and looks after requests that had chosen the old handler before the cutover: until the
     * last of them is over, or for so many seconds where nobody can tell.
     */
    public function settle(int $watch, Requests $requests): void
    {
        $began = microtime(true);
        $quick = [
            new Look(0.01, function (): array { return $this->from->arrivals($this->known); }),
            new Look(0.01, function (): array { return $this->from->busy(); }),
            new Look(0.1, function (): array { return $this->changed(); }),
        ];
        $slow = new Look(0.5, function (): array { return $this->touched(); });
        $passed = 0;
        $last   = $forced = false;
        do {
            // First: what they wrote is found by the looks that begin after their end.
            $ended = $passed >= $watch || $requests->over();
            foreach ($quick as $look) {
                $this->lock($look->found($ended && ! $forced), $this->late);
            }
            $forced = $ended;
            // Who is locked shall not wait for a look at 100,000 files.
            if ($this->isOver()) {
                $this->lock($slow->found($ended && ! $last), $this->late);
                $last = $ended;
            }
            if ($this->held !== [] && ($ended || microtime(true) - $began > self::PAUSE)) {
                $this->deliver($this->seized($this->held));
                $this->counts['waited'] = (int) ((microtime(true) - $began) * 1000);
            }
            array_map([$this, 'decide'], $this->seized($this->late));
            usleep(2000);
            $passed = microtime(true) - $began;
        } while (! ($last && $this->isOver()) && $passed < max($watch, self::LIMIT));
        $this->deliver(array_keys($this->held));
        array_map([$this, 'decide'], array_keys($this->late));
    }

    private function isOver(): bool
    {
        return $this->held === [] && $this->late === [];
    }

    /** @param array $among id => true, to which is added who is not waiting yet and can be locked */
    private function lock(array $ids, array &$among): void
    {
        foreach ($ids as $id) {
            if (! isset($this->held[$id]) && ! isset($this->late[$id]) && count($among) < self::MOST && $this->to->hold($id)) {
                $among[$id]        = true;
                $this->known[$id] ??= 0;
            }
        }
    }

    /** Some of these whose last request is over. */
    private function seized(array $waiting): array
    {
        $ready = [];
        foreach (array_keys($waiting) as $id) {
            if (count($ready) < 50 && $this->from->seize($id)) {
                $ready[] = $id;
            }
        }

        return $ready;
    }

    /** To those who were locked before the cutover: nobody can have written at the new home. */
    private function deliver(array $ids): void
    {
        $there = $this->copy->copy($ids);
        $this->copy->forget(array_values(array_diff($ids, array_keys($there))));
        $this->done($ids, $there);
        $this->held = array_diff_key($this->held, array_flip($ids));
    }

    /** To one whose request was found after the cutover: he may have been at the new home in the meantime. */
    private function decide(string $id): void
    {
        $old = $this->from->read([$id]);
        $new = $this->to->read([$id]);
        if ($this->differs($id, $old) && ! $this->isWritten($id, $new)) {
            $this->to->write($old);
            if ($old === []) {
                $this->copy->forget([$id]);
            }
            $this->counts['late']++;
        } elseif ($this->differs($id, $old)) {
            $this->counts['undecided']++;
        }
        $this->done([$id], $old);
        unset($this->late[$id]);
    }

    private function differs(string $id, array $old): bool
    {
        if (isset($this->brought[$id])) {
            return $this->brought[$id][0] !== hashOf($old, $id);
        }

        return ($old[$id][1] ?? 0) !== $this->known[$id];
    }

    /**
     * Whether the new handler has written. A session that began under the old one and whose visitor met the new one before
     * its row was there has nothing in that row.
     */
    private function isWritten(string $id, array $new): bool
    {
        if (isset($this->brought[$id])) {
            return $this->brought[$id][1] !== hashOf($new, $id);
        }

        return $this->known[$id] > 0 && ($new[$id][1] ?? 0) > $this->known[$id];
    }

    private function done(array $ids, array $there): void
    {
        $here = $this->to->read($ids);
        foreach ($ids as $id) {
            $this->brought[$id] = [hashOf($there, $id), hashOf($here, $id)];
            $this->known[$id]   = $there[$id][1] ?? 0;
            $this->to->free($id);
            $this->from->free($id);
        }
    }

    /** Who has something else in the old home than was brought: a request may open and close a session between two looks. */
    private function changed(): array
    {
        $old = $this->from->read(array_keys($this->brought));

        return array_keys(array_filter($this->brought, static function (array $was, string $id) use ($old): bool {
            return $was[0] !== hashOf($old, $id);
        }, ARRAY_FILTER_USE_BOTH));
    }

    /** The same for those who were not expected, and had nothing locked. */
    private function touched(): array
    {
        return array_keys(array_filter($this->from->stamps(), function (int $stamp, string $id): bool {
            return $stamp > ($this->known[$id] ?? 0);
        }, ARRAY_FILTER_USE_BOTH));
    }
}

/** One way of looking for requests that go on under the old handler: as often as can be, and no more than half of the time. */
final class Look
{
    private float $seconds;
    private \Closure $ids;
    private float $next = 0;

    public function __construct(float $seconds, \Closure $ids)
    {
        $this->seconds = $seconds;
        $this->ids     = $ids;
    }

    /** @param bool $now however short a time ago the last one was */
    public function found(bool $now = false): array
    {
        $began = microtime(true);
        if ($began < $this->next && ! $now) {
            return [];
        }
        $ids        = ($this->ids)();
        $now        = microtime(true);
        $this->next = $now + max($this->seconds, 2 * ($now - $began));

        return $ids;
    }
}

function hashOf(array $entries, string $id): string
{
    return isset($entries[$id]) ? md5($entries[$id][0]) : '';
}
