import { assets } from '../../dist/assets/manifest'

const urls: Record<string, string | undefined> = Object.fromEntries(
  Object.entries(assets).map(([name, { url }]) => [name, url]),
)

/** Returns the address of a file in `views/assets`. A TypeScript file goes by the name of its output, like `app.js`. */
export function assetUrl(name: string): string {
  const url = urls[name]
  if (!url) throw new Error(`views/assets has no file ${name} that is served`)
  return url
}
