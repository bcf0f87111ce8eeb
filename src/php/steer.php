<?php

/*
 * Runs before whatever PHP is started for (auto_prepend_file) and points the application at a throw-away database,
 * without a file in its folder: DotEnv leaves alone what $_ENV holds already (4.0.3 to 4.7.2), and the bootstrap leaves
 * alone a WRITEPATH that is defined.
 */

namespace Ci4Deploy;

(static function (): void {
    $order = json_decode((string) getenv('CI4_DEPLOY_STEER'), true);
    if (! is_array($order)) {
        fwrite(fopen('php://stderr', 'w'), "CI4_DEPLOY_STEER says nothing\n");
        exit(1);
    }
    foreach ($order['settings'] as $name => $value) {
        // DotEnv takes an empty value for none; BaseConfig takes the quotes away again.
        $_ENV[$name] = $_SERVER[$name] = $value === '' ? "''" : $value;
        putenv("$name=$_ENV[$name]");
    }
    defined('WRITEPATH') || define('WRITEPATH', rtrim($order['writable'], '/') . '/');
    // A migration may print what it finds there.
    putenv('CI4_DEPLOY_STEER');
    unset($_ENV['CI4_DEPLOY_STEER'], $_SERVER['CI4_DEPLOY_STEER']);
})();
