import { expect, test } from 'bun:test'

const CHECK = `${import.meta.dir}/check-node.cjs`

/** Runs the check as if it ran on the given version of Node. */
function check(version: string) {
  const program = `Object.defineProperty(process, 'versions', { value: { node: '${version}' } }); require('${CHECK}')`
  const { exitCode, stdout, stderr } = Bun.spawnSync([process.execPath, '-e', program])
  return [exitCode, stdout.toString(), stderr.toString()]
}

test('a Node older than package.json allows is named in one line, and the check fails', async () => {
  const { engines, scripts } = await Bun.file('package.json').json()
  const [required] = /\d+/.exec(engines.node)!
  for (const version of ['0.10.48', '8.17.0', `${Number(required) - 1}.9.0`]) {
    const line = `Pinhole needs Node ${required} or newer, but this is Node ${version}.\n`
    expect(check(version)).toEqual([1, '', line])
  }
  expect(check(`${required}.0.0`)).toEqual([0, '', ''])
  for (const [name, script] of Object.entries(scripts))
    expect([name, script]).toEqual([
      name,
      expect.stringMatching(/^node scripts\/check-node\.cjs && exec node scripts\//),
    ])
})
