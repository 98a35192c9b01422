import { existsSync } from 'node:fs'
import { areAssetsStale, buildAssets } from './assets'
import { generate, noticesFile } from './build'
import { sourceFile } from './source'

// Prepares the tests: generates what the server imports from dist/ if it is missing, and rebuilds outdated browser
// files.
if (![noticesFile, sourceFile].every(existsSync)) await generate()
else if (areAssetsStale()) await buildAssets()
