import { expect, test } from 'bun:test'
import client from '../client/package.json'
import product from '../package.json'
import { clientTypesFile, writeClientTypes } from '../scripts/client-types'
import { describeApi, openapiFile } from '../scripts/openapi'

async function expectUpToDate(path: string, text: string) {
  const made = text.split('\n')
  const checkedIn = (await Bun.file(path).text()).split('\n')
  const line = made.findIndex((text, i) => text !== checkedIn[i])
  const advice = `${path} is out of date from line ${line + 1} on. Run "npm run openapi" and commit the change.`
  expect([checkedIn[line], checkedIn.length], advice).toEqual([made[line], made.length])
}

test('the checked-in OpenAPI document describes the API of these sources', async () => {
  await expectUpToDate(openapiFile, await describeApi())
})

test('the checked-in types of the client are those of the OpenAPI document', async () => {
  await expectUpToDate(clientTypesFile, writeClientTypes(await Bun.file(openapiFile).text()))
})

test('the client has the version and the licence of the product', () => {
  expect([client.version, client.license]).toEqual([product.version, product.license])
})
