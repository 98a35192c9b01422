import { expect, test } from 'bun:test'
import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { connect, type ProblemError } from '../../client/src/index'
import { photo } from '../photos'
import { until } from '../until'
import { emptyFolder, type Place } from './executable'
import { password, type Script, scriptOf, setUp, signIn } from './script'

const client = join(import.meta.dir, '../../client')
const tsc = join(import.meta.dir, '../../node_modules/.bin/tsc')

const shot = async (colour: string) =>
  new Uint8Array(await photo({ width: 60, height: 40 }).flatten({ background: colour }).tint(colour).jpeg().toBuffer())

const textOf = (stream: ReadableStream) => new Response(stream).text()

/** A server with an administrator and Bob, and what a script of the administrator needs. */
async function community(place: Place) {
  const server = await place.serve()
  const boss = await setUp(server)
  const { token: invite } = await boss.ask('POST /invites', {})
  await scriptOf(server.address).ask('POST /users', { handle: 'bob', password, invite })
  return { server, boss, bob: await signIn(server.address, 'bob'), token: await tokenOf(boss) }
}

async function tokenOf(boss: Script): Promise<string> {
  const { token } = await boss.ask('POST /tokens', { name: 'Script', scopes: ['read', 'write'], password })
  return token
}

/** A proxy that loses the connection in the middle of the first piece of an upload, after the server got half of it. */
function badProxy(address: string) {
  const seen: string[] = []
  const server = Bun.serve({
    port: 0,
    async fetch(request) {
      const { method, headers, url } = request
      const target = new URL(url).pathname + new URL(url).search
      const bytes = new Uint8Array(await request.arrayBuffer())
      const isFirst = method === 'PATCH' && !seen.some((line) => line.startsWith(method))
      seen.push(`${method} ${headers.get('upload-offset') ?? ''}`.trim())
      const body = isFirst ? bytes.slice(0, bytes.length >> 1) : bytes
      headers.delete('content-length')
      const answer = await fetch(new URL(target, address), { method, headers, ...(body.length && { body }) })
      return isFirst ? new Response('The server is away.', { status: 502 }) : answer
    },
  })
  return { address: server.url.href, seen, [Symbol.dispose]: () => void server.stop(true) }
}

test('the client makes typed calls, throws problems, goes through lists and goes on with uploads', async () => {
  await using place = await emptyFolder()
  const { server, token } = await community(place)
  const pinhole = connect(server.address, token)
  expect((await pinhole.call('GET /api/users/account')).handle).toBe('boss')

  const refused: ProblemError = await pinhole
    .call('POST /api/posts', { body: { fileIds: [] } })
    .catch((problem) => problem)
  expect([refused.status, refused.code, refused.problem.errors?.[0]?.path]).toEqual([422, 'invalid', 'fileIds'])
  const coins: ProblemError = await pinhole
    .call('POST /api/coins/redemptions', { body: { code: 'ABCD-EFGH-JKLM' } })
    .catch((problem) => problem)
  expect([coins.code, coins.problem.scope]).toEqual(['insufficient_scope', 'coins'])

  using proxy = badProxy(server.address)
  const bytes = await shot('red')
  const progress: number[] = []
  const first = await connect(proxy.address, token).upload(new File([bytes], 'Ein Bild für Bob.jpg'), {
    onProgress: (sent) => progress.push(sent),
  })
  const half = bytes.length >> 1
  expect([first.name, first.bytes, progress]).toEqual(['Ein Bild für Bob.jpg', bytes.length, [0, half, bytes.length]])
  expect(proxy.seen).toEqual(['POST', 'HEAD', 'PATCH 0', 'HEAD', `PATCH ${half}`, 'GET'])

  let at = ''
  const stop = new AbortController()
  const stopped = pinhole.upload(new Blob([await shot('blue')]), {
    signal: stop.signal,
    onBegin: (begun) => {
      at = begun
      stop.abort(new Error('The script was stopped.'))
    },
  })
  await expect(stopped).rejects.toThrow('The script was stopped.')
  const second = await pinhole.upload(new Blob([await shot('blue')]), { at })

  const empty: ProblemError = await pinhole.upload(new Blob([])).catch((problem) => problem)
  expect([empty.name, empty.status]).toEqual(['ProblemError', 415])

  const ids: number[] = []
  for await (const file of pinhole.list('GET /api/files', { query: { limit: 1 } })) ids.push(file.id)
  expect(ids).toEqual([second.id, first.id])

  const stranger = connect(server.address, 'no token').events()
  expect(await stranger.next().catch(({ code }: ProblemError) => code)).toBe('unauthenticated')
  const leaving = new AbortController()
  const heard = pinhole.events({ signal: leaving.signal }).next()
  leaving.abort(new Error('The script has heard enough.'))
  await expect(heard).rejects.toThrow('The script has heard enough.')
  await server.stop()
})

/** Runs a program without what this machine has set up, and returns what it says. */
async function run(cwd: string, ...command: string[]): Promise<string> {
  const { PATH, HOME } = process.env
  const child = Bun.spawn(command, { cwd, env: { PATH, HOME }, stdout: 'pipe', stderr: 'pipe' })
  const [out, err] = await Promise.all([textOf(child.stdout), textOf(child.stderr)])
  expect([command, await child.exited, err]).toEqual([command, 0, expect.any(String)])
  return out
}

/** Packs the package as it would be published, and installs it into the folder. Returns the names of its files. */
async function installed({ folder }: Place): Promise<string[]> {
  const said = await run(client, 'npm', 'pack', '--json', '--loglevel=error', '--pack-destination', folder)
  const [{ filename, files }] = JSON.parse(said.slice(said.indexOf('[\n')))
  await writeFile(join(folder, 'package.json'), '{ "private": true, "type": "module" }')
  await run(folder, 'npm', 'install', '--offline', '--no-audit', '--no-fund', `./${filename}`)
  return files.map(({ path }: { path: string }) => path)
}

/** Copies the examples beside the package, as somebody copies them. */
async function examplesIn({ folder }: Place) {
  const transpiler = new Bun.Transpiler({ loader: 'ts' })
  for (const name of await readdir(join(client, 'examples'))) {
    if (name === 'tsconfig.json') continue
    const text = await readFile(join(client, 'examples', name), 'utf8')
    await writeFile(join(folder, name.replace('.ts', '.js')), transpiler.transformSync(text))
  }
}

const SCRIPT = `
import { openAsBlob } from 'node:fs'
import { connect, ProblemError } from 'pinhole-client'
const [address, token, photo] = process.argv.slice(2)
const pinhole = connect(address, token)
const me = await pinhole.call('GET /api/users/account')
if (photo) {
  const file = await pinhole.upload(await openAsBlob(photo), { name: photo })
  await pinhole.call('POST /api/posts', { body: { caption: file.name, fileIds: [file.id] } })
}
const captions = []
for await (const post of pinhole.list('GET /api/posts', { query: { limit: 1 } })) captions.push(post.caption)
const refused = await connect(address, 'no token').call('GET /api/posts').catch((error) => error)
console.log(JSON.stringify([me.handle, captions, refused instanceof ProblemError, refused.status]))
`

const CONSUMER = `
import { connect, type Event, type Post, ProblemError } from 'pinhole-client'
const pinhole = connect('https://photos.example.org', 'token')
export const posts: Post[] = []
for await (const post of pinhole.list('GET /api/posts', { query: { since: '2026-01-01' } })) posts.push(post)
const { id, name } = await pinhole.upload(new Blob(['x']), { name: 'x.jpg' })
const post = await pinhole.call('POST /api/posts', { body: { fileIds: [id], caption: name ?? '' } })
export const author: number = post.author.id
export const shown = (event: Event): string => (event.event === 'coins' ? \`\${event.data.balance}\` : event.id)
export const path = (error: unknown) => (error instanceof ProblemError ? error.problem.errors?.[0]?.path : undefined)
// @ts-expect-error: there is no such call
await pinhole.call('GET /api/nothing')
// @ts-expect-error: a caption is a text
await pinhole.call('POST /api/posts', { body: { fileIds: [id], caption: 7 } })
// @ts-expect-error: this call needs to know which post
await pinhole.call('GET /api/posts/{id}')
`

const STRICT = {
  ...{ strict: true, exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true, noImplicitOverride: true },
  ...{ noPropertyAccessFromIndexSignature: true, verbatimModuleSyntax: true, skipLibCheck: false, noEmit: true },
  target: 'ES2022',
}
const types = join(import.meta.dir, '../../node_modules/@types')
/** A project for Node, whose types know nothing of browsers, and one that a bundler makes for browsers. */
const PROJECTS = {
  node: { ...STRICT, module: 'NodeNext', lib: ['ES2022'], types: ['node'], typeRoots: [types] },
  browser: { ...STRICT, module: 'ESNext', moduleResolution: 'Bundler', lib: ['ES2022', 'DOM'], types: [] },
}

test('the package has what it needs and no more, and works in an empty folder in Node, Bun and strict projects', async () => {
  await using place = await emptyFolder()
  const [{ server, token }, files] = await Promise.all([community(place), installed(place)])
  const modules = ['api', 'client', 'events', 'index', 'problem', 'send', 'upload']
  const built = modules.flatMap((name) => [`dist/${name}.d.ts`, `dist/${name}.js`])
  expect(files.sort()).toEqual(['LICENSE', 'README.md', 'package.json', ...built].sort())
  const home = join(place.folder, 'node_modules/pinhole-client')
  const readme = await readFile(join(home, 'README.md'), 'utf8')
  const links = [...readme.matchAll(/\]\((?!https:)([^)#]+)/g)].map(([, link = '']) => link)
  expect(links.filter((link) => !files.includes(link))).toEqual([])
  const { version, engines } = JSON.parse(await readFile(join(home, 'package.json'), 'utf8'))
  expect(readme).toContain(`pinhole-client-${version}.tgz`)
  expect(readme).toContain(`Node ${engines.node.replace('>=', '')} and newer`)

  await writeFile(join(place.folder, 'script.mjs'), SCRIPT)
  const programs = ['node', process.execPath]
  for (const [n, program] of programs.entries()) {
    await writeFile(join(place.folder, `${n}.jpg`), await shot(['red', 'blue'][n]!))
    await run(place.folder, program, 'script.mjs', server.address, token, `${n}.jpg`)
  }
  const published = async () => (await connect(server.address, token).call('GET /api/posts')).items.length === 2
  await until('both posts are published', published)
  for (const program of programs) {
    const [handle, captions, ...refused] = JSON.parse(
      await run(place.folder, program, 'script.mjs', server.address, token),
    )
    expect([program, handle, captions.sort(), refused]).toEqual([program, 'boss', ['0.jpg', '1.jpg'], [true, 401]])
  }

  await writeFile(join(place.folder, 'consumer.ts'), CONSUMER)
  for (const [name, compilerOptions] of Object.entries(PROJECTS)) {
    await writeFile(join(place.folder, `${name}.json`), JSON.stringify({ compilerOptions, files: ['consumer.ts'] }))
    const child = Bun.spawn([tsc, '-p', `${name}.json`], { cwd: place.folder, stdout: 'pipe' })
    expect([name, await textOf(child.stdout), await child.exited]).toEqual([name, '', 0])
  }
  await server.stop()
})

test('a mirror, a folder poster and a bot do nothing twice and miss nothing, on Node and on Bun', async () => {
  await using place = await emptyFolder()
  const [{ server, boss, bob, token }] = await Promise.all([community(place), installed(place), examplesIn(place)])
  const start = (program: string, name: string, folder: string) =>
    Bun.spawn([program, `${name}.js`, server.address, folder], {
      cwd: place.folder,
      env: { PATH: process.env.PATH, PINHOLE_TOKEN: token },
      stdout: 'pipe',
      stderr: 'pipe',
    })
  const run = async (program: string, name: string, folder: string) => {
    const child = start(program, name, folder)
    const [out, err] = await Promise.all([textOf(child.stdout), textOf(child.stderr)])
    return { status: await child.exited, out, err }
  }

  const shots = { 'A red day': await shot('red'), 'A blue day': await shot('blue') }
  await mkdir(join(place.folder, 'mine'))
  for (const [name, bytes] of Object.entries(shots)) await writeFile(join(place.folder, 'mine', `${name}.jpg`), bytes)
  await writeFile(join(place.folder, 'mine', 'notes.txt'), 'Not a photo.')
  const posting = await run('node', 'poster', 'mine')
  expect([posting.status, posting.out.trim().split('\n').length, posting.err]).toEqual([
    0,
    2,
    expect.stringMatching(/^notes\.txt: .+\n$/),
  ])
  const early = await run(process.execPath, 'poster', 'mine') // the hashes may not be known yet
  const posts = async () => (await boss.ask('GET /users/boss/posts')).items
  const published = await until('both posts are published', async () => (await posts()).length === 2 && posts())
  const late = await run('node', 'poster', 'mine')
  expect([early.status, late.status, late.out]).toEqual([0, 0, ''])
  expect((await boss.ask('GET /files')).items).toHaveLength(2)
  expect(published.map(({ caption }: { caption: string }) => caption).sort()).toEqual(['A blue day', 'A red day'])

  await mkdir(join(place.folder, 'copy'))
  const mirrors = [await run('node', 'mirror', 'copy'), await run(process.execPath, 'mirror', 'copy')]
  expect(mirrors.map(({ status, out, err }) => [status, out.match(/downloaded/g)?.length ?? 0, err])).toEqual([
    [0, 2, ''],
    [0, 0, ''],
  ])
  for (const name of await readdir(join(place.folder, 'copy'))) {
    const original = Object.entries(shots).find(([title]) => name.endsWith(` ${title}.jpg`))
    expect(new Uint8Array(await readFile(join(place.folder, 'copy', name)))).toEqual(original![1])
  }

  let said = ''
  const listen = async (bot: ReturnType<typeof start>) => {
    for await (const chunk of bot.stdout) said += new TextDecoder().decode(chunk)
    return textOf(bot.stderr)
  }
  const bot = start('node', 'bot', 'last-event')
  const listening = listen(bot)
  const post = `/posts/${published[0].id}`
  const answers = async (script: Script): Promise<string[]> =>
    (await script.ask(`GET ${post}/comments`)).items.flatMap(
      ({ author, text }: { author: { handle: string }; text: string }) => (author.handle === 'boss' ? [text] : []),
    )
  const likes = async () => {
    await bob.ask(`PUT ${post}/like`)
    await bob.ask(`DELETE ${post}/like`)
    return existsSync(join(place.folder, 'last-event'))
  }
  await until('the bot has heard something', likes, 250)
  await bob.ask(`POST ${post}/comments`, { text: 'How red!' })
  await until('the bot thanks Bob', async () => (await answers(bob)).length === 1)
  await server.stop()
  const again = await place.serve({ port: new URL(server.address).port })
  const bobAgain = await signIn(again.address, 'bob')
  await bobAgain.ask(`POST ${post}/comments`, { text: 'I say it again.' })
  await until('the bot thanks Bob again', async () => (await answers(bobAgain)).length === 2)
  await until('the bot has said both', () => said === 'thanked bob\nthanked bob\n')
  bot.kill()
  expect(await listening).toBe('')
  await bobAgain.ask(`POST ${post}/comments`, { text: 'Are you asleep?' })
  const awake = start(process.execPath, 'bot', 'last-event')
  const listeningAgain = listen(awake)
  // If it was killed before it could keep where it was, it also says again what it has done, but does not do it again.
  await until(
    'the bot thanks Bob for what it slept through',
    async () => said.split('\n').length > 3 && (await answers(bobAgain)).length === 3,
  )
  awake.kill()
  expect(await listeningAgain).toBe('')
  expect(said.replaceAll('thanked bob\n', '')).toBe('')
  expect(await answers(bobAgain)).toEqual(Array.from({ length: 3 }, () => 'Thank you, @bob!'))
  await again.stop()
})
