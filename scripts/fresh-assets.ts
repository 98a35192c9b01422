import { areAssetsStale, buildAssets } from './assets'

if (areAssetsStale()) await buildAssets()
