<?php

/* Rights that the statements of a migration need in MySQL and MariaDB, from its tokens. Continues migration.php. */

namespace Ci4Deploy;

/** Names of rights, sorted; what the source does not tell is left out. */
function rights(array $body): array
{
    $found = [];
    foreach ($body as $i => [$id, $text]) {
        if ($id === T_STRING && textAt($body, $i + 1) === '(') {
            $found = array_merge($found, rightsOfCall(strtolower($text)));
        } elseif ($id === T_CONSTANT_ENCAPSED_STRING) {
            $found = array_merge($found, rightsOfSql(unquoted($text)));
        } elseif ($id === T_ENCAPSED_AND_WHITESPACE) {
            $found = array_merge($found, rightsOfSql($text));
        }
    }
    $found = array_values(array_unique($found));
    sort($found);

    return $found;
}

/** What CodeIgniter's Forge and query builder send to MySQL for a call of this name. */
function rightsOfCall(string $name): array
{
    return [
        'createtable'       => ['CREATE'],
        'droptable'         => ['DROP'],
        'renametable'       => ['ALTER', 'DROP', 'CREATE', 'INSERT'],
        'addcolumn'         => ['ALTER'],
        'modifycolumn'      => ['ALTER'],
        'dropcolumn'        => ['ALTER'],
        'addforeignkey'     => ['REFERENCES'],
        'dropforeignkey'    => ['ALTER'],
        'dropkey'           => ['INDEX'],
        'dropprimarykey'    => ['ALTER'],
        'processindexes'    => ['ALTER'],
        'createdatabase'    => ['CREATE'],
        'dropdatabase'      => ['DROP'],
        'insert'            => ['INSERT'],
        'insertbatch'       => ['INSERT'],
        'update'            => ['UPDATE'],
        'updatebatch'       => ['UPDATE'],
        'truncate'          => ['DROP'],
    ][$name] ?? [];
}

/** What a statement in a string needs; anything that is no such statement needs nothing. */
function rightsOfSql(string $sql): array
{
    $verbs = [
        '~^\s*CREATE\s+(?:TEMPORARY\s+)?TABLE\b~i'            => ['CREATE'],
        '~^\s*CREATE\s+(?:UNIQUE\s+|FULLTEXT\s+)?INDEX\b~i'   => ['INDEX'],
        '~^\s*DROP\s+INDEX\b~i'                               => ['INDEX'],
        '~^\s*ALTER\s+TABLE\b~i'                              => ['ALTER'],
        '~^\s*DROP\s+(?:TEMPORARY\s+)?TABLE\b~i'              => ['DROP'],
        '~^\s*TRUNCATE\b~i'                                   => ['DROP'],
        '~^\s*RENAME\s+TABLE\b~i'                             => ['ALTER', 'DROP', 'CREATE', 'INSERT'],
        '~^\s*CREATE\s+(?:DEFINER\s*=\s*\S+\s+)?TRIGGER\b~i'  => ['TRIGGER'],
        '~^\s*CREATE\s+(?:OR\s+REPLACE\s+)?.*?\bVIEW\b~i'     => ['CREATE VIEW'],
        '~^\s*(?:INSERT|REPLACE)\b~i'                         => ['INSERT'],
        '~^\s*UPDATE\b~i'                                     => ['UPDATE'],
        '~^\s*DELETE\b~i'                                     => ['DELETE'],
        '~\bREFERENCES\s+[`"\w]~i'                            => ['REFERENCES'],
    ];
    $found = [];
    foreach ($verbs as $verb => $rights) {
        if (preg_match($verb, $sql)) {
            $found = array_merge($found, $rights);
        }
    }

    return $found;
}
