import 'htmx.org'
import { watchBack } from './back'
import { watchCaptions } from './captions'
import { watchCarousels } from './carousel'
import { watchChoosing } from './composer/choose'
import { startComposer } from './composer/composer'
import { watchOrder } from './composer/order'
import { watchRows } from './composer/rows'
import { watchCopying } from './copy'
import { watchEditing } from './editor/watch'
import { watchEvents } from './events'
import { watchFilms } from './film/film'
import { watchForms } from './forms'
import { watchHeader } from './header'
import { watchInstall } from './install'
import { watchKeys } from './keys'
import { watchLeft } from './left'
import { watchAnswers } from './live'
import { watchMuted } from './muted'
import { watchPasskeys } from './passkeys/watch'
import { watchPictures } from './pictures'
import { watchPlayers } from './player'
import { startWorker } from './push/device'
import { watchSeen } from './push/seen'
import { watchReading } from './reading'
import { watchReturn } from './return'
import { watchSearch } from './search'
import { watchSending } from './send'
import { watchSharingLinks } from './share'
import { watchSorting } from './sorting'
import { watchSuggestions } from './suggest'
import { watchTaps } from './taps'
import { offerTimeZone } from './time-zone'
import { watchTimes } from './times'
import { watchTips } from './tips'
import { watchTransitions } from './transitions'
import { watchViewer } from './viewer'

// All listeners are attached to the document, so that content added later by htmx works without further setup.
watchLeft()
watchAnswers()
watchForms()
watchPictures()
watchPasskeys()
watchPlayers()
watchFilms()
watchCarousels()
watchViewer()
watchCaptions()
watchTimes()
watchTips()
offerTimeZone()
watchCopying()
watchKeys()
watchTaps()
watchReturn()
watchMuted()
watchReading()
watchSearch()
watchSharingLinks()
watchSuggestions()
watchSending()
watchHeader()
watchBack()
watchTransitions()
watchEvents()
watchOrder()
watchSorting()
watchRows()
watchChoosing()
watchEditing()
startComposer()
void startWorker()
watchSeen()
watchInstall()
