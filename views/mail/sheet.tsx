import { raw } from 'hono/html'
import type { PropsWithChildren } from 'hono/jsx'

const FONT = 'system-ui,sans-serif'

/** Colours for mail clients with a dark mode. They need `!important` to override the inline styles. */
const darkCss = (accent: string) => `
:root{color-scheme:light dark;supported-color-schemes:light dark}
@media (prefers-color-scheme:dark){
.sheet{background-color:#0b0b0c!important}
.ink{color:#f2f2f0!important}
.quiet{color:#a3a39d!important}
.line{border-color:#2c2c2e!important}
.button{background-color:${accent}!important;color:#161617!important}
}`

export const Head = ({ title, accent }: { title: string; accent: { onDark: string } }) => (
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <meta name="supported-color-schemes" content="light dark" />
    <meta name="format-detection" content="telephone=no, date=no, address=no, email=no" />
    <title>{title}</title>
    <style>{raw(darkCss(accent.onDark))}</style>
  </head>
)

/** One centred column. The hidden text before it is the preview in the list of mails. */
export const Body = ({ preview, children }: PropsWithChildren<{ preview: string }>) => (
  <body
    class="sheet"
    style={`margin:0;padding:0;background-color:#ffffff;font-family:${FONT};-webkit-text-size-adjust:100%`}
  >
    <div style="display:none;max-height:0;overflow:hidden;mso-hide:all" aria-hidden="true">
      {preview}
    </div>
    <main class="sheet" style="background-color:#ffffff">
      <table role="presentation" width="100%" cellpadding="0" cellspacing="0" border={0}>
        <tr>
          <td align="center" style="padding:32px 20px">
            <table role="presentation" width="100%" cellpadding="0" cellspacing="0" border={0} style="max-width:560px">
              <tr>
                <td align="left">{children}</td>
              </tr>
            </table>
          </td>
        </tr>
      </table>
    </main>
  </body>
)
