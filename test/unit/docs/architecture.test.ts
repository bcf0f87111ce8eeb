import { expect, test } from '@jest/globals';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { rooms, roomsTable } from '../../../scripts/rooms.mjs';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const page = readFileSync(`${root}ARCHITECTURE.md`, 'utf8');

test('ARCHITECTURE.md shows the table that lint enforces', () => {
  expect(page).toContain(`\n${roomsTable()}\n`);
});

test('every folder of src has its place in that table, or is named beside it', () => {
  const beside = ['checkout', 'findings'];
  const folders = readdirSync(`${root}src`, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .filter((name) => !beside.includes(name));
  expect(Object.keys(rooms).toSorted()).toEqual(folders.toSorted());
});

test('what ARCHITECTURE.md names is there', () => {
  const names = [...page.matchAll(/`([a-z][\w-]*(?:\/[\w.-]+)+|[a-z-]+\.(?:ts|md))`/g)].map(
    ([, name = '']) => name,
  );
  expect(names.length).toBeGreaterThan(20);
  const places = (name: string): string[] => [`${root}${name}`, `${root}src/${name}`];
  const absent = names.filter(
    (name) => !places(name).some((place) => existsSync(place) || existsSync(`${place}.ts`)),
  );
  expect(absent).toEqual([]);
});
