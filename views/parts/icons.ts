import aperture from 'lucide-static/icons/aperture.svg' with { type: 'text' }
import arrowLeft from 'lucide-static/icons/arrow-left.svg' with { type: 'text' }
import arrowRight from 'lucide-static/icons/arrow-right.svg' with { type: 'text' }
import arrowUp from 'lucide-static/icons/arrow-up.svg' with { type: 'text' }
import atSign from 'lucide-static/icons/at-sign.svg' with { type: 'text' }
import ban from 'lucide-static/icons/ban.svg' with { type: 'text' }
import banknote from 'lucide-static/icons/banknote.svg' with { type: 'text' }
import bell from 'lucide-static/icons/bell.svg' with { type: 'text' }
import bellRing from 'lucide-static/icons/bell-ring.svg' with { type: 'text' }
import bookmark from 'lucide-static/icons/bookmark.svg' with { type: 'text' }
import briefcase from 'lucide-static/icons/briefcase.svg' with { type: 'text' }
import captions from 'lucide-static/icons/captions.svg' with { type: 'text' }
import check from 'lucide-static/icons/check.svg' with { type: 'text' }
import chevronDown from 'lucide-static/icons/chevron-down.svg' with { type: 'text' }
import chevronLeft from 'lucide-static/icons/chevron-left.svg' with { type: 'text' }
import chevronRight from 'lucide-static/icons/chevron-right.svg' with { type: 'text' }
import circleUserRound from 'lucide-static/icons/circle-user-round.svg' with { type: 'text' }
import code from 'lucide-static/icons/code.svg' with { type: 'text' }
import coins from 'lucide-static/icons/coins.svg' with { type: 'text' }
import copy from 'lucide-static/icons/copy.svg' with { type: 'text' }
import ellipsis from 'lucide-static/icons/ellipsis.svg' with { type: 'text' }
import eyeOff from 'lucide-static/icons/eye-off.svg' with { type: 'text' }
import film from 'lucide-static/icons/film.svg' with { type: 'text' }
import flag from 'lucide-static/icons/flag.svg' with { type: 'text' }
import gift from 'lucide-static/icons/gift.svg' with { type: 'text' }
import handCoins from 'lucide-static/icons/hand-coins.svg' with { type: 'text' }
import hardDrive from 'lucide-static/icons/hard-drive.svg' with { type: 'text' }
import heart from 'lucide-static/icons/heart.svg' with { type: 'text' }
import house from 'lucide-static/icons/house.svg' with { type: 'text' }
import image from 'lucide-static/icons/image.svg' with { type: 'text' }
import imagePlus from 'lucide-static/icons/image-plus.svg' with { type: 'text' }
import images from 'lucide-static/icons/images.svg' with { type: 'text' }
import inbox from 'lucide-static/icons/inbox.svg' with { type: 'text' }
import keyRound from 'lucide-static/icons/key-round.svg' with { type: 'text' }
import library from 'lucide-static/icons/library.svg' with { type: 'text' }
import linkIcon from 'lucide-static/icons/link.svg' with { type: 'text' }
import listChecks from 'lucide-static/icons/list-checks.svg' with { type: 'text' }
import lock from 'lucide-static/icons/lock.svg' with { type: 'text' }
import lockOpen from 'lucide-static/icons/lock-open.svg' with { type: 'text' }
import logOut from 'lucide-static/icons/log-out.svg' with { type: 'text' }
import mail from 'lucide-static/icons/mail.svg' with { type: 'text' }
import megaphone from 'lucide-static/icons/megaphone.svg' with { type: 'text' }
import messageCircle from 'lucide-static/icons/message-circle.svg' with { type: 'text' }
import pencil from 'lucide-static/icons/pencil.svg' with { type: 'text' }
import play from 'lucide-static/icons/play.svg' with { type: 'text' }
import rotateCw from 'lucide-static/icons/rotate-cw.svg' with { type: 'text' }
import settings from 'lucide-static/icons/settings.svg' with { type: 'text' }
import shield from 'lucide-static/icons/shield.svg' with { type: 'text' }
import shoppingBag from 'lucide-static/icons/shopping-bag.svg' with { type: 'text' }
import smartphone from 'lucide-static/icons/smartphone.svg' with { type: 'text' }
import squarePlus from 'lucide-static/icons/square-plus.svg' with { type: 'text' }
import ticket from 'lucide-static/icons/ticket.svg' with { type: 'text' }
import trash2 from 'lucide-static/icons/trash-2.svg' with { type: 'text' }
import triangleAlert from 'lucide-static/icons/triangle-alert.svg' with { type: 'text' }
import undo2 from 'lucide-static/icons/undo-2.svg' with { type: 'text' }
import userRound from 'lucide-static/icons/user-round.svg' with { type: 'text' }
import userRoundPlus from 'lucide-static/icons/user-round-plus.svg' with { type: 'text' }
import usersRound from 'lucide-static/icons/users-round.svg' with { type: 'text' }
import volume2 from 'lucide-static/icons/volume-2.svg' with { type: 'text' }
import volumeX from 'lucide-static/icons/volume-x.svg' with { type: 'text' }
import wallet from 'lucide-static/icons/wallet.svg' with { type: 'text' }
import x from 'lucide-static/icons/x.svg' with { type: 'text' }
/** Lists only the icons in use, because each import is embedded in the executable. */
export const icons = {
  house: house,
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
  bookmark: bookmark,
}
export type IconName = keyof typeof icons
