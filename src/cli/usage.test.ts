import { expect, test } from 'bun:test'
import { pinhole } from '../../test/process'
import { type Command, optionsOf } from './command'
import { commands } from './commands'
import { ko } from './words/ko'

test('every command prints its usage and accepts --data and --json', async () => {
  for (const name of Object.keys(commands)) {
    const { status, out, err } = await pinhole([...name.split(' '), '--help'])
    expect({ name, status, err }).toEqual({ name, status: 0, err: '' })
    expect(out).toStartWith(`Usage: pinhole ${name}`)
    expect(out).toContain('--data DIR')
    expect(out).toContain('--json')
  }
})

test('the overview lists every command except hidden ones', async () => {
  for (const args of [['--help'], ['-h'], ['help']]) {
    const { status, out } = await pinhole(args)
    expect(status).toBe(0)
    for (const [name, { about, hidden }] of Object.entries(commands))
      expect(out.includes(`${name} `) && out.includes(about)).toBe(!hidden)
  }
  expect((await pinhole(['help', 'users', 'create'])).out).toStartWith('Usage: pinhole users create HANDLE')
})

test('the version is printed without a data folder and with invalid settings', async () => {
  expect(await pinhole(['version'], { env: { PINHOLE_PORT: 'x' } })).toMatchObject({
    status: 0,
    out: expect.stringMatching(/^pinhole \d+\.\d+\.\d+ /),
  })
  expect(JSON.parse((await pinhole(['--version', '--json'])).out)).toHaveProperty('version')
})

test('an invalid command line exits with status 2 and suggests a valid one', async () => {
  const wrong: [args: string[], hint: string][] = [
    [['bakcup', 'x'], 'Did you mean: pinhole backup?'],
    [['users'], 'pinhole users create, pinhole users list, pinhole users role'],
    [['users', 'create'], 'Usage: pinhole users create HANDLE'],
    [['backup', 'a', 'b'], '"b" is one argument too many'],
    [['serve', '80', '--port', '81'], 'Usage: pinhole serve'],
    [['serve', 'eighty'], 'Usage: pinhole serve'],
    [['80', '--frob'], "Unknown option '--frob'"],
    [['invites', 'create', '--uses', '0'], '--uses must be a whole number from 1 to 1000'],
    [['users', 'create', 'ann'], '--password-stdin'],
    [['users', 'create', 'ann', '--password-stdin', '--role', 'king'], 'member, moderator, admin'],
  ]
  for (const [args, hint] of wrong) {
    const { status, out, err } = await pinhole(args)
    expect({ args, status, out }).toEqual({ args, status: 2, out: '' })
    expect(err).toContain(hint)
  }
})

test('all invalid settings are reported together before anything starts', async () => {
  const env = { PINHOLE_PORT: 'x', PINHOLE_ACCESS: 'all', PINHOLE_ACESS: 'public' }
  const { status, err } = await pinhole(['serve', '--data', '/nonexistent/pinhole'], { env })
  expect(status).toBe(1)
  expect(err).toMatch(/3 settings are wrong:\n.*PINHOLE_ACESS.*PINHOLE_ACCESS.*\n.*PINHOLE_PORT.*\n.*PINHOLE_ACCESS/)
  const json = await pinhole(['doctor', '--json'], { env })
  expect(JSON.parse(json.err).error).toContain('3 settings are wrong')
})

test('the help is Korean in a Korean terminal that can show it', async () => {
  const first = async (env: Record<string, string>) => (await pinhole(['audit', '--help'], { env })).out.split('\n')[0]
  const korean = '사용법: pinhole audit'
  const languages: [env: Record<string, string>, line: string][] = [
    [{ LANG: 'ko_KR.UTF-8' }, korean],
    [{ LANG: 'en_GB.UTF-8', LC_MESSAGES: 'ko_KR.utf8' }, korean],
    [{ LANG: 'ko_KR.UTF-8', LC_ALL: 'C.UTF-8' }, 'Usage: pinhole audit'],
    [{ LANG: 'ko_KR.eucKR' }, 'Usage: pinhole audit'],
    [{ LANG: 'kok_IN.UTF-8' }, 'Usage: pinhole audit'],
  ]
  for (const [env, line] of languages) expect([env, await first(env)]).toEqual([env, line])
  const { status, err } = await pinhole(['users', 'create'], { env: { LC_ALL: 'ko_KR.UTF-8' } })
  expect([status, err]).toEqual([2, expect.stringContaining('사용법: pinhole users create HANDLE')])
})

test('every text of the help has its Korean, and no Korean is left of a text that has gone', async () => {
  const shown = Object.values(commands).filter(({ hidden }) => !hidden)
  const loaded: Command[] = await Promise.all(shown.map(({ load }) => load()))
  const ofCommands = [
    ...shown.map(({ about }) => about),
    ...loaded.flatMap((command) => [command, ...Object.values(optionsOf(command))].map(({ about }) => about)),
  ]
  const files = ['help.ts', 'run.ts', 'serve.ts', 'demo.ts'].map((name) =>
    Bun.file(`${import.meta.dir}/${name}`).text(),
  )
  const said = (await Promise.all(files)).flatMap((text) => [...text.matchAll(/\bsay\(\s*'([^'\n]+)'/g)])
  const texts = new Set([...ofCommands, ...said.map(([, text]) => text!)])
  expect([...texts].filter((text) => !ko[text])).toEqual([])
  expect(Object.keys(ko).filter((text) => !texts.has(text))).toEqual([])
})
