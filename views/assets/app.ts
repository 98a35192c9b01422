import 'htmx.org'
import { watchCaptions } from './captions'
import { watchCarousels } from './carousel'
import { startComposer } from './composer/composer'
import { forgetSentDraft } from './composer/draft'
import { watchOrder } from './composer/order'
import { watchCopying } from './copy'
import { watchForms } from './forms'
import { watchHeader } from './header'
import { watchKeys } from './keys'
import { watchAnswers } from './live'
import { watchPictures } from './pictures'
import { watchTimes } from './times'
import { watchTransitions } from './transitions'
import { watchViewer } from './viewer'

// Everything listens at the document, so that what HTMX brings later needs no wiring.
watchAnswers()
watchForms()
watchPictures()
watchCarousels()
watchViewer()
watchCaptions()
watchTimes()
watchCopying()
watchKeys()
watchHeader()
watchTransitions()
watchOrder()
startComposer()
forgetSentDraft()
