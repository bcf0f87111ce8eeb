<?php

/*
 * One session through the application's own handler: written, read back by a second handler, destroyed.
 * The data is ours, and no row of a visitor is read.
 */

namespace Ci4Deploy;

run(static function (Reply $reply): array {
    $reply->phase = 'canary';
    $settings     = sessionSettings();
    if (! $settings['inDatabase']) {
        throw new \RuntimeException("Sessions are not in a database: the handler is {$settings['driver']}.");
    }
    $connection = sessionConnection($settings);
    $rows       = new Rows($connection, queriedTable($connection, $settings['savePath']));

    // As long as the ids of real visitors, so that a column which is too short shows.
    $id = bin2hex(random_bytes(16));
    try {
        return fly($settings, $rows, $id);
    } catch (\Throwable $fault) {
        throw $rows->explained($fault);
    } finally {
        $rows->remove($id);
    }
});

function fly(array $settings, Rows $rows, string $id): array
{
    $data   = "ci4_deploy|s:4:\"\0\xff\x01\n\";";
    $writer = handler($settings);
    $writer->read($id);
    $written = $writer->write($id, $data);
    $writer->close();

    $reader = handler($settings);
    $same   = $reader->read($id) === $data;
    $row    = $rows->stamp($id);
    $reader->destroy($id);
    $reader->close();

    return [
        'handler' => get_class($reader),
        'written' => $written,
        'same'    => $same,
        'stamp'   => $row === null ? null : (int) $row->stamp,
        'clock'   => $row === null ? null : (int) $row->clock,
        'left'    => $rows->count($id),
    ];
}

/** The handler as the application makes it: from 4.2 on that is a subclass for the database at hand. */
function handler(array $settings): \SessionHandlerInterface
{
    // Under the command line the session object itself starts nothing.
    $session = \Config\Services::session(null, false);
    $handler = (function () {
        return $this->driver;
    })->call($session);
    $handler->open($settings['savePath'], $settings['cookieName']);

    return $handler;
}

/** The canary's rows, looked up past the handler. */
final class Rows
{
    private object $connection;
    private string $table;

    public function __construct(object $connection, string $table)
    {
        $this->connection = $connection;
        $this->table      = $connection->escapeIdentifiers($table);
    }

    /** Seconds the handler wrote, and those of the server's clock; null when there is no row. */
    public function stamp(string $id): ?object
    {
        // Up to 4.1.1 the column holds seconds; later it holds a date, in whatever type.
        return $this->ask(
            'SELECT IF(ABS(CAST(`timestamp` + 0 AS SIGNED) - CAST(UNIX_TIMESTAMP() AS SIGNED)) < 86400, '
            . '`timestamp` + 0, COALESCE(UNIX_TIMESTAMP(`timestamp`), 0)) AS stamp, UNIX_TIMESTAMP() AS clock '
            . "FROM {$this->table} WHERE id LIKE ? LIMIT 1",
            $id
        )->getRow();
    }

    public function count(string $id): int
    {
        return (int) $this->ask("SELECT COUNT(*) AS n FROM {$this->table} WHERE id LIKE ?", $id)->getRow()->n;
    }

    /** Leaves nothing behind when the handler failed half-way; that failure is the one to be reported. */
    public function remove(string $id): void
    {
        try {
            $this->ask("DELETE FROM {$this->table} WHERE id LIKE ?", $id);
        } catch (\Throwable $ignored) {
            return;
        }
    }

    /** With DBDebug off the handler trips over a false result, and only the connection knows why. */
    public function explained(\Throwable $fault): \Throwable
    {
        $why = (string) ($this->connection->error()['message'] ?? '');
        if ($why === '' || strpos($fault->getMessage(), $why) !== false) {
            return $fault;
        }

        return new \RuntimeException($fault->getMessage() . " ($why)", 0, $fault);
    }

    /** @return object|bool a result, or true for a statement without one */
    private function ask(string $sql, string $id)
    {
        // From 4.2.11 on the cookie's name stands before the id, and a column which is too short cuts its end.
        $result = $this->connection->query($sql, ['%' . substr($id, 0, 16) . '%']);
        if ($result === false) {
            throw new \RuntimeException((string) $this->connection->error()['message']);
        }

        return $result;
    }
}
