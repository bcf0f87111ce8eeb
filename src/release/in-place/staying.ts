/**
 * A function of the shell, for the live tree: `staying COMMIT STAGE` prints files, each with a NUL after it. This
 * commit stops tracking them, and they stay all the same. `git rm --cached` says "not of the repository any more", and git takes
 * it for "remove it" in every other clone. What the commit ignores is meant to stay, and `.env` always is.
 */
export const staying = `staying() {
  git diff -z --name-only --no-renames --diff-filter=D HEAD "$1" -- ':!.env' | (cd "$2" && git check-ignore -z --no-index --stdin)
  git diff -z --name-only --no-renames --diff-filter=D HEAD "$1" -- .env
}`;
