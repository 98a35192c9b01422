import { keepOffline } from './worker/offline'
import { showPushes } from './worker/pushes'
import { renewSubscription } from './worker/renew'
import { worker } from './worker/scope'
import { catchShares } from './worker/shares'

// At the root, so that it stands between every page of this place and the network.
worker.addEventListener('install', () => void worker.skipWaiting())
worker.addEventListener('activate', (event) => event.waitUntil(worker.clients.claim()))
keepOffline()
catchShares()
showPushes()
renewSubscription()
