declare module '@ffmpeg/core' {
  import type { CreateCore } from './core-types'

  const createCore: CreateCore
  export default createCore
}

declare module '@ffmpeg/core-mt' {
  import type { CreateCore } from './core-types'

  const createCore: CreateCore
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
