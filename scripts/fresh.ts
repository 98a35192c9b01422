import { existsSync } from 'node:fs'

// Prepares the tests: generates what the server imports from dist/ if it is missing, and rebuilds outdated browser
// files. `npm test` names the program that it has just built, and spares each of its test files the search.
if (!process.env.TEST_PROGRAM) {
  const [{ areAssetsStale, buildAssets }, { generate, noticesFile }, { sourceFile }] = await Promise.all([
    import('./assets'),
    import('./build'),
    import('./source'),
  ])
  if (![noticesFile, sourceFile].every(existsSync)) await generate()
  else if (areAssetsStale()) await buildAssets()
}
