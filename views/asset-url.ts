import { assets } from '../dist/assets/manifest'

/** Where a page finds a file of `views/assets`, as `app.css`. */
export const assetUrl = (name: keyof typeof assets) => assets[name].url
