/** The package's own types describe its other builds and omit the heap. */
declare module 'libheif-js/libheif-wasm/libheif-bundle.mjs' {
  const createLibheif: () => unknown

  export { createLibheif as default }
}
