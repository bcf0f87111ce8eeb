<?php

/*
 * Hands sessions over from one of CodeIgniter's handlers to the other, in both directions, without the application: it needs
 * no framework and boots none. What it prints about sessions are numbers.
 */

namespace Ci4Deploy;

/** Where sessions are kept. An entry is `id => [data, seconds since 1970 of the last request]`. */
interface Store
{
    /** Its own clock. */
    public function now(): int;

    /** Every session that holds something: id => seconds of its last request. */
    public function stamps(): array;

    /**
     * Ids that are new since then, found as fast as can be: a look at all of 100,000 takes half a second.
     *
     * @param array $known id => anything
     */
    public function arrivals(array $known): array;

    /** Ids that were there at the last stamps() and are in a request right now. */
    public function busy(): array;

    /** Those that are there and not empty. */
    public function read(array $ids): array;

    public function write(array $entries): void;

    /** As the new home: locks an id as the handler does, so that its visitor waits. */
    public function hold(string $id): bool;

    /** As the old home: locks an id if nobody has it; true as well when there is no such session any more. */
    public function seize(string $id): bool;

    public function free(string $id): void;

    /**
     * Of these, those that were brought here by a deploy of this site: marked as such, or not used since `$until`, when
     * all that was here was copied to the other home. Whatever else lies here belongs to visitors or to another application.
     *
     * @param int $until seconds since 1970; 0 when there was no such copy
     *
     * @return int how many are gone
     */
    public function remove(array $ids, int $until): int;
}

/** PHP's own rule for ids (session.sid_length, session.sid_bits_per_character): nothing else may become a path or a lock. */
function isId(string $text): bool
{
    return preg_match('~\A[0-9a-zA-Z,-]{22,256}\z~', $text) === 1;
}
