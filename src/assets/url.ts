import { assets } from '../../dist/assets/manifest'

const urls: Record<string, string | undefined> = Object.fromEntries(
  Object.entries(assets).map(([name, { url }]) => [name, url]),
)

/** The address of a file of `views/assets` by its name there; a TypeScript file is called what it becomes, as `app.js`. */
export function assetUrl(name: string): string {
  const url = urls[name]
  if (!url) throw new Error(`No file ${name} in views/assets is served`)
  return url
}
