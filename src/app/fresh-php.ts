/**
 * Options of PHP on the command line: every file is read from the disk. The stage lies in the same place at each deploy. With opcache.enable_cli, opcache.file_cache and no timestamps PHP would run the code of an earlier one.
 */
export const freshPhp: readonly string[] = ['-d', 'opcache.enable_cli=0'];
