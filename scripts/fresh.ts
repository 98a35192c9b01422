import { areAssetsStale, buildAssets } from './assets'

/** For tests: the browser's files are there, and as new as their sources. */
if (areAssetsStale()) await buildAssets()
