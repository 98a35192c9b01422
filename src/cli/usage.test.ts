import { expect, test } from 'bun:test'
import { pinhole } from '../../test/process'
import { commands } from './commands'

test('every command prints its usage and accepts --data and --json', async () => {
  for (const name of Object.keys(commands)) {
    const { status, out, err } = await pinhole([...name.split(' '), '--help'])
    expect({ name, status, err }).toEqual({ name, status: 0, err: '' })
    expect(out).toStartWith(`Usage: pinhole ${name}`)
    expect(out).toContain('--data DIR')
    expect(out).toContain('--json')
  }
}, 30_000)

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
    [['users'], 'pinhole users create, pinhole users reset-password'],
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
}, 30_000)

test('all invalid settings are reported together before anything starts', async () => {
  const env = { PINHOLE_PORT: 'x', PINHOLE_ACCESS: 'all', PINHOLE_ACESS: 'public' }
  const { status, err } = await pinhole(['serve', '--data', '/nonexistent/pinhole'], { env })
  expect(status).toBe(1)
  expect(err).toMatch(/3 settings are wrong:\n.*PINHOLE_ACESS.*PINHOLE_ACCESS.*\n.*PINHOLE_PORT.*\n.*PINHOLE_ACCESS/)
  const json = await pinhole(['doctor', '--json'], { env })
  expect(JSON.parse(json.err).error).toContain('3 settings are wrong')
})
