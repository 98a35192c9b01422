declare module '@ffmpeg/core' {
  const createCore: (options: object) => Promise<import('./core-types').Core>
  export default createCore
}

declare module '@ffmpeg/core-mt' {
  const createCore: (options: object) => Promise<import('./core-types').Core>
  export default createCore
}

/** The path of the WebAssembly file, either in the package or compressed in the executable. */
declare module '@ffmpeg/core/wasm' {
  const path: string
  export default path
}

declare module '@ffmpeg/core-mt/wasm' {
  const path: string
  export default path
}
