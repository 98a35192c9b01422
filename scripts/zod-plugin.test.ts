import { expect, test } from 'bun:test'
import { zodPlugin } from './zod-plugin'

test('of the messages of zod, only the English ones are in the executable', async () => {
  const { outputs } = await Bun.build({
    entrypoints: ['whole.ts'],
    files: { 'whole.ts': "export * from 'zod/v4/core'" },
    plugins: [zodPlugin()],
  })
  const text = await outputs[0]!.text()
  expect(text).toContain('Invalid input')
  expect(text).not.toContain('Ungültige')
})
