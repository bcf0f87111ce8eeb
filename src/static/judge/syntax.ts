import type { Finding } from '../../finding.ts';
import { parsePhp, PhpSyntaxError } from '../program/syntax.ts';
import type { MigrationFile } from '../project/migrations.ts';
import { found } from './names.ts';

/**
 * What PHP says of a file that the newest grammar reads. A name may stand for another class already, and the oldest PHP
 * that composer.json allows may not read all of it.
 * @param oldest as `8.1`; null where composer.json names none
 */
export function judgeSyntax(
  { path, text, own }: MigrationFile,
  oldest: string | null,
): readonly Finding[] {
  if (own === null) return [];
  const imported = own.names.imports.get(own.name.toLowerCase());
  if (imported !== undefined && imported !== `${own.namespace}\\${own.name}`) {
    const message = `The name ${own.name} stands for ${imported} in this file. PHP stops with "Cannot declare class ${own.name} because the name is already in use", and no migration after it runs.`;
    return [found('migration-syntax', { file: path, line: own.line }, message)];
  }
  const error = oldest === null ? null : errorFor(text, path, oldest);
  if (error === null) return [];
  const message = `PHP ${oldest ?? ''}, which composer.json allows, cannot read this: ${error.message}. On a server with it, spark migrate stops here.`;
  return [
    {
      ...found('migration-syntax', { file: path, line: error.line }, message),
      severity: 'warning',
    },
  ];
}

function errorFor(text: string, path: string, version: string): PhpSyntaxError | null {
  try {
    parsePhp(text, path, version);
    return null;
  } catch (error) {
    if (error instanceof PhpSyntaxError) return error;
    throw error;
  }
}
