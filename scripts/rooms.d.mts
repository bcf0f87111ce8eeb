export const rooms: Readonly<
  Record<string, { readonly holds: string; readonly sees: readonly string[] }>
>;
export function roomsTable(): string;
