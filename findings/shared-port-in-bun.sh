#!/bin/sh
# Bun 1.4.5 lets two processes serve the same port when `development` is false.
#
# The documentation of `Bun.serve` says that `reusePort` is false by default.
#
# Expected: the second server throws EADDRINUSE, whatever `development` is.
# Seen: with `development: false` both listen and get some of the connections each, as with `reusePort: true`. With
# `development: true`, or with `reusePort: false` written out, the second server throws.
#
# Needs Linux, npm and network access.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

npm install --silent --no-audit --no-fund bun@1.4.5 >/dev/null
cat > serve.ts <<'TS'
const [port, options] = [Number(process.argv[2]), JSON.parse(process.argv[3]!)]
try {
  const server = Bun.serve({ port, hostname: '127.0.0.1', fetch: () => new Response(''), ...options })
  console.log(server.port)
  process.stdin.on('data', () => {}).on('end', () => process.exit())
} catch (error) {
  console.log((error as { code?: string }).code)
}
TS
cat > two.ts <<'TS'
const start = (port: string, options: object) => {
  const command = [process.execPath, 'serve.ts', port, JSON.stringify(options)]
  return Bun.spawn(command, { stdin: 'pipe', stdout: 'pipe', stderr: 'inherit' })
}
const said = async ({ stdout }: ReturnType<typeof start>) => {
  const { value } = await stdout.getReader().read()
  return new TextDecoder().decode(value).trim()
}

console.log(`Bun ${Bun.version}`)
const seen: string[] = []
for (const options of [{ development: true }, { development: false }, { development: false, reusePort: false }]) {
  const first = start('0', options)
  const port = await said(first)
  const second = start(port, options)
  const answer = await said(second)
  seen.push(answer === port ? 'listens on the same port' : answer)
  console.log(`${JSON.stringify(options)}: the second server ${seen.at(-1)}`)
  for (const each of [first, second]) {
    each.stdin.end()
    await each.exited
  }
}
const asBefore = seen.join() === 'EADDRINUSE,listens on the same port,EADDRINUSE'
console.log(asBefore ? 'As before: development: false shares the port.' : 'CHANGED: see above.')
process.exit(asBefore ? 0 : 1)
TS
node_modules/.bin/bun two.ts
