import { existsSync } from 'node:fs'
import { areAssetsStale, buildAssets } from './assets'
import { generate, noticesFile } from './build'
import { sourceFile } from './source'

// For tests: what the server imports from dist/ is there, and the browser's files are as new as their sources.
if (![noticesFile, sourceFile].every(existsSync)) await generate()
else if (areAssetsStale()) await buildAssets()
