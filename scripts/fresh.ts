import { existsSync } from 'node:fs'
import { areAssetsStale, buildAssets } from './assets'
import { generate, noticesFile } from './build'

// For tests: what the server imports from dist/ is there, and the browser's files are as new as their sources.
if (!existsSync(noticesFile)) await generate()
else if (areAssetsStale()) await buildAssets()
