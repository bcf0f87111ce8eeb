<?php

// Runs every way of writing a migration with the real runner, each in a database of its own, and prints what came of it.

namespace App\Commands;

use CodeIgniter\CLI\BaseCommand;
use Config\Database;
use Config\Services;
use Throwable;

class BuildCorpus extends BaseCommand
{
    protected $group       = 'Corpus';
    protected $name        = 'corpus:build';
    protected $description = 'Builds every table of the corpus.';

    public function run(array $params)
    {
        $folder = (string) getenv('CORPUS');
        $reported   = [];

        foreach (json_decode(file_get_contents($folder . '/corpus.json'), true) as $number => $written) {
            $reported[] = $this->build($folder, $number, $written) + ['name' => $written['name']];
        }
        $version = Database::connect()->query('SELECT VERSION() AS version')->getRow()->version;
        file_put_contents($folder . '/built.json', json_encode(['version' => $version, 'built' => $reported]));
    }

    private function build(string $folder, int $number, array $written): array
    {
        $namespace = 'Case' . $number;
        $place     = $folder . '/' . $namespace . '/Database/Migrations';
        mkdir($place, 0777, true);

        foreach ($written['files'] as $at => $text) {
            $text = str_replace('App\Database\Migrations', $namespace . '\Database\Migrations', $text);
            file_put_contents(sprintf('%s/2026-01-%02d-000000_Step.php', $place, $at + 1), $text);
        }
        Services::autoloader()->addNamespace($namespace, $folder . '/' . $namespace);

        $db     = Database::connect();
        $schema = 'corpus_' . $number;
        $db->query('DROP DATABASE IF EXISTS ' . $schema);
        $db->query('CREATE DATABASE ' . $schema . ' CHARACTER SET utf8mb4');
        $db->setDatabase($schema);
        $db->resetDataCache();
        $error = null;

        try {
            Services::migrations(null, null, false)->setNamespace($namespace)->latest();
        } catch (Throwable $problem) {
            $error = $problem->getMessage();
        }

        $described = $this->describe($schema);
        // Up to 4.1.3 getForeignKeyData() also answers with foreign keys of other databases.
        $db->query('DROP DATABASE ' . $schema);

        return ['error' => $error] + $described;
    }

    private function describe(string $schema): array
    {
        $db = Database::connect();
        // The migration may have left another database, or a transaction, behind.
        $rows = static fn (string $sql): array => $db->query($sql, [$schema])->getResultArray();
        $from = static fn (string $table, string $column): string => " FROM information_schema.{$table} WHERE {$column}_SCHEMA = ? AND "
            . ($column === 'TABLE' ? 'TABLE_NAME' : 'EVENT_OBJECT_TABLE') . " = 'ci_sessions'";

        return [
            'tables' => $rows('SELECT TABLE_NAME AS name, TABLE_TYPE AS kind, ENGINE AS engine, ROW_FORMAT AS rowFormat, CREATE_OPTIONS AS options' . $from('TABLES', 'TABLE')),
            'columns' => $rows('SELECT COLUMN_NAME AS name, COLUMN_TYPE AS type, IS_NULLABLE AS nullable, COLUMN_DEFAULT AS fallback, EXTRA AS extra' . $from('COLUMNS', 'TABLE') . ' ORDER BY ORDINAL_POSITION'),
            'indexes' => $rows('SELECT *' . $from('STATISTICS', 'TABLE') . ' ORDER BY INDEX_NAME, SEQ_IN_INDEX'),
            'triggers' => $rows('SELECT TRIGGER_NAME AS name, ACTION_TIMING AS timing, EVENT_MANIPULATION AS event' . $from('TRIGGERS', 'EVENT_OBJECT')),
        ];
    }
}
