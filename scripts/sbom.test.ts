import { expect, test } from 'bun:test'
import { type Bom, bomOf } from './sbom'

const hono = { 'bom-ref': 'hono@4.0.0', type: 'library', name: 'hono', version: '4.0.0', purl: 'pkg:npm/hono@4.0.0' }
const tree = (): Bom => ({
  bomFormat: 'CycloneDX',
  specVersion: '1.5',
  serialNumber: 'urn:uuid:random',
  metadata: { timestamp: '2026-11-29T09:30:00.000Z', component: { name: 'a-folder' } },
  components: [hono, { ...hono, 'bom-ref': 'knip@6.0.0', name: 'knip', version: '6.0.0' }],
  dependencies: [
    { ref: 'pinhole@0.1.0', dependsOn: ['hono@4.0.0', 'knip@6.0.0'] },
    { ref: 'knip@6.0.0', dependsOn: ['hono@4.0.0'] },
  ],
})
const locked = {
  'node_modules/hono': { version: '4.0.0', integrity: '' },
  'node_modules/knip': { version: '6.0.0', integrity: '', dev: true },
  'node_modules/@oven/bun': { version: '1.0.0', integrity: `sha512-${btoa('bytes')}` },
}
const notices = `  ${'hono 4.0.0'.padEnd(44)} ${'MIT'.padEnd(18)} https://hono.dev\n`

test('the bill of materials has what npm does not install, and nothing that changes from run to run', () => {
  const { components, metadata, ...bom } = bomOf(tree(), ['@oven/bun'], locked, [notices])
  const dependencies = [{ ref: 'pinhole@0.1.0', dependsOn: ['hono@4.0.0'] }]
  expect(bom).toEqual({ bomFormat: 'CycloneDX', specVersion: '1.5', dependencies })
  expect(metadata).toEqual({ component: { name: 'pinhole' } })
  expect(components).toMatchObject([
    hono,
    { purl: 'pkg:npm/%40oven/bun@1.0.0', hashes: [{ alg: 'SHA-512', content: Buffer.from('bytes').toString('hex') }] },
  ])
})

test('a bill of materials without a package of the notices is refused', () => {
  const more = `${notices}  ${'zod 4.0.0'.padEnd(44)} ${'MIT'.padEnd(18)} https://zod.dev\n`
  expect(() => bomOf(tree(), [], locked, [more])).toThrow('zod 4.0.0')
  expect(() => bomOf(tree(), [], locked, ['nothing'])).toThrow('lacks packages of the notices: all')
  expect(() => bomOf({ ...tree(), bomFormat: 'SPDX' }, [], locked, [notices])).toThrow('CycloneDX')
})
