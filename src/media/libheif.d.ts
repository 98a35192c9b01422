/** The package's own types describe its other builds, and leave the heap out. */
declare module 'libheif-js/libheif-wasm/libheif-bundle.mjs' {
  const createLibheif: () => unknown

  export { createLibheif as default }
}
