import aperture from './lucide/aperture.svg' with { type: 'text' }
import arrowDown from './lucide/arrow-down.svg' with { type: 'text' }
import arrowLeft from './lucide/arrow-left.svg' with { type: 'text' }
import arrowRight from './lucide/arrow-right.svg' with { type: 'text' }
import arrowUp from './lucide/arrow-up.svg' with { type: 'text' }
import atSign from './lucide/at-sign.svg' with { type: 'text' }
import ban from './lucide/ban.svg' with { type: 'text' }
import banknote from './lucide/banknote.svg' with { type: 'text' }
import bell from './lucide/bell.svg' with { type: 'text' }
import bellRing from './lucide/bell-ring.svg' with { type: 'text' }
import bookmark from './lucide/bookmark.svg' with { type: 'text' }
import briefcase from './lucide/briefcase.svg' with { type: 'text' }
import captions from './lucide/captions.svg' with { type: 'text' }
import check from './lucide/check.svg' with { type: 'text' }
import chevronDown from './lucide/chevron-down.svg' with { type: 'text' }
import chevronLeft from './lucide/chevron-left.svg' with { type: 'text' }
import chevronRight from './lucide/chevron-right.svg' with { type: 'text' }
import circleUserRound from './lucide/circle-user-round.svg' with { type: 'text' }
import clock from './lucide/clock.svg' with { type: 'text' }
import code from './lucide/code.svg' with { type: 'text' }
import coins from './lucide/coins.svg' with { type: 'text' }
import compass from './lucide/compass.svg' with { type: 'text' }
import copy from './lucide/copy.svg' with { type: 'text' }
import crop from './lucide/crop.svg' with { type: 'text' }
import download from './lucide/download.svg' with { type: 'text' }
import ellipsis from './lucide/ellipsis.svg' with { type: 'text' }
import eye from './lucide/eye.svg' with { type: 'text' }
import eyeOff from './lucide/eye-off.svg' with { type: 'text' }
import film from './lucide/film.svg' with { type: 'text' }
import fingerprintPattern from './lucide/fingerprint-pattern.svg' with { type: 'text' }
import flag from './lucide/flag.svg' with { type: 'text' }
import gift from './lucide/gift.svg' with { type: 'text' }
import globe from './lucide/globe.svg' with { type: 'text' }
import gripVertical from './lucide/grip-vertical.svg' with { type: 'text' }
import handCoins from './lucide/hand-coins.svg' with { type: 'text' }
import hardDrive from './lucide/hard-drive.svg' with { type: 'text' }
import hash from './lucide/hash.svg' with { type: 'text' }
import heart from './lucide/heart.svg' with { type: 'text' }
import history from './lucide/history.svg' with { type: 'text' }
import house from './lucide/house.svg' with { type: 'text' }
import image from './lucide/image.svg' with { type: 'text' }
import imagePlus from './lucide/image-plus.svg' with { type: 'text' }
import images from './lucide/images.svg' with { type: 'text' }
import inbox from './lucide/inbox.svg' with { type: 'text' }
import keyRound from './lucide/key-round.svg' with { type: 'text' }
import library from './lucide/library.svg' with { type: 'text' }
import linkIcon from './lucide/link.svg' with { type: 'text' }
import listChecks from './lucide/list-checks.svg' with { type: 'text' }
import lock from './lucide/lock.svg' with { type: 'text' }
import lockOpen from './lucide/lock-open.svg' with { type: 'text' }
import logOut from './lucide/log-out.svg' with { type: 'text' }
import mail from './lucide/mail.svg' with { type: 'text' }
import maximize from './lucide/maximize.svg' with { type: 'text' }
import megaphone from './lucide/megaphone.svg' with { type: 'text' }
import messageCircle from './lucide/message-circle.svg' with { type: 'text' }
import minimize from './lucide/minimize.svg' with { type: 'text' }
import moveHorizontal from './lucide/move-horizontal.svg' with { type: 'text' }
import pause from './lucide/pause.svg' with { type: 'text' }
import pencil from './lucide/pencil.svg' with { type: 'text' }
import pin from './lucide/pin.svg' with { type: 'text' }
import pinOff from './lucide/pin-off.svg' with { type: 'text' }
import play from './lucide/play.svg' with { type: 'text' }
import plus from './lucide/plus.svg' with { type: 'text' }
import qrCode from './lucide/qr-code.svg' with { type: 'text' }
import repeat from './lucide/repeat.svg' with { type: 'text' }
import rotateCw from './lucide/rotate-cw.svg' with { type: 'text' }
import rotateCwSquare from './lucide/rotate-cw-square.svg' with { type: 'text' }
import search from './lucide/search.svg' with { type: 'text' }
import settings from './lucide/settings.svg' with { type: 'text' }
import share from './lucide/share-2.svg' with { type: 'text' }
import shield from './lucide/shield.svg' with { type: 'text' }
import shoppingBag from './lucide/shopping-bag.svg' with { type: 'text' }
import smartphone from './lucide/smartphone.svg' with { type: 'text' }
import squarePlus from './lucide/square-plus.svg' with { type: 'text' }
import ticket from './lucide/ticket.svg' with { type: 'text' }
import trash2 from './lucide/trash-2.svg' with { type: 'text' }
import triangleAlert from './lucide/triangle-alert.svg' with { type: 'text' }
import undo2 from './lucide/undo-2.svg' with { type: 'text' }
import userRound from './lucide/user-round.svg' with { type: 'text' }
import userRoundMinus from './lucide/user-round-minus.svg' with { type: 'text' }
import userRoundPlus from './lucide/user-round-plus.svg' with { type: 'text' }
import userRoundX from './lucide/user-round-x.svg' with { type: 'text' }
import usersRound from './lucide/users-round.svg' with { type: 'text' }
import volume2 from './lucide/volume-2.svg' with { type: 'text' }
import volumeX from './lucide/volume-x.svg' with { type: 'text' }
import wallet from './lucide/wallet.svg' with { type: 'text' }
import x from './lucide/x.svg' with { type: 'text' }
/** Lists only the icons in use, because each import is embedded in the executable. */
export const icons = {
  house: house,
  globe,
  'fingerprint-pattern': fingerprintPattern,
  'user-round-x': userRoundX,
  eye,
  'move-horizontal': moveHorizontal,
  plus,
  repeat,
  pin: pin,
  'pin-off': pinOff,
  search: search,
  compass: compass,
  hash: hash,
  history: history,
  mail: mail,
  inbox: inbox,
  'square-plus': squarePlus,
  bell: bell,
  'circle-user-round': circleUserRound,
  'user-round': userRound,
  x: x,
  'chevron-left': chevronLeft,
  'chevron-right': chevronRight,
  'chevron-down': chevronDown,
  'arrow-down': arrowDown,
  'arrow-left': arrowLeft,
  'arrow-right': arrowRight,
  pencil: pencil,
  'trash-2': trash2,
  'rotate-cw': rotateCw,
  image: image,
  'image-plus': imagePlus,
  images: images,
  lock: lock,
  'users-round': usersRound,
  'eye-off': eyeOff,
  check: check,
  copy: copy,
  link: linkIcon,
  'log-out': logOut,
  smartphone: smartphone,
  settings: settings,
  shield: shield,
  clock,
  download,
  'qr-code': qrCode,
  'share-2': share,
  'user-round-minus': userRoundMinus,
  code: code,
  'triangle-alert': triangleAlert,
  'user-round-plus': userRoundPlus,
  'key-round': keyRound,
  'hard-drive': hardDrive,
  ellipsis: ellipsis,
  'list-checks': listChecks,
  captions: captions,
  briefcase: briefcase,
  aperture: aperture,
  ticket: ticket,
  play: play,
  pause: pause,
  maximize: maximize,
  minimize: minimize,
  wallet: wallet,
  ban: ban,
  'volume-2': volume2,
  'volume-x': volumeX,
  film: film,
  'lock-open': lockOpen,
  coins: coins,
  library: library,
  'at-sign': atSign,
  banknote: banknote,
  'bell-ring': bellRing,
  flag: flag,
  gift: gift,
  'hand-coins': handCoins,
  heart: heart,
  megaphone: megaphone,
  'message-circle': messageCircle,
  'shopping-bag': shoppingBag,
  'undo-2': undo2,
  'arrow-up': arrowUp,
  'grip-vertical': gripVertical,
  bookmark: bookmark,
  crop,
  'rotate-cw-square': rotateCwSquare,
}
export type IconName = keyof typeof icons
