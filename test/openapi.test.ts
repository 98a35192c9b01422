import { expect, test } from 'bun:test'
import { describeApi, openapiFile } from '../scripts/openapi'

test('the checked-in OpenAPI document describes the API of these sources', async () => {
  const made = (await describeApi()).split('\n')
  const checkedIn = (await Bun.file(openapiFile).text()).split('\n')
  const line = made.findIndex((text, i) => text !== checkedIn[i])
  const advice = `${openapiFile} is out of date from line ${line + 1} on. Run "npm run openapi" and commit the change.`
  expect([checkedIn[line], checkedIn.length], advice).toEqual([made[line], made.length])
})
