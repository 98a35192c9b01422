type Component = {
  'bom-ref': string
  type: string
  name: string
  version: string
  purl: string
  hashes?: { alg: string; content: string }[]
  [other: string]: unknown
}

/** What `npm sbom --sbom-format cyclonedx` prints, as far as a release reads it. */
export type Bom = {
  bomFormat: string
  specVersion: string
  serialNumber?: string
  metadata: { timestamp?: string; component: { name: string } }
  components: Component[]
  dependencies: { ref: string; dependsOn: string[] }[]
}

/** The packages of package-lock.json by their paths. `dev` marks those that only development needs. */
export type Locked = Record<string, { version: string; integrity: string; dev?: boolean }>

/** A package of the list in the notices: its name, version and licence, in columns. */
const LISTED = /^ {2}(@?[\w./-]+) (\d\S*) +\S+ +https?:\S+$/gm

/**
 * The bill of materials of a release: of all that npm installed, the packages that not only development needs, and
 * whatever the notices name (`--omit dev` of npm would also omit packages that development needs besides). To them come
 * those of other platforms, with Bun's programs, which npm does not install. Without its random number and its time, it
 * is the same for the same sources.
 * Throws when a package of the notices is missing.
 */
export function bomOf({ serialNumber: _, ...tree }: Bom, embedded: string[], locked: Locked, notices: string[]): Bom {
  if (tree.bomFormat !== 'CycloneDX') throw new Error('npm did not print a CycloneDX document.')
  const { timestamp: __, ...metadata } = tree.metadata
  metadata.component.name = 'pinhole' // npm takes the name of the folder
  const listed = notices.flatMap((text) => [...text.matchAll(LISTED)].map(([, name, version]) => `${name} ${version}`))
  const forUse = Object.entries(locked)
    .filter(([, { dev }]) => !dev)
    .map(([path, { version }]) => `${path.replace(/^.*node_modules\//, '')} ${version}`)
  const shipped = new Set([...forUse, ...listed])
  const installed = tree.components.filter(({ name, version }) => shipped.has(`${name} ${version}`))
  const has = new Set(installed.map(({ name, version }) => `${name} ${version}`))
  const others = embedded
    .map((name) => componentOf(name, locked))
    .filter(({ name, version }) => !has.has(`${name} ${version}`))
  const components = [...installed, ...others]
  const named = new Set(components.map(({ name, version }) => `${name} ${version}`))
  // the icons are copied into the repository, where npm does not see them
  const missing = listed.filter((name) => !named.has(name) && !name.startsWith('lucide-static '))
  if (!listed.length || missing.length)
    throw new Error(`The bill of materials lacks packages of the notices: ${missing.join(', ') || 'all'}`)
  const left = new Set(tree.components.filter((each) => !installed.includes(each)).map((each) => each['bom-ref']))
  const dependencies = tree.dependencies
    .filter(({ ref }) => !left.has(ref))
    .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((each) => !left.has(each)) }))
  return { ...tree, metadata, components, dependencies }
}

function componentOf(name: string, locked: Locked): Component {
  const entry = locked[`node_modules/${name}`]
  if (!entry) throw new Error(`package-lock.json does not name ${name}.`)
  const content = Buffer.from(entry.integrity.replace('sha512-', ''), 'base64').toString('hex')
  return {
    'bom-ref': `${name}@${entry.version}`,
    type: 'library',
    name,
    version: entry.version,
    purl: `pkg:npm/${name.replace('@', '%40')}@${entry.version}`,
    hashes: [{ alg: 'SHA-512', content }],
  }
}
