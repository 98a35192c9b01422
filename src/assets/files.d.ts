/** Files that the build creates in `dist/`. Importing one returns its path, in the executable as well. */
declare module '*.raw' {
  const path: string
  export default path
}
declare module '*.br' {
  const path: string
  export default path
}
declare module '*.gz' {
  const path: string
  export default path
}
declare module '*.txt' {
  const path: string
  export default path
}
