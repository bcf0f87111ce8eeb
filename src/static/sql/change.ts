/** A column as a statement defines it. */
export interface ColumnDefinition {
  readonly name: string;
  /** In the form of `Column.type.normal`; `json` stays `json`. */
  readonly type: string;
  /** What the statement says; null when it says nothing. */
  readonly nullable: boolean | null;
  /** In the form of `Column.default.normal`; null when it says nothing. */
  readonly fallback: string | null;
  /** In the form of `Column.extra.normal`. */
  readonly extra: readonly string[];
  /** Keys that the definition brings along. */
  readonly primary: boolean;
  readonly unique: boolean;
  /** `FIRST`, or the column it comes after; null for the end (or its place). */
  readonly place: { readonly after: string | null } | null;
  /** Why only its name is known; null where all is. */
  readonly doubt: string | null;
}

/** A key as a statement defines it; without a name the server makes one up. */
export interface KeyDefinition {
  /** `special` keys are FULLTEXT and SPATIAL: none of their columns needs a length. */
  readonly kind: 'primary' | 'unique' | 'plain' | 'special' | 'foreign';
  readonly name: string | null;
  readonly parts: readonly { readonly column: string; readonly length: number | null }[];
  readonly visible: boolean;
  /** Where a foreign key points to; no other key has it. */
  readonly references?: Reference;
  /** What a foreign key calls its index, where it has no name of its own. */
  readonly index?: string | null;
  readonly ifNotExists?: boolean;
}

/** Where a foreign key points to. */
export interface Reference {
  /** Null where it is not known, or lies in another database. */
  readonly table: string | null;
  readonly columns: readonly string[];
  /** ON DELETE or ON UPDATE SET NULL. */
  readonly setsNull: boolean;
}

/** One part of an ALTER TABLE, in the order the statement has them. */
export type Alteration =
  | {
      readonly kind: 'add column';
      readonly column: ColumnDefinition;
      readonly ifNotExists: boolean;
    }
  | {
      readonly kind: 'change column';
      readonly from: string;
      readonly column: ColumnDefinition;
      readonly ifExists?: boolean;
    }
  | { readonly kind: 'drop column'; readonly name: string; readonly ifExists: boolean }
  | { readonly kind: 'rename column'; readonly from: string; readonly to: string }
  | { readonly kind: 'default'; readonly column: string; readonly fallback: string | null }
  | { readonly kind: 'add key'; readonly key: KeyDefinition }
  | { readonly kind: 'drop key'; readonly name: string; readonly ifExists: boolean }
  | { readonly kind: 'drop primary key' }
  | { readonly kind: 'rename key'; readonly from: string; readonly to: string }
  | { readonly kind: 'key visibility'; readonly name: string; readonly visible: boolean }
  | { readonly kind: 'option'; readonly name: string; readonly value: string }
  /** Without a name only running tells which. */
  | { readonly kind: 'drop foreign key'; readonly name: string | null; readonly ifExists: boolean }
  | { readonly kind: 'drop constraint'; readonly name: string; readonly ifExists: boolean }
  /** A part that is not understood. */
  | { readonly kind: 'unread'; readonly why: string }
  | { readonly kind: 'rename table'; readonly to: string };

/** What a statement does to the structure of the database. */
export type Change =
  | {
      readonly kind: 'create table';
      readonly table: string;
      readonly ifNotExists: boolean;
      readonly replaces: boolean;
      readonly columns: readonly ColumnDefinition[];
      readonly keys: readonly KeyDefinition[];
      readonly options: readonly { readonly name: string; readonly value: string }[];
      /** Why parts of it are not understood. */
      readonly unread: readonly string[];
    }
  | {
      readonly kind: 'copy table';
      readonly table: string;
      readonly from: string;
      readonly ifNotExists: boolean;
    }
  | {
      readonly kind: 'alter table';
      readonly table: string;
      readonly ifExists?: boolean;
      readonly alterations: readonly Alteration[];
    }
  | { readonly kind: 'drop table'; readonly tables: readonly string[]; readonly ifExists: boolean }
  | {
      readonly kind: 'rename tables';
      readonly pairs: readonly { readonly from: string; readonly to: string }[];
    }
  | {
      readonly kind: 'create trigger';
      readonly table: string;
      readonly name: string;
      readonly when: string;
    }
  | { readonly kind: 'truncate'; readonly table: string }
  | { readonly kind: 'foreign key checks'; readonly on: boolean }
  /** No server takes it (errno 1064). */
  | { readonly kind: 'syntax error'; readonly why: string }
  | { readonly kind: 'nothing' };
