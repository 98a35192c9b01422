/** Files that the build makes in `dist/`: importing one gives its path, in the executable too. */
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
