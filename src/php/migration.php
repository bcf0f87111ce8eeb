<?php

/* What a migration file says about itself, from its tokens alone: loading a broken file would end the program. */

namespace Ci4Deploy;

/** Line of up() and what down() would do. */
function readMigration(string $file): array
{
    $tokens = significantTokens((string) file_get_contents($file));
    $up     = positionOf($tokens, 'up');
    $body   = bodyOf($tokens, 'down');

    return [
        'line'  => $up === null ? 1 : $tokens[$up][2],
        'needs' => ['up' => rights(bodyOf($tokens, 'up') ?? []), 'down' => rights($body ?? [])],
        // Without a down() of its own it inherits one that is not in this file.
        'down'  => $body === null
            ? ['empty' => false, 'drops' => [], 'dropsUnknown' => true]
            : classify($body),
    ];
}

/** Tokens as [id, text, line], without space and comments. The id of a single character is 0. */
function significantTokens(string $code): array
{
    $line  = 1;
    $found = [];
    foreach (@token_get_all($code) as $token) {
        [$id, $text, $line] = is_array($token) ? $token : [0, $token, $line];
        if (! in_array($id, [T_WHITESPACE, T_COMMENT, T_DOC_COMMENT], true)) {
            $found[] = [$id, $text, $line];
        }
    }

    return $found;
}

/** Index of the name in `function name(`. */
function positionOf(array $tokens, string $function): ?int
{
    foreach ($tokens as $i => [$id]) {
        $at = textAt($tokens, $i + 1) === '&' ? $i + 2 : $i + 1;
        if ($id === T_FUNCTION && strcasecmp(textAt($tokens, $at), $function) === 0) {
            return $at;
        }
    }

    return null;
}

/** Tokens between the braces of a function; null when it is not there or has no body. */
function bodyOf(array $tokens, string $function): ?array
{
    $at = positionOf($tokens, $function);
    while ($at !== null && ! in_array(textAt($tokens, $at), ['{', ';', ''], true)) {
        $at++;
    }
    if ($at === null || textAt($tokens, $at) !== '{') {
        return null;
    }
    $body  = [];
    $depth = 1;
    foreach (array_slice($tokens, $at + 1) as $token) {
        $depth += braces($token);
        if ($depth === 0) {
            break;
        }
        $body[] = $token;
    }

    return $body;
}

function braces(array $token): int
{
    if ($token[0] === 0) {
        return ['{' => 1, '}' => -1][$token[1]] ?? 0;
    }

    return in_array($token[0], [T_CURLY_OPEN, T_DOLLAR_OPEN_CURLY_BRACES], true) ? 1 : 0;
}

function textAt(array $tokens, int $i): string
{
    return $tokens[$i][1] ?? '';
}

function classify(array $body): array
{
    $does = array_filter($body, static function (array $token): bool {
        return $token[0] !== T_RETURN && $token[1] !== ';';
    });
    $names = [];
    foreach (array_keys($body) as $i) {
        $names = array_merge($names, namesInCall($body, $i), namesInText($body, $i));
    }

    return [
        'empty'        => $does === [],
        'drops'        => array_values(array_unique(array_filter($names, 'is_string'))),
        'dropsUnknown' => in_array(null, $names, true),
    ];
}

/** Tables a call at this token drops or renames; null stands for one that only running it would name. */
function namesInCall(array $body, int $i): array
{
    if (in_array($body[$i][0], [T_EVAL, T_INCLUDE, T_INCLUDE_ONCE, T_REQUIRE, T_REQUIRE_ONCE], true)) {
        return [null];
    }
    if ($body[$i][0] !== T_STRING || textAt($body, $i + 1) !== '(') {
        return [];
    }
    switch (strtolower($body[$i][1])) {
        case 'droptable':
        case 'renametable':
            return [literalArgument($body, $i + 2)];
        case 'dropdatabase':
            return [null];
        case 'query':
        case 'simplequery':
            return isText($body[$i + 2] ?? [0, '']) ? [] : [null];
        default:
            return callsOwnMethod($body, $i) ? [null] : [];
    }
}

function literalArgument(array $body, int $i): ?string
{
    $whole = in_array(textAt($body, $i + 1), [',', ')'], true);

    return $whole && $body[$i][0] === T_CONSTANT_ENCAPSED_STRING ? unquoted($body[$i][1]) : null;
}

function isText(array $token): bool
{
    return $token[1] === '"' || in_array($token[0], [T_CONSTANT_ENCAPSED_STRING, T_START_HEREDOC], true);
}

/** A method of the migration itself, or its parent's down(), may drop anything. */
function callsOwnMethod(array $body, int $i): bool
{
    $owner = strtolower(textAt($body, $i - 2));
    if (textAt($body, $i - 1) === '::') {
        return in_array($owner, ['parent', 'self', 'static'], true);
    }

    return textAt($body, $i - 1) === '->' && $owner === '$this';
}

function unquoted(string $literal): string
{
    return stripslashes(substr($literal, 1, -1));
}

/** Tables that SQL in a string drops or renames; null for a name that is put together at run time. */
function namesInText(array $body, int $i): array
{
    [$id, $text] = $body[$i];
    if ($id === T_CONSTANT_ENCAPSED_STRING) {
        $goesOn = textAt($body, $i + 1) === '.';
        $text   = unquoted($text);
    } elseif ($id === T_ENCAPSED_AND_WHITESPACE) {
        $next   = $body[$i + 1] ?? [0, ''];
        $goesOn = $next[0] !== T_END_HEREDOC && $next[1] !== '"';
    } else {
        return [];
    }
    // A method name as text is a callable: [$this->forge, 'dropTable'].
    if (preg_match('~^(drop|rename)table$|\bDROP\s+(DATABASE|SCHEMA)\b~i', $text)) {
        return [null];
    }

    return namesInSql($text, $goesOn);
}

/** @param bool $goesOn the text continues with something that is not literal */
function namesInSql(string $sql, bool $goesOn): array
{
    $name  = '[`"]?[\w$.-]+[`"]?(?:\.[`"]?[\w$-]+[`"]?)?';
    $list  = "($name(?:\\s*,\\s*$name)*)?";
    $verbs = [
        "~\\bDROP\\s+(?:TEMPORARY\\s+)?TABLE\\b\\s*(?:IF\\s+EXISTS\\b\\s*)?$list~i",
        "~\\bRENAME\\s+TABLE\\b\\s*$list~i",
        "~\\bALTER\\s+TABLE\\s+$list\\s+RENAME\\s+(?!COLUMN|INDEX|KEY)~i",
    ];
    $found = [];
    foreach ($verbs as $verb) {
        preg_match_all($verb, $sql, $matches, PREG_OFFSET_CAPTURE | PREG_SET_ORDER);
        foreach ($matches as $match) {
            [$names, $at] = $match[1] ?? ['', strlen($sql)];
            $cut          = $names === '' || ($goesOn && $at + strlen($names) === strlen($sql));
            $found        = array_merge($found, $cut ? [null] : tableNames($names));
        }
    }

    return $found;
}

/** `a`, db.`b` -> a, b */
function tableNames(string $list): array
{
    return array_map(static function (string $name): string {
        $parts = explode('.', str_replace(['`', '"'], '', trim($name)));

        return end($parts);
    }, explode(',', $list));
}
