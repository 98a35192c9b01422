import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const running = readFileSync(join(import.meta.dir, '../../docs/running.md'), 'utf8')

/** The blocks of one language under a heading of docs/running.md, up to the next heading. */
export function blocks(heading: string, language: 'sh' | 'ini'): string[] {
  const [, after] = running.split(new RegExp(`^#+ ${heading}\\n`, 'm'))
  if (after === undefined) throw new Error(`docs/running.md has no heading "${heading}".`)
  const section = after.split(/^#+ /m)[0]!
  return [...section.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, 'gms'))].map(([, text]) => text!)
}

/** The settings of the documented systemd unit. */
export function unitOf(heading: string): { environment: string[]; directives: Map<string, string> } {
  const lines = blocks(heading, 'ini')
    .join('\n')
    .split('\n')
    .map((line) => /^([A-Za-z]+)=(.*)$/.exec(line))
    .filter((found) => found !== null)
    .map(([, name, value]) => [name!, value!] as const)
  return {
    environment: lines.filter(([name]) => name === 'Environment').map(([, value]) => value),
    directives: new Map(lines),
  }
}
