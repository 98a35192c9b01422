import { expect, test } from 'bun:test'
import { walls } from './media'

test.if(process.platform === 'linux')('a media worker that is not restricted, or not known to be, is a fault', () => {
  expect(walls(process.pid)).toMatchObject({ status: 'fail', detail: expect.stringContaining('without') })
  expect(walls(null)).toMatchObject({ status: 'fail', detail: expect.stringContaining('not running') })
})

test.if(process.platform === 'linux')(
  'a kernel that lacks Landlock, or a part of it, is reported in one line',
  async () => {
    const restricted = await restrictedProcess()
    try {
      expect(walls(restricted.pid, 0)).toMatchObject({
        status: 'warn',
        detail: expect.stringContaining('lacks Landlock'),
      })
      expect(walls(restricted.pid, 5)).toMatchObject({ status: 'warn', detail: expect.stringContaining('Landlock 5') })
      expect(walls(restricted.pid, 6)).toMatchObject({ status: 'ok' })
    } finally {
      restricted.kill()
    }
  },
)

async function restrictedProcess() {
  const seccomp = JSON.stringify(new URL('../../media/walls/seccomp.ts', import.meta.url).pathname)
  const script = `
    const { gainNoRights, refuseCalls } = await import(${seccomp})
    gainNoRights()
    refuseCalls()
    console.log('ready')
    setInterval(() => {}, 1000)`
  const started = Bun.spawn([process.execPath, '-e', script], { stdout: 'pipe' })
  await started.stdout.getReader().read()
  return started
}
