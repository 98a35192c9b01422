/** The path of the WebAssembly file, either in the package or in the executable. */
declare module 'jxl-oxide-wasm/module.wasm' {
  const path: string
  export default path
}
