import createCore from '@ffmpeg/core-mt'
import { pretendLocation } from './location'

/** Runs a thread of the multithreaded core: a Bun worker that starts the same core again on the shared memory. */

declare const self: Worker & { startWorker?: (instance: Instance) => void }

/** The exports of the core that threads use. */
type Instance = {
  PThread: { receiveObjectTransfer(data: unknown): void; threadInitTLS(): void }
  __emscripten_thread_init(pthread: number, isMain: number, isRuntime: number, canBlock: number): void
  __emscripten_thread_mailbox_await(pthread: number): void
  __emscripten_thread_exit(status: number): void
  establishStackSpace(): void
  invokeEntryPoint(routine: number, argument: number): void
  checkMailbox(): void
  _pthread_self(): number
}

type Message =
  | { cmd: 'load'; wasmMemory: WebAssembly.Memory; wasmModule: WebAssembly.Module; handlers: string[] }
  | { cmd: 'run'; pthread_ptr: number; start_routine: number; arg: number }
  | { cmd: 'cancel' }
  | { cmd: 'checkMailbox' }

pretendLocation()
const loaded = Promise.withResolvers<Instance>()
self.startWorker = (instance) => {
  loaded.resolve(instance)
  self.postMessage({ cmd: 'loaded' })
}

self.onmessage = async ({ data }: MessageEvent<Message>) => {
  if (data.cmd === 'load') load(data)
  else handle(await loaded.promise, data)
}

function load({ wasmMemory, wasmModule, handlers }: Extract<Message, { cmd: 'load' }>) {
  const instantiateWasm = (imports: Bun.WebAssembly.Imports, received: (instance: WebAssembly.Instance) => object) =>
    received(new WebAssembly.Instance(wasmModule, imports))
  // these handlers run on the main thread, so their calls are sent there
  const forwarded = handlers.map((handler) => [
    handler,
    (...args: unknown[]) => self.postMessage({ cmd: 'callHandler', handler, args }),
  ])
  void createCore({
    ...Object.fromEntries(forwarded),
    wasmMemory,
    buffer: wasmMemory.buffer,
    instantiateWasm,
    ENVIRONMENT_IS_PTHREAD: true,
  })
}

let hasRun = false

function handle(core: Instance, message: Exclude<Message, { cmd: 'load' }>) {
  if (message.cmd === 'run') run(core, message)
  else if (message.cmd === 'cancel' && core._pthread_self()) core.__emscripten_thread_exit(-1)
  else if (message.cmd === 'checkMailbox' && hasRun) core.checkMailbox()
}

function run(core: Instance, message: Extract<Message, { cmd: 'run' }>) {
  core.__emscripten_thread_init(message.pthread_ptr, 0, 0, 1)
  core.__emscripten_thread_mailbox_await(message.pthread_ptr)
  core.establishStackSpace()
  core.PThread.receiveObjectTransfer(message)
  core.PThread.threadInitTLS()
  hasRun = true
  try {
    core.invokeEntryPoint(message.start_routine, message.arg)
  } catch (thrown) {
    if (thrown !== 'unwind') throw thrown // 'unwind' leaves the stack but keeps the thread alive
  }
}
