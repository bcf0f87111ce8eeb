<?php

/*
 * Boots a CodeIgniter 4 application and lets a program ask it. Sent over standard input:
 *
 *     php -d display_errors=stderr -- ROOT NONCE < program
 *
 * Prints one line, NONCE{json}NONCE. Whatever else the application prints is swallowed.
 * Runs on PHP 7.4 to 8.4 and on CodeIgniter 4.0.3 to 4.7.2, and must not need a newer PHP than the application does.
 */

namespace Ci4Deploy;

/** The one line this program prints, and where the work stands in case it ends early. */
final class Reply
{
    /** What is being done: a failure names it. */
    public string $phase = 'paths';

    /** What was reported before the application booted, and so holds even if it does not. */
    public array $known = [];

    private string $asked;
    private string $root;
    private string $nonce;
    private bool $given = false;

    public function __construct(string $root, string $nonce)
    {
        $this->asked = rtrim($root, '/');
        $this->root  = realpath($root) ?: $this->asked;
        $this->nonce = $nonce;
    }

    public function root(): string
    {
        return $this->asked;
    }

    public function give(array $answer): void
    {
        if ($this->given) {
            return;
        }
        $this->given = true;
        if ($this->known !== []) {
            $answer['known'] = $this->known;
        }
        $noise = $this->swallowed();
        if ($noise !== '') {
            $answer['noise'] = substr(scrub($noise), 0, 400);
        }
        $flags = JSON_UNESCAPED_SLASHES | JSON_PARTIAL_OUTPUT_ON_ERROR | JSON_INVALID_UTF8_SUBSTITUTE;
        echo $this->nonce, Writable::namedInJson((string) json_encode($answer, $flags), $flags), $this->nonce, "\n";
        flush();
    }

    public function fail(\Throwable $fault): void
    {
        $message = get_class($fault) . ': ' . $fault->getMessage();
        $this->giveFailure($message, $fault->getFile(), $fault->getLine());
    }

    /** The program is ending. Unless it has answered, the application ended it: by exit(), or by an error PHP cannot catch. */
    public function explainEnd(): void
    {
        $last  = error_get_last();
        $fatal = E_ERROR | E_PARSE | E_CORE_ERROR | E_COMPILE_ERROR | E_USER_ERROR | E_RECOVERABLE_ERROR;
        if ($last !== null && ($last['type'] & $fatal) !== 0) {
            $this->giveFailure('Fatal error: ' . $last['message'], $last['file'], $last['line']);
        } else {
            $this->giveFailure('The application ended the program itself (exit or die).', null, null);
        }
    }

    /** Path below the root; null when it lies elsewhere. */
    public function below(string $path): ?string
    {
        $path = realpath($path) ?: $path;

        return strpos($path, $this->root . '/') === 0 ? substr($path, strlen($this->root) + 1) : null;
    }

    /** The same place as seen from the root we were given, which may be a symbolic link. */
    public function named(string $path): string
    {
        $path  = rtrim($path, '\\/');
        $below = $this->below($path);

        return $below === null ? $path : "$this->asked/$below";
    }

    /**
     * The same by its words alone: a folder in the tree that is itself a link counts as lying there. `.env` cannot hold every
     * name of a link; where it cannot, the real one stays.
     */
    public function worded(string $path): string
    {
        if (strpbrk($this->asked, "'\"\\$\n") !== false) {
            return $path;
        }

        return strpos($path, $this->root . '/') === 0 ? $this->asked . substr($path, strlen($this->root)) : $path;
    }

    /** Where the tree really lies. A link may lead elsewhere by the next request, and opcache knows files by their names. */
    public function real(): string
    {
        return $this->root;
    }

    private function giveFailure(string $message, ?string $file, ?int $line): void
    {
        $file = $file === null ? null : $this->below($file);
        $this->give([
            'ok'      => false,
            'phase'   => $this->phase,
            'message' => scrub($message),
            'file'    => $file,
            'line'    => $file === null ? null : $line,
        ]);
    }

    private function swallowed(): string
    {
        $text = '';
        while (ob_get_level() > 0 && ($part = ob_get_clean()) !== false) {
            $text = $part . $text;
        }

        return trim($text);
    }
}

/**
 * A writable folder of our own for the time of this program. The framework runs PHP that lies in the folder of the
 * application (the caches of file locations and of configuration, since 4.5), and appends to logs there. Both are written
 * by PHP-FPM's user, and whatever that user puts there must not run, or be followed, as the deploy user.
 */
final class Writable
{
    private static string $real = '';
    private static string $own  = '';

    /** Everything in it is a link to the real thing, but for what the framework itself writes. */
    public static function own(object $paths): void
    {
        $real = realpath(rtrim($paths->writableDirectory, '\\/ '));
        if (PHP_SAPI !== 'cli' || defined('WRITEPATH') || $real === false) {
            return;
        }
        $own = self::madeFor(dirname($real));
        self::$real = $real;
        self::$own  = $own;
        $fresh      = ['cache', 'debugbar', 'logs', 'session'];
        foreach ($fresh as $name) {
            mkdir("$own/$name", 0700);
        }
        foreach (array_diff((array) @scandir($real), $fresh, ['.', '..']) as $name) {
            @symlink("$real/$name", "$own/$name");
        }
        define('WRITEPATH', "$own/");
    }

    /** Where open_basedir keeps the folder for temporary files from us, what lies beside git's own files is ours as well. */
    private static function madeFor(string $root): string
    {
        $temp   = realpath(sys_get_temp_dir()) ?: '/tmp';
        $places = [$temp, is_dir("$root/.git") ? "$root/.git" : dirname($root)];
        foreach ($places as $place) {
            $own = "$place/ci4-deploy-" . bin2hex(random_bytes(8));
            if (($place === $temp || ! isShared($place)) && @mkdir($own, 0700)) {
                return $own;
            }
        }

        throw new \RuntimeException("PHP on the command line cannot make a folder in $temp.");
    }

    /** A text in which the real folder stands for ours. */
    public static function named(string $text): string
    {
        return self::$own === '' ? $text : str_replace(self::$own, self::$real, $text);
    }

    public static function namedInJson(string $json, int $flags): string
    {
        return self::$own === '' ? $json : str_replace(self::$own, trim((string) json_encode(self::$real, $flags), '"'), $json);
    }

    public static function remove(): void
    {
        if (self::$own !== '') {
            self::clear(self::$own);
        }
        self::$own = '';
    }

    private static function clear(string $folder): void
    {
        foreach ((array) @scandir($folder) as $name) {
            $path = "$folder/$name";
            if ($name === '.' || $name === '..') {
                continue;
            }
            if (is_dir($path) && ! is_link($path)) {
                self::clear($path);
            } else {
                @unlink($path);
            }
        }
        @rmdir($folder);
    }
}

/** Whether others than root and we may change what lies in this folder. */
function isShared(string $folder): bool
{
    clearstatcache();
    $stat = (array) @stat($folder);

    return ! in_array($stat['uid'] ?? -2, [0, userId()], true) || (($stat['mode'] ?? 0) & 022) !== 0;
}

/**
 * Boots the application, then answers with what $collect returns. Ends the program.
 * A web server's PHP has no arguments: it gets the same two as parameters of the request.
 */
function run(callable $collect, array $known = []): void
{
    $params       = [$_SERVER['CI4_DEPLOY_ROOT'] ?? '', $_SERVER['CI4_DEPLOY_NONCE'] ?? ''];
    $given        = PHP_SAPI === 'cli' ? array_slice($_SERVER['argv'], 1) : $params;
    $reply        = new Reply(...$given);
    $reply->known = $known;
    // First in line, and it ends the program: the framework's own shutdown function would write a log file
    // that belongs to the deploy user, and PHP-FPM's user could write no more into it that day.
    register_shutdown_function(static function () use ($reply): void {
        $reply->explainEnd();
        Writable::remove();
        // Objects of the framework still save their caches when they are destroyed, into the folder that is gone by then.
        set_error_handler(static fn (): bool => true);
        exit(0);
    });
    ob_start();
    try {
        furnishConsole();
        boot($reply);
        $reply->give(['ok' => true, 'answer' => $collect($reply)]);
    } catch (\Throwable $fault) {
        $reply->fail($fault);
    }
    exit(0);
}

/** What spark would find. Up to PHP 8.2 a program from standard input has no STDIN, STDOUT, STDERR, and the framework writes to them. */
function furnishConsole(): void
{
    defined('STDIN') || define('STDIN', fopen('/dev/null', 'r'));
    defined('STDOUT') || define('STDOUT', fopen('php://memory', 'w'));
    defined('STDERR') || define('STDERR', fopen('php://stderr', 'w'));
    $_SERVER['argv'] = $GLOBALS['argv'] = ['spark', 'help', '--no-header'];
    $_SERVER['argc'] = $GLOBALS['argc'] = 3;
}

/** Boots as the application's spark does, without running a command: works where spark itself does not. */
function boot(Reply $reply): void
{
    $root  = $reply->real();
    $spark = is_file("$root/spark") ? (string) file_get_contents("$root/spark") : '';
    $front = frontDirectory($root, $spark);
    define('FCPATH', (realpath($front) ?: $front) . '/');
    chdir(is_dir(FCPATH) ? FCPATH : $root);
    require existing(pathsFile($root, $spark, FCPATH), 'Is this the root of a CodeIgniter application?');
    $paths  = new \Config\Paths();
    $system = existing(rtrim($paths->systemDirectory, '\\/ '), 'Has composer install run?');

    Writable::own($paths);

    $reply->phase = 'boot';
    if (is_file("$system/Boot.php")) {
        bootSince45($system, $paths);
    } else {
        bootBefore45($system, $paths);
    }
    quieten();
}

/** The directory of index.php as spark defines FCPATH, so that a renamed one is found. */
function frontDirectory(string $root, string $spark): string
{
    if (! preg_match('~define\(\s*[\'"]FCPATH[\'"]\s*,\s*__DIR__\s*\.(.*?)\)\s*;~s', $spark, $found)) {
        return "$root/public";
    }
    $tail = str_replace('DIRECTORY_SEPARATOR', '/', $found[1]);

    return $root . '/' . trim(preg_replace('~[\'"\s.]~', '', $tail), '/');
}

/** The Paths.php that spark requires: named from FCPATH since 4.2, from the root before. */
function pathsFile(string $root, string $spark, string $front): string
{
    if (preg_match('~FCPATH\s*\.\s*[\'"]([^\'"]*Paths\.php)[\'"]~', $spark, $found)) {
        return $front . $found[1];
    }
    if (preg_match('~[\'"]([^\'"]*Config/Paths\.php)[\'"]~', $spark, $found)) {
        return $found[1][0] === '/' ? $found[1] : "$root/$found[1]";
    }

    return "$root/app/Config/Paths.php";
}

function existing(string $path, string $hint): string
{
    if (! file_exists($path)) {
        throw new \RuntimeException("$path does not exist. $hint");
    }

    return $path;
}

function bootSince45(string $system, \Config\Paths $paths): void
{
    require_once "$system/Boot.php";

    // Everything before the console is the application's real boot; only the two last steps are left out.
    class Boot extends \CodeIgniter\Boot
    {
        protected static function initializeConsole(): \CodeIgniter\CLI\Console
        {
            return (new \ReflectionClass(\CodeIgniter\CLI\Console::class))->newInstanceWithoutConstructor();
        }

        protected static function runCommand(\CodeIgniter\CLI\Console $console): int
        {
            return 0;
        }
    }
    Boot::bootSpark($paths);
}

function bootBefore45(string $system, \Config\Paths $paths): void
{
    defined('SPARKED') || define('SPARKED', true);
    $booted = require "$system/bootstrap.php";
    if (is_object($booted)) {
        return;
    }
    // From 4.2 on bootstrap.php leaves these steps to spark.
    require_once SYSTEMPATH . 'Config/DotEnv.php';
    (new \CodeIgniter\Config\DotEnv(ROOTPATH))->load();
    defined('ENVIRONMENT') || define('ENVIRONMENT', env('CI_ENVIRONMENT', 'production'));
    \Config\Services::codeigniter()->initialize();
}

/** From here on the application only answers questions. */
function quieten(): void
{
    // Older frameworks turn the deprecations of a newer PHP into exceptions.
    error_reporting(error_reporting() & ~E_DEPRECATED & ~E_USER_DEPRECATED);
    // A refused connection would be logged: in a file that belongs to the deploy user and, by 4.2 to 4.4 on PHP before 8.2,
    // with the password in its stack trace.
    \Config\Services::injectMock('logger', new \Psr\Log\NullLogger());
}

/** The text without any secret this application knows: passwords of its databases, and what its environment calls secret. */
function scrub(string $text): string
{
    $secrets = [];
    foreach ($_ENV + $_SERVER as $name => $value) {
        if (is_string($value) && preg_match('/pass|secret|token|\bkey\b/i', (string) $name)) {
            $secrets[] = $value;
        }
    }
    if (class_exists('Config\Database', false)) {
        foreach (get_object_vars(config('Database')) as $group) {
            $secrets[] = is_array($group) ? (string) ($group['password'] ?? '') : '';
        }
    }
    $secrets = array_filter($secrets, static function (string $secret): bool {
        return strlen($secret) > 2;
    });

    return str_replace(array_unique($secrets), '***', $text);
}
