/** Returns the path to continue on if it is a page of this server. `//host` and `/\host` would lead to another site. */
export const localPath = (path: string | undefined): string | undefined =>
  path && /^\/(?![/\\])[^\p{Cc}\\]*$/u.test(path) && URL.canParse(path, 'http://here') ? path : undefined
