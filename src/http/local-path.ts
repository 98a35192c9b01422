/** Where a link asks to go on afterwards, if that is a page of ours: `//host` and `/\host` would be somebody else's. */
export const localPath = (path: string | undefined): string | undefined =>
  path && /^\/(?![/\\])[^\p{Cc}\\]*$/u.test(path) && URL.canParse(path, 'http://here') ? path : undefined
