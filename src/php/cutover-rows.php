<?php

/* Sessions as CodeIgniter's DatabaseHandler keeps them on MySQL and MariaDB. Continues cutover-store.php. */

namespace Ci4Deploy;

/** One row for each session, locked with GET_LOCK(md5(id)) from the start of a request to its end. */
final class Rows implements Store
{
    private \mysqli $connection;
    private string $table;
    private string $prefix;
    /** The address of a row that a deploy of this site brought: the handler never changes it, and asks for it only with matchIP. */
    private string $mark;
    private int $capacity;
    private int $tooLong = 0;

    public function __construct(\mysqli $connection, string $table, string $prefix, string $mark)
    {
        $this->connection = $connection;
        $this->table      = '`' . str_replace('`', '``', $table) . '`';
        $this->prefix     = $prefix;
        $this->mark       = $connection->real_escape_string($mark);
        [$type, $length]  = $this->columns($table);
        $this->capacity   = $length;
        // A TIMESTAMP is the same second in every zone, but twice a year not in one with daylight saving time. A DATETIME is
        // what the application's own connection makes of it, which is the server's zone.
        if ($type === 'timestamp') {
            $this->connection->query("SET time_zone = '+00:00'");
        }
        // What does not fit is an error, never cut.
        $this->connection->query("SET sql_mode = 'STRICT_ALL_TABLES'");
    }

    /** Sessions that were left out because the column does not hold them. */
    public function tooLong(): int
    {
        return $this->tooLong;
    }

    public function now(): int
    {
        return (int) $this->value('SELECT UNIX_TIMESTAMP()');
    }

    public function stamps(): array
    {
        $stamps = [];
        $length = strlen($this->prefix);
        $asked  = 'SELECT id, FLOOR(UNIX_TIMESTAMP(`timestamp`)) FROM ' . $this->table . " WHERE `data` <> '' AND " . $this->ours();
        // Unbuffered: a hundred thousand rows shall not take the memory of a request.
        $result = $this->connection->query($asked, MYSQLI_USE_RESULT);
        while (($row = $result->fetch_row()) !== null) {
            if (isId($id = substr($row[0], $length))) {
                $stamps[$id] = (int) $row[1];
            }
        }
        $result->free();

        return $stamps;
    }

    public function arrivals(array $known): array
    {
        $asked = "SELECT id FROM {$this->table} WHERE `timestamp` >= NOW() - INTERVAL 10 SECOND AND " . $this->ours();
        $ids   = array_map(function (array $row): string {
            return substr($row[0], strlen($this->prefix));
        }, $this->connection->query($asked)->fetch_all());

        return array_values(array_filter($ids, static function (string $id) use ($known): bool {
            return ! isset($known[$id]) && isId($id);
        }));
    }

    public function busy(): array
    {
        $id    = 'SUBSTR(id, ' . (strlen($this->prefix) + 1) . ')';
        $asked = "SELECT $id FROM {$this->table} WHERE IS_USED_LOCK(MD5($id)) <> CONNECTION_ID() AND " . $this->ours();

        return array_filter(array_column($this->connection->query($asked)->fetch_all(), 0), __NAMESPACE__ . '\\isId');
    }

    public function read(array $ids): array
    {
        $entries = [];
        if ($ids === []) {
            return $entries;
        }
        $length = strlen($this->prefix);
        $asked  = "SELECT id, `data`, FLOOR(UNIX_TIMESTAMP(`timestamp`)) FROM {$this->table} WHERE `data` <> '' AND id IN ({$this->list($ids)})";
        foreach ($this->connection->query($asked)->fetch_all() as [$id, $data, $stamp]) {
            $entries[substr($id, $length)] = [$data, (int) $stamp];
        }

        return $entries;
    }

    public function write(array $entries): void
    {
        $values = [];
        foreach ($entries as $id => [$data, $stamp]) {
            if (strlen($data) > $this->capacity) {
                $this->tooLong++;
                continue;
            }
            // In hexadecimal: no character set touches it.
            $values[] = '(' . $this->quoted($id) . ", '{$this->mark}', FROM_UNIXTIME($stamp), X'" . bin2hex($data) . "')";
        }
        foreach ($this->portions($values) as $some) {
            $this->connection->query(
                "INSERT INTO {$this->table} (id, ip_address, `timestamp`, `data`) VALUES " . implode(',', $some)
                . ' ON DUPLICATE KEY UPDATE `timestamp` = VALUES(`timestamp`), `data` = VALUES(`data`)'
            );
        }
    }

    public function hold(string $id): bool
    {
        return (int) $this->value("SELECT GET_LOCK('" . md5($id) . "', 0)") === 1;
    }

    public function seize(string $id): bool
    {
        return $this->hold($id);
    }

    public function free(string $id): void
    {
        $this->connection->query("DO RELEASE_LOCK('" . md5($id) . "')");
    }

    public function remove(array $ids, int $until): int
    {
        $gone = 0;
        // Without the cookie's name in the id a row may belong to another application.
        $idle = $this->prefix === '' || $until === 0 ? '' : " OR `timestamp` <= FROM_UNIXTIME($until)";
        foreach (array_chunk($ids, 500) as $some) {
            $this->connection->query("DELETE FROM {$this->table} WHERE id IN ({$this->list($some)}) AND (ip_address = '{$this->mark}'$idle)");
            $gone += $this->connection->affected_rows;
        }

        return $gone;
    }

    /** @return array{string, int} type of the date, and bytes that a session may have */
    private function columns(string $table): array
    {
        $named = "'" . $this->connection->real_escape_string($table) . "'";
        $asked = "SELECT LOWER(column_name), LOWER(data_type), character_maximum_length FROM information_schema.columns
            WHERE table_schema = DATABASE() AND table_name = $named AND column_name IN ('timestamp', 'data')";
        $found = [];
        foreach ($this->connection->query($asked)->fetch_all() as [$column, $type, $length]) {
            $found[$column] = $column === 'data' ? (int) $length : $type;
        }
        if (count($found) !== 2) {
            throw new \RuntimeException("the table $table is not there");
        }

        return [$found['timestamp'], $found['data']];
    }

    private function ours(): string
    {
        return $this->prefix === '' ? 'TRUE' : 'LEFT(id, ' . strlen($this->prefix) . ") = '" . $this->connection->real_escape_string($this->prefix) . "'";
    }

    private function list(array $ids): string
    {
        return implode(',', array_map(function ($id): string {
            return $this->quoted($id);
        }, $ids));
    }

    private function quoted(string $id): string
    {
        return "'" . $this->connection->real_escape_string($this->prefix . $id) . "'";
    }

    /** As many as a server takes at once whatever its max_allowed_packet: 1 MiB, or a single one that is larger. */
    private function portions(array $values): iterable
    {
        $some = [];
        $size = 0;
        foreach ($values as $value) {
            if ($some !== [] && $size + strlen($value) > 900_000) {
                yield $some;
                $some = [];
                $size = 0;
            }
            $some[] = $value;
            $size  += strlen($value);
        }
        if ($some !== []) {
            yield $some;
        }
    }

    private function value(string $sql): ?string
    {
        return $this->connection->query($sql)->fetch_row()[0];
    }
}
