import { attempt, attemptNatively, type Targets } from './attempts'

declare const self: Worker

self.onmessage = async ({ data }: MessageEvent<Targets>) =>
  self.postMessage({ ...(await attempt(data)), ...attemptNatively(data) })
