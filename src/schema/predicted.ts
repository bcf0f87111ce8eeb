/** A table that the migrations leave on an empty database, as reading them predicts it. */
export type PredictedTable = { readonly group: string; readonly name: string } & (
  | { readonly unresolved: string }
  | {
      readonly engine: string;
      readonly columns: readonly {
        readonly name: string;
        readonly type: string;
        readonly nullable: boolean;
        /** `none`, `null`, `now` or a literal in quotes. */
        readonly default: string;
        readonly extra: string;
        /** Why it differs from server to server, where it does. */
        readonly depends?: string;
      }[];
      /** PRIMARY is one of them. */
      readonly indexes: readonly {
        readonly name: string;
        readonly unique: boolean;
        readonly columns: readonly string[];
      }[];
      readonly foreignKeys: readonly {
        readonly name: string;
        readonly columns: readonly string[];
        readonly table: string | null;
        readonly referenced: readonly string[];
      }[];
    }
);
