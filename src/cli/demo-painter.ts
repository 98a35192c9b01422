import { join } from 'node:path'
import { film, isClip, isScene } from '../demo/paint/film'
import type { Command } from './command'

/** Paints pictures of the demo in a process of its own, so that several are painted at once. */
export const demoPainter: Command = {
  usage: 'DIR NATIVE NAME…',
  about: 'The command demo starts this. It paints pictures into DIR, and prints the path of each.',
  takes: [3, 100],
  anywhere: true,
  async run({ args: [dir, native, ...names] }) {
    for (const name of names.filter((name) => isScene(name) || isClip(name))) {
      const path = join(dir!, `${name}.${isClip(name) ? 'avi' : 'jpg'}`)
      await Bun.write(path, await film(name, native!))
      await Bun.write(Bun.stdout, `${path}\n`)
    }
  },
}
