import { secureHeaders } from 'hono/secure-headers'

/**
 * Security headers. Scripts and styles are always files of this server, and no site may frame its pages. `blob:` allows
 * a preview of files before they are uploaded.
 */
export const headers = secureHeaders({
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'"],
    imgSrc: ["'self'", 'data:', 'blob:'],
    mediaSrc: ["'self'", 'blob:'],
    connectSrc: ["'self'"],
    fontSrc: ["'self'"],
    manifestSrc: ["'self'"],
    workerSrc: ["'self'"],
    formAction: ["'self'"],
    frameAncestors: ["'none'"],
    baseUri: ["'none'"],
  },
  referrerPolicy: 'same-origin', // with `no-referrer`, browsers would send `Origin: null` with forms
  xFrameOptions: 'DENY',
  permissionsPolicy: { camera: [], microphone: [], geolocation: [] },
  strictTransportSecurity: false, // left to the proxy, because some addresses of this server may not support https
  xXssProtection: false,
})
