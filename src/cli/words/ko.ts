/** The Korean help of the commands, by its English text. A test checks that it is complete and that nothing is left. */
export const ko: Record<string, string> = {
  'Usage: {command}': '사용법: {command}',
  'Options:': '옵션:',
  'More: {command}': '자세히 보기: {command}',
  'Try: {command}': '도움말: {command}',
  'Pinhole: a photo sharing network that a small community runs itself.':
    'Pinhole: 작은 커뮤니티가 직접 운영하는 사진·동영상 공유 서비스',
  'Without a command, Pinhole runs the server and prints its address and, at first, a set-up link.':
    '명령 없이 실행하면 서버를 시작하고 주소를 보여 줘요. 관리자가 없으면 관리자가 되는 링크도 함께 나와요.',
  'Every command accepts --data DIR, --json and --help. Exit status: 0 success, 1 failure, 2 wrong usage.':
    '모든 명령에 --data DIR, --json, --help를 쓸 수 있어요. 종료 코드: 0 성공, 1 실패, 2 잘못된 사용법',
  'Pinhole is running at {address}': 'Pinhole이 실행 중이에요: {address}',
  '                   or {address}': '               또는: {address}',
  'There is no administrator yet. Open this link to become the administrator:':
    '아직 관리자가 없어요. 이 링크를 열면 관리자가 돼요:',

  'the data folder (./data)': '데이터 폴더 (./data)',
  'print JSON': 'JSON으로 출력',
  'print this help': '이 도움말 출력',

  'run the server': '서버 실행',
  'create an account': '계정 만들기',
  'list all accounts': '모든 계정 보기',
  'give a person another role': '회원의 역할 바꾸기',
  'print a one-time link to set a new password': '새 비밀번호를 설정하는 일회용 링크 출력',
  'turn off the second factor of a person who lost it': '인증 수단을 잃어버린 회원의 2단계 인증 끄기',
  'suspend a person': '회원 이용 정지',
  'lift a suspension': '이용 정지 해제',
  'delete an account, or keep one that is being deleted': '계정 삭제, 또는 삭제 중인 계정 유지',
  'write everything of a person into a zip': '회원의 모든 데이터를 zip 파일로 저장',
  'print an invitation link': '초대 링크 출력',
  'list the invitation links that can still be used': '아직 쓸 수 있는 초대 링크 보기',
  'revoke an invitation link': '초대 링크 취소',
  'give coins to a person': '회원에게 코인 지급',
  'create codes that people redeem for coins': '코인으로 바꿀 수 있는 쿠폰 발행',
  'bring photos and captions from elsewhere': '다른 곳의 사진과 문구 가져오기',
  'fill an empty folder with an invented community, and serve it': '빈 폴더에 가상의 커뮤니티를 만들어 실행',
  'prove that no coin and no stored file is lost': '없어진 코인이나 파일이 없는지 점검',
  'test that nobody can get photos of others': '볼 수 없는 사진이 새지 않는지 검사',
  'check this installation': '설치 상태 점검',
  'try the update of the database that this version needs, on a copy':
    '이 버전에 필요한 데이터베이스 업데이트를 사본에 테스트',
  'replace the key that signs sessions and links': '로그인과 링크에 서명하는 키 교체',
  'drop copies of videos that can be made again, or make them': '다시 만들 수 있는 동영상 사본을 비우거나 다시 만들기',
  'drop these copies': '이 사본을 비워요',
  'make missing copies again': '없는 사본을 다시 만들어요',
  'copy photos and videos to a bucket, or back to the data folder':
    '사진과 동영상을 버킷으로, 또는 다시 데이터 폴더로 복사',
  'copy all rows into a PostgreSQL database, or back': '모든 데이터를 PostgreSQL로, 또는 다시 SQLite로 복사',
  'copy everything to a safe place, even while serving': '모두 안전한 곳에 백업 (서버 실행 중에도 가능)',
  'list the backups, or prove the newest': '백업 목록을 보거나, 최신 백업이 온전한지 확인',
  'restore a backup into an empty data folder': '빈 데이터 폴더에 백업 복원',
  'rebuild every inbox': '모든 구독함 다시 만들기',
  'print the licences of all software in Pinhole': '포함된 모든 소프트웨어의 라이선스 출력',
  'print the version': '버전 출력',

  'listen on this address only (0.0.0.0 means all)': '이 주소에서만 접속받기 (0.0.0.0은 모든 주소)',
  'the same as PORT': 'PORT와 같음',
  'get a certificate for the host of PINHOLE_URL, and renew it': 'PINHOLE_URL 주소의 인증서를 받고 갱신',
  'read the password from stdin': '표준 입력에서 비밀번호 읽기',
  'member, moderator, admin (member)': 'member(회원), moderator(부관리자), admin(관리자) (member)',
  'the reason that the person sees': '회원에게 보여 줄 이유',
  'how many people can use the link (1)': '링크로 가입할 수 있는 인원 (1)',
  'the reason, at most 200 characters': '지급하는 이유, 200자까지',
  'how many coins each voucher is worth': '쿠폰 한 장의 코인 수',
  'how many vouchers to create (1)': '발행할 쿠폰 수 (1)',
  'how many people can redeem each voucher (1)': '쿠폰 한 장을 쓸 수 있는 인원 (1)',
  'for how many days the vouchers are valid (no limit)': '쿠폰의 유효 기간, 일 (기한 없음)',
  'check only the coins; with --json also list the totals at the end of each day':
    '코인만 점검. --json이면 날마다의 합계도 출력',
  'try N of the stored files, evenly spread (all)': '저장된 파일 가운데 고르게 N개만 검사 (모두)',
  'also print everything that was tried, and as whom': '무엇을 누구로서 시도했는지도 출력',
  'make existing sessions and links invalid now': '지금 있는 로그인과 링크를 바로 무효로 만들기',
  'restore the newest backup into a scratch folder and check it': '최신 백업을 임시 폴더에 복원해서 확인',
  'with --prove: read everything that is stored': '--prove와 함께: 저장된 것을 모두 읽기',
  'the last backup up to this day or time (UTC)': '이 날짜나 시각(UTC)까지의 마지막 백업',
  'the PostgreSQL database or the folder to copy to': '복사할 PostgreSQL 데이터베이스 또는 폴더',
  'store a space where a text has the character NUL, which PostgreSQL cannot store':
    'PostgreSQL에 저장할 수 없는 NUL 문자를 공백으로 바꿔 저장',

  [`Runs the server on PORT (7777) until SIGTERM or Ctrl-C. It then finishes its current requests and leaves the
remaining jobs to the next start. Until there is an administrator, it prints a link to create one.
With --json the first line on stdout is {"address", "addresses", "setupUrl", "pid"}.`]: `PORT(7777)에서 서버를 실행해요. SIGTERM이나 Ctrl-C를 받으면 처리 중인 요청을 마치고 끝나며, 남은 작업은 다음에
시작할 때 이어져요. 관리자가 없으면 관리자가 되는 링크를 출력해요.
--json이면 첫 줄에 {"address", "addresses", "setupUrl", "pid"}를 출력해요.`,
  'the person who gets the posts': '게시물을 받을 회원',
  'say what would be brought, and change nothing': '무엇을 가져올지 알려 주기만 하고 아무것도 바꾸지 않기',
  'who sees the posts: everyone or followers (everyone)': '게시물을 볼 사람: everyone 또는 followers (everyone)',
  'the price of each post (0)': '게시물마다 붙일 가격 (0)',
  'bring the stories of Instagram, too': 'Instagram 스토리도 가져오기',
  'the table with captions in FILE (captions.csv)': 'FILE 안에 있는 문구 표 (captions.csv)',
  'the language of the people: en or ko (that of the terminal)': '사람들의 언어: en 또는 ko (기본: 터미널 언어)',
  'end when the community is made, instead of serving it': '만들기만 하고 서버는 실행하지 않기',
  'Painting pictures: {done} of {all}': '사진을 그리는 중: {all}장 중 {done}장',
  'This is a demo: its people do not exist, and this program painted their pictures.':
    '데모예요. 사람들은 실제로 없고, 사진은 이 프로그램이 그렸어요.',
  'Sign in as a member: {handle}': '회원으로 로그인: {handle}',
  'Sign in as the administrator: {handle}': '관리자로 로그인: {handle}',
  'The password of everybody: {password}': '모두의 비밀번호: {password}',
  [`Brings photos and videos from elsewhere into the profile of a person, with their captions, at the time when they
were first published. FILE is an Instagram export (the zip or the unpacked folder, or all of its zips), a Google Takeout,
or a folder or zip of pictures with captions in EXIF, IPTC, XMP or a table. Nobody is notified and no inbox fills up.
It can run while the server is running. Run it again after an interruption: what is there is not brought twice.
Try --dry-run first: it reads everything and changes nothing. Exit status 1 when something could not be brought.`]: `다른 곳에 올렸던 사진과 동영상을 문구와 함께, 처음 게시한 날짜 그대로 회원의 프로필로 가져와요. FILE은 Instagram
내보내기(zip이나 압축을 푼 폴더, 여러 개면 모두), Google Takeout, 또는 EXIF·IPTC·XMP나 표에 문구가 있는 사진 폴더나
zip이에요. 아무에게도 알림이 가지 않고, 구독함도 채워지지 않아요. 서버가 실행 중이어도 돼요. 중단되면 다시
실행하세요. 이미 가져온 것은 두 번 가져오지 않아요. 먼저 --dry-run을 써 보세요. 모두 읽기만 하고 아무것도 바꾸지 않아요.
가져오지 못한 것이 있으면 종료 코드가 1이에요.`,
  [`Fills an empty data folder with a community that looks alive, and serves it: invented people, pictures that this
program paints, comments, likes, and coins. Nothing is downloaded. It takes a minute or two, and prints how to sign in.
It refuses a folder that contains anything. Start it again later with: pinhole --data DIR`]: `빈 데이터 폴더에 살아 있는 듯한 커뮤니티를 만들어 실행해요. 가상의 사람들, 이 프로그램이 그린 사진, 댓글, 좋아요,
코인이 들어 있어요. 아무것도 내려받지 않아요. 1~2분쯤 걸리고, 로그인하는 방법을 출력해요.
비어 있지 않은 폴더에는 만들지 않아요. 나중에 다시 실행하려면: pinhole --data DIR`,
  [`Creates an account, even when registration is closed. The password is read from stdin, so that it does not
appear in the list of processes:
  pinhole users create ann --role admin --password-stdin < password.txt`]: `가입을 받지 않을 때도 계정을 만들어요. 비밀번호가 프로세스 목록에 보이지 않도록 표준 입력에서 읽어요.
  pinhole users create minsu --role admin --password-stdin < password.txt`,
  'Prints a link to set a new password, which works once and within a day. A new password ends all their sessions.':
    '새 비밀번호를 설정하는 링크를 출력해요. 하루 안에 한 번만 쓸 수 있고, 비밀번호를 바꾸면 모든 기기에서 로그아웃돼요.',
  [`Turns off the second factor of somebody who has lost their phone and their recovery codes. They sign in with
their password alone and are told by mail, if the server sends mail. Be sure that it is really them who ask.`]: `휴대폰과 복구 코드를 모두 잃어버린 회원의 2단계 인증을 꺼요. 그 뒤에는 비밀번호만으로 로그인할 수 있고, 메일 서버가
있으면 메일로 알려 줘요. 반드시 본인이 요청했는지 확인하세요.`,
  [`Signs this person out and keeps them from signing in. Their posts are visible only to staff and to people who
bought them until the suspension is lifted. The person sees the reason when they try to sign in. A running server
applies the suspension within a second.`]: `회원을 로그아웃하고 다시 로그인하지 못하게 해요. 정지를 해제할 때까지 게시물은 운영진과 구매한 사람에게만 보여요.
로그인하려고 하면 이유가 보여요. 실행 중인 서버에는 1초 안에 적용돼요.`,
  [`Deletes an account. It is hidden and signed out at once, and the server erases it after the days that the staff
have set, until which the person can come back by signing in. Buyers keep what they bought. With coins left, --forfeit
says that they are given up. --now erases at once, which cannot be undone; --undo keeps an account that is being deleted.`]: `계정을 삭제해요. 바로 숨기고 로그아웃하며, 운영진이 정한 기간이 지나면 서버가 완전히 지워요. 그 전에는 회원이 로그인해서 돌아올 수
있어요. 구매한 회원은 산 게시물을 계속 볼 수 있어요. 남은 코인이 있으면 --forfeit으로 포기한다고 밝혀야 해요. --now는 바로 완전히 지우며
되돌릴 수 없어요. --undo는 삭제 중인 계정을 유지해요.`,
  'give up the coins of the account': '계정의 코인 포기',
  'erase at once, without days in which the person can come back': '돌아올 수 있는 기간 없이 바로 완전히 삭제',
  'keep an account that is being deleted': '삭제 중인 계정 유지',
  [`Writes everything of this person into a zip, as they can get it themselves under Account: photos and videos as
they uploaded them, posts, comments, what they bought, and all that is stored about them. Only you can read FILE, which
gets its name when it is complete and is never overwritten. The staff desk lists that it was made.`]: `회원의 모든 데이터를 zip 파일 하나에 담아요. 회원이 계정에서 직접 받는 것과 같아요: 원본 사진과 동영상, 게시물, 댓글, 구매한 게시물,
저장된 모든 정보예요. FILE은 명령을 실행한 사람만 읽을 수 있고, 완성된 뒤에 이름을 얻고, 덮어쓰지 않아요. 운영진의 처리 기록에 남아요.`,
  'Lifts a suspension. The person can sign in again, and their posts are visible again.':
    '이용 정지를 해제해요. 회원은 다시 로그인할 수 있고, 게시물도 다시 보여요.',
  [`Lists all accounts, oldest first: the handle, the role, whether the person can sign in, the day on which they
joined and the day on which they were last seen.`]: `모든 계정을 가입한 순서대로 보여 줘요: 핸들, 역할, 로그인할 수 있는지, 가입한 날, 마지막으로 들어온 날이에요.`,
  [`Gives a person another role. A running server applies it within a second. The last administrator keeps the role
until somebody else has it.`]: `회원의 역할을 바꿔요. 실행 중인 서버에는 1초 안에 적용돼요. 마지막 관리자의 역할은 다른 관리자가 생길 때까지 바꿀 수 없어요.`,
  [`Lists the invitation links of all people and of this command that can still be used, newest first: the number, how
many people used the link and how many can, the last day on which it works, who made it, and the link.`]: `회원과 명령으로 만든 초대 링크 가운데 아직 쓸 수 있는 것을 최신순으로 보여 줘요: 번호, 쓴 사람 수와 쓸 수 있는 사람 수, 쓸 수 있는 마지막
날, 만든 사람, 링크예요.`,
  'Revokes an invitation link, so that nobody else can join with it. "pinhole invites list" prints the numbers.':
    '초대 링크를 취소해서 더는 아무도 가입하지 못하게 해요. 번호는 "pinhole invites list"로 볼 수 있어요.',
  'Prints an invitation link that is valid for four weeks. Send it to the people you want to invite.':
    '4주 동안 쓸 수 있는 초대 링크를 출력해요. 초대할 사람에게 보내 주세요.',
  'Gives new coins to a person right away, even while the server is running. The note appears in their statement.':
    '회원에게 새 코인을 바로 지급해요. 서버가 실행 중이어도 돼요. 이유는 회원의 코인 내역에 보여요.',
  [`Creates vouchers and prints their codes, one per line. The codes cannot be printed again, since only
hashes of them are stored. People who redeem a voucher get its coins right away.`]: `쿠폰을 발행하고 번호를 한 줄에 하나씩 출력해요. 해시만 저장하므로 번호를 다시 출력할 수는 없어요.
회원이 쿠폰을 등록하면 바로 코인이 충전돼요.`,
  [`Proves that no coin was lost or created, that every purchase was paid for, and that every stored file is
unchanged since its upload. Reads everything and changes nothing, and can run while the server is running. Lists
each fault; exit status 1 when there is one.`]: `코인이 없어지거나 저절로 생기지 않았는지, 모든 구매가 결제됐는지, 저장된 파일이 업로드한 그대로인지 점검해요.
읽기만 하고 아무것도 바꾸지 않으며, 서버가 실행 중이어도 돼요. 오류를 모두 출력하고, 오류가 있으면 종료 코드가 1이에요.`,
  [`Tests that nobody can get photos that they are not allowed to see: not as a visitor, a stranger, a follower or
somebody who got a refund, while the owner and a buyer must get them. It tries every page and list, and links that
are copied, altered, expired or withdrawn, and requests that began before their session ended. The test runs in this
process, on a copy of the database with made-up people. Stored files are only read, and the server can keep running.
Prints what failed, or one line when all is well, and says so when the community is too empty to prove anything. With
--verbose it also prints what was tried, and as whom. Exit status 1 when somebody got a file that they must not get, or
did not get one that they may. The test takes a while, since it sends a thousand or more requests per file.`]: `볼 수 없는 사진을 아무도 받지 못하는지 검사해요. 방문자, 다른 회원, 팔로워, 환불받은 회원은 받지 못하고, 주인과 구매한
회원은 받을 수 있어야 해요. 모든 페이지와 목록, 복사·변조·만료·취소된 링크, 로그인이 끝나기 전에 시작된 요청까지
시도해요. 이 프로세스 안에서 데이터베이스 사본과 가상의 회원으로 검사하고, 저장된 파일은 읽기만 해요. 서버가 실행
중이어도 돼요. 이상이 없으면 한 줄을, 있으면 실패한 것을 출력하고, 커뮤니티가 너무 비어 있어 아무것도 증명하지 못하면
그렇다고 알려 줘요. --verbose면 무엇을 누구로서 시도했는지도 출력해요. 받으면 안 되는 파일을 받거나 받아야 할 파일을
받지 못하면 종료 코드가 1이에요. 파일마다 천 번 이상 요청하므로 시간이 걸려요.`,
  [`Checks the data folder, the database, the stored files, the settings and whether photos can be read. Changes
nothing and can run while the server is running. Exit status 1 when something has to be fixed.`]: `데이터 폴더, 데이터베이스, 저장된 파일, 설정, 사진 처리 기능을 점검해요. 아무것도 바꾸지 않으며, 서버가 실행
중이어도 돼요. 고쳐야 할 것이 있으면 종료 코드가 1이에요.`,
  [`Replaces the key that signs sessions and links. Stop the server first. Existing sessions and links stay valid
for twelve hours, so that open pages keep working. After that everybody has to sign in again, and links for
invitations and new passwords have to be created again. Vouchers stay valid.
If somebody else may know the key, use --at-once: then existing sessions and links become invalid with the next
start, and browsers subscribe to push notifications again by themselves.`]: `로그인과 링크에 서명하는 키를 바꿔요. 먼저 서버를 멈추세요. 열려 있는 페이지가 끊기지 않도록 지금 있는 로그인과
링크는 12시간 동안 계속 쓸 수 있어요. 그 뒤에는 모두 다시 로그인하고, 초대와 비밀번호 링크도 다시 만들어야 해요.
쿠폰은 그대로 쓸 수 있어요.
다른 사람이 키를 알고 있을지도 모른다면 --at-once를 쓰세요. 다음에 시작할 때 모든 로그인과 링크가 끝나고,
푸시 알림은 브라우저가 알아서 다시 등록해요.`,
  [`Says how much space the copies of long videos in other qualities take, which can be made again from the videos.
With --drop they are dropped; videos still play. With --again they are made again. Jobs of the server do it, at once if it
runs, else after its next start. Nothing that cannot be made again is dropped.`]: `긴 동영상의 다른 화질 사본이 차지하는 공간을 알려 줘요. 이 사본은 동영상에서 다시 만들 수 있어요. --drop을 쓰면
사본을 비워요. 비워도 동영상은 재생돼요. --again을 쓰면 사본을 다시 만들어요. 서버가 실행 중이면 바로, 아니면 다음에 시작할 때
서버의 작업이 비우거나 만들어요. 다시 만들 수 없는 것은 지우지 않아요.`,
  [`Copies all photos and videos from the data folder to the bucket of PINHOLE_S3_URL, or from that bucket back to
the data folder. What is there already is not copied again, so the command can be stopped and repeated, and the server
can go on meanwhile. Then stop the server, repeat the command for what came last, and start the server with
PINHOLE_S3_URL, or without it. Each file is compared with the hash of its upload. The source is only read.`]: `모든 사진과 동영상을 데이터 폴더에서 PINHOLE_S3_URL의 버킷으로, 또는 버킷에서 데이터 폴더로 복사해요. 이미 복사한
파일은 건너뛰므로 중단했다가 다시 실행해도 되고, 그동안 서버를 계속 실행해도 돼요. 다 되면 서버를 멈추고, 그사이 올라온
파일을 위해 한 번 더 실행한 다음, PINHOLE_S3_URL을 넣거나 빼고 서버를 시작하세요. 파일마다 업로드할 때의 해시와
비교하고, 원본은 읽기만 해요.`,
  [`Copies all rows of a data folder into an empty PostgreSQL database, or of the database of PINHOLE_DATABASE_URL
into a folder: the data folder itself, or an empty one, which also gets the keys and the stored files. Stop all servers
first. Every table is read again and compared, and the ledger is checked. When it is interrupted, run it again: it goes
on where it was, and no server starts on a part of a community. What is copied is not deleted. Files in a bucket stay
there; see pinhole files move.`]: `데이터 폴더의 모든 데이터를 비어 있는 PostgreSQL 데이터베이스로, 또는 PINHOLE_DATABASE_URL의 데이터베이스를 폴더로
복사해요. 폴더는 데이터 폴더 자신이거나, 키와 파일까지 함께 받을 빈 폴더예요. 먼저 서버를 모두 멈추세요. 모든 테이블을
다시 읽어 비교하고 장부도 점검해요. 도중에 끊기면 다시 실행하세요. 멈춘 곳부터 이어서 복사하고, 다 끝나기 전에는 어떤
서버도 그 데이터로 시작하지 않아요. 원본은 삭제하지 않아요. 버킷의 파일은 그대로 있어요(pinhole files move 참고).`,
  [`Copies the database, all photos and the secrets while the server goes on. The copy is of one moment.
DIR or s3://… (by default PINHOLE_BACKUP) keeps many backups and each byte once: a backup adds only what is new, is
proved by restoring it into a scratch folder, and replaces those that PINHOLE_BACKUP_KEEP (7d,4w,6m) does not keep.
PINHOLE_BACKUP_PASSPHRASE encrypts them. FILE becomes one tar file that only you can read; it is never overwritten, and
gets its name when it was read back. With - the same file is written to standard output. Unfinished uploads are left out.`]: `서버를 계속 실행하면서 데이터베이스, 모든 사진, 키를 복사해요. 한 시점의 상태가 담겨요.
DIR이나 s3://…(기본은 PINHOLE_BACKUP)에는 백업 여러 개를 같은 내용은 한 번만 저장해 보관해요. 새로운 것만 추가하고, 임시
폴더에 복원해서 온전한지 확인하고, PINHOLE_BACKUP_KEEP(7d,4w,6m)에 남지 않는 오래된 백업은 지워요.
PINHOLE_BACKUP_PASSPHRASE가 있으면 암호화해요. FILE은 본인만 읽을 수 있는 tar 파일 하나가 돼요. 덮어쓰지 않고, 다시 읽어
본 다음에야 이름이 생겨요. -를 쓰면 같은 파일을 표준 출력으로 내보내요. 끝나지 않은 업로드는 빠져요.`,
  [`Lists the backups in a folder or bucket, by default that of PINHOLE_BACKUP, newest first. With --prove the newest
is restored into a scratch folder and checked, and a part of everything stored is read and compared with its hash; with
--all everything is. What turns out damaged is set aside, so that the next backup stores it again. Exit status 1 when
something is wrong.`]: `폴더나 버킷(기본은 PINHOLE_BACKUP)에 있는 백업을 최신순으로 보여 줘요. --prove를 쓰면 최신 백업을 임시 폴더에
복원해서 점검하고, 저장된 것의 일부를 읽어 해시와 비교해요. --all이면 모두 읽어요. 손상된 것은 따로 옮겨 다음 백업이 다시
저장하게 해요. 이상이 있으면 종료 코드가 1이에요.`,
  [`Restores what \`pinhole backup\` wrote into an empty or new data folder, and its files into the empty bucket of
PINHOLE_S3_URL if that is set. From DIR or s3://… it takes the newest backup, or with --at the last one up to that day
or time (2026-11-22, 2026-11-22T09:30); encrypted ones need PINHOLE_BACKUP_PASSPHRASE. With - it reads a FILE from
standard input. The whole copy is checked before the folder is used; if something is wrong, the folder is left empty.`]: `\`pinhole backup\`으로 만든 백업을 비어 있거나 새로운 데이터 폴더에 복원해요. PINHOLE_S3_URL이 있으면 파일은 비어 있는
그 버킷에 복원해요. DIR이나 s3://…에서는 최신 백업을, --at을 쓰면 그 날짜나 시각까지의 마지막 백업을
복원해요(2026-11-22, 2026-11-22T09:30). 암호화한 백업에는 PINHOLE_BACKUP_PASSPHRASE가 필요해요. -를 쓰면 표준 입력에서
FILE을 읽어요. 백업 전체를 점검한 다음에 폴더를 사용하고, 이상이 있으면 폴더를 빈 채로 남겨요.`,
  [`Tells whether the first start of this version would update the database, and tries it: updates a copy, says how
long each step takes, and removes the copy. Changes nothing, and can run while a server of the version before is
running. In PostgreSQL it tries the update in a transaction that it takes back, and only when no server is running.
Exit status 1 when the update would fail.`]: `이 버전을 처음 시작할 때 데이터베이스를 업데이트하는지 알려 주고 테스트해 봐요. 사본을 업데이트해서 단계마다 걸리는 시간을
보여 주고 사본을 지워요. 아무것도 바꾸지 않고, 이전 버전의 서버가 실행 중이어도 돼요. PostgreSQL에서는 서버가 없을 때만
트랜잭션 안에서 테스트하고 되돌려요. 업데이트가 실패할 상황이면 종료 코드가 1이에요.`,
  'Rebuilds every inbox from posts and follows. Read posts stay read. This is safe even while the server is running.':
    '게시물과 팔로우를 바탕으로 모든 구독함을 다시 만들어요. 읽음 표시는 그대로예요. 서버가 실행 중이어도 안전해요.',
  'Prints the licence of Pinhole and the licences of all third-party software in it.':
    'Pinhole과 그 안에 든 모든 소프트웨어의 라이선스를 출력해요.',
  'Prints the version and the commit that it was built from.': '버전과 빌드한 커밋을 출력해요.',
}
