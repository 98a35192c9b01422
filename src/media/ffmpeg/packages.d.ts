declare module '@ffmpeg/core' {
  const createCore: (options: object) => Promise<import('./core-types').Core>
  export default createCore
}

declare module '@ffmpeg/core-mt' {
  const createCore: (options: object) => Promise<import('./core-types').Core>
  export default createCore
}

/** Where the WebAssembly lies: as the package has it, or compressed in the executable. */
declare module '@ffmpeg/core/wasm' {
  const path: string
  export default path
}

declare module '@ffmpeg/core-mt/wasm' {
  const path: string
  export default path
}
