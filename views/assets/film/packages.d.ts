/** The build of hls.js without what the player does not use, such as encryption. The package has no types for it. */
declare module 'hls.js/light' {
  export { default } from 'hls.js'
}
