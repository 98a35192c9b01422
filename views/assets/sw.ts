import { keepOffline } from './worker/offline'
import { showPushes } from './worker/pushes'
import { renewSubscription } from './worker/renew'
import { worker } from './worker/scope'
import { catchShares } from './worker/shares'

// The service worker is served from the root, so that its scope covers every page.
worker.addEventListener('install', () => void worker.skipWaiting())
worker.addEventListener('activate', (event) => event.waitUntil(worker.clients.claim()))
keepOffline()
catchShares()
showPushes()
renewSubscription()
