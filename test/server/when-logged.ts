/** A moment of a run: `onLine` is for the runner, `reached` settles at the first line that holds the text. */
export function whenLogged(text: string): {
  readonly onLine: (line: string) => void;
  readonly reached: Promise<void>;
} {
  const { promise: reached, resolve } = Promise.withResolvers<undefined>();
  const onLine = (line: string): void => {
    if (line.includes(text)) resolve(undefined);
  };
  return { onLine, reached };
}
