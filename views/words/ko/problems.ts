/** Error messages, including those of fields. */
export const problems = {
  'Send the token of PINHOLE_METRICS_TOKEN as a bearer token.':
    'PINHOLE_METRICS_TOKEN의 토큰을 Bearer 토큰으로 보내 주세요.',
  'A price must be a whole number of coins.': '가격은 소수점 없이 입력해 주세요.',
  'You are no longer signed in. Please sign in again.': '로그인이 풀렸어요. 다시 로그인해 주세요.',
  'Your role has changed. Reload the page and try again.': '권한이 변경됐어요. 새로고침한 뒤 다시 시도해 주세요.',
  'The request broke off before all of it arrived.': '요청이 도중에 끊겼어요. 다시 시도해 주세요.',
  'There is nothing at this address.': '주소가 잘못됐거나 삭제된 페이지예요.',
  'Please check what you entered.': '입력한 내용을 확인해 주세요.',
  'Please sign in.': '로그인해 주세요.',
  'The handle or password is wrong.': '아이디 또는 비밀번호가 올바르지 않아요.',
  'The password is wrong.': '비밀번호가 올바르지 않아요.',
  'Only an administrator can do this to members of the staff.': '운영진 계정에는 관리자만 이 작업을 할 수 있어요.',
  'This is the only administrator. Make someone else an administrator first.':
    '관리자가 한 명뿐이에요. 먼저 다른 회원을 관리자로 지정해 주세요.',
  'You can run at most {most} uploads at a time. Wait until one of them finishes.':
    '업로드는 한 번에 {most}개까지 할 수 있어요. 하나가 끝나면 다시 시도해 주세요.',
  'Please fill in this field.': '이 항목을 입력해 주세요.',
  'Enter a whole number.': '정수로 입력해 주세요.',
  'Enter a number.': '숫자로 입력해 주세요.',
  'This must be text.': '텍스트로 입력해 주세요.',
  'This must be true or false.': 'true 또는 false로 보내 주세요.',
  'This must be a list.': '목록으로 보내 주세요.',
  'This must be an object with fields.': '필드가 있는 객체로 보내 주세요.',
  'This value is not valid.': '올바르지 않은 값이에요.',
  'This must be one of: {values}.': '다음 중 하나여야 해요: {values}',
  'These fields do not exist here: {names}.': '여기에 없는 필드예요: {names}',
  'Enter at least {n} characters.': '{n}자 이상 입력해 주세요.',
  'Enter at most {n} characters.': '{n}자까지 입력할 수 있어요.',
  'Give {n} or more.': '{n}개 이상이어야 해요.',
  'Give at most {n}.': '{n}개까지만 돼요.',
  'Enter a number above {limit}.': '{limit}보다 큰 숫자를 입력해 주세요.',
  'Enter a number below {limit}.': '{limit}보다 작은 숫자를 입력해 주세요.',
  'Enter {limit} or more.': '{limit} 이상을 입력해 주세요.',
  'Enter {limit} or less.': '{limit} 이하를 입력해 주세요.',
  'This is not a valid email address.': '올바른 이메일 주소가 아니에요.',
  'This is not a valid address. Include https://.': '올바른 주소가 아니에요. https://까지 입력해 주세요.',
  'Send the body without compression.': '본문을 압축하지 말고 보내 주세요.',
  'Send text in UTF-8.': '텍스트는 UTF-8로 보내 주세요.',
  'The body is not valid UTF-8.': '본문이 올바른 UTF-8이 아니에요.',
  'This is not a valid form.': '폼 형식이 올바르지 않아요.',
  'This address accepts only these methods: {methods}.': '이 주소에서는 다음 메서드만 쓸 수 있어요: {methods}',
  'Send JSON or a form.': 'JSON이나 폼으로 보내 주세요.',
  'Send the file as multipart/form-data.': '파일은 multipart/form-data로 보내 주세요.',
  'This setting is fixed when the server starts.': '서버를 시작할 때 정해진 값이라 바꿀 수 없어요.',
  'A flag or an environment variable sets this when the server starts.':
    '서버 시작 옵션이나 환경 변수로 정해져 있어요.',
  'Enter a colour like #d2542a.': '#d2542a 형식으로 입력해 주세요.',

  'Sign-up is closed at the moment.': '지금은 새로 가입할 수 없어요.',
  'You need an invitation to sign up.': '가입하려면 초대가 필요해요.',
  'Something went wrong on our side. The error has been logged.': '일시적인 오류가 발생했어요. 오류 내용은 기록됐어요.',
  'Only staff can do this.': '운영진만 할 수 있어요.',
  'Too many attempts. Please try again in {minutes} min.':
    '시도 횟수가 너무 많아요. {minutes}분 뒤에 다시 시도해 주세요.',
  'This request came from another site.': '다른 사이트에서 보낸 요청이에요.',
  'This request is too large.': '한 번에 보낼 수 있는 양을 넘었어요.',
  'The body is not valid JSON.': '올바른 JSON이 아니에요.',
  '_method must be PUT, PATCH or DELETE.': '_method는 PUT, PATCH, DELETE 중 하나예요.',
  'This link to the next page is not valid. Go back to the first page.':
    '다음 페이지 링크가 올바르지 않아요. 첫 페이지로 돌아가 주세요.',
  'The limit must be a number from 1 to 100.': 'limit은 1부터 100까지의 숫자예요.',
  'This cursor is not valid.': '올바른 cursor가 아니에요.',
  'Enter a time such as 2026-01-31T12:00:00Z.': '2026-01-31T12:00:00Z 형식의 시각을 입력해 주세요.',
  'A key can have at most 255 characters.': '키는 255자까지 쓸 수 있어요.',
  'This key was already used for a different request. Send a new key.':
    '이미 다른 요청에 쓴 키예요. 새 키를 보내 주세요.',
  'This job has already finished.': '이미 끝난 작업이에요.',

  'This invitation has been used up or has expired. Ask for a new one.':
    '이미 사용됐거나 만료된 초대예요. 새 초대 링크를 요청해 주세요.',
  'This set-up link is not valid. The server prints a new one each time it starts.':
    '쓸 수 없는 설정 링크예요. 서버를 켤 때마다 새 링크가 나와요.',
  'There is already an administrator, so this link no longer works.': '관리자가 이미 있어 더 이상 쓸 수 없는 링크예요.',
  'This link has been used or has expired. Ask the staff for a new one.':
    '이미 사용됐거나 만료된 링크예요. 운영진에게 새 링크를 요청해 주세요.',
  'This handle is already taken.': '이미 사용 중인 아이디예요.',
  'This handle is reserved.': '쓸 수 없는 아이디예요.',
  'A handle has 3 to 30 characters: lower-case letters, digits and _.':
    '아이디는 영문 소문자, 숫자, 밑줄(_)로 3~30자여야 해요.',
  'A password needs at least 10 characters.': '비밀번호는 10자 이상이어야 해요.',
  'This is one of the first passwords that others would try. Choose another one.':
    '남이 가장 먼저 시도해 볼 만한 비밀번호예요. 다른 비밀번호를 사용해 주세요.',
  'A password can have at most 200 characters.': '비밀번호는 200자까지 쓸 수 있어요.',
  'Please enter a name.': '이름을 입력해 주세요.',
  'Please enter a name with visible characters.': '눈에 보이는 글자로 이름을 입력해 주세요.',
  'A name cannot contain line breaks or invisible control characters.':
    '이름에는 줄바꿈이나 보이지 않는 제어 문자를 쓸 수 없어요.',
  'This is not an email address.': '이메일 주소가 아니에요.',
  'A link must start with https:// or http://.': '링크는 https://나 http://로 시작해야 해요.',
  'You can add at most 5 links.': '링크는 5개까지 추가할 수 있어요.',
  'There is no member with this handle.': '존재하지 않는 회원이에요.',

  'There is no such file.': '파일을 찾을 수 없어요.',
  'Choose a file to upload.': '업로드할 파일을 선택해 주세요.',
  'A profile picture must be a photo.': '프로필 사진에는 사진만 쓸 수 있어요.',
  'The upload was interrupted or is not a valid form. Please try again.':
    '업로드가 중단됐거나 폼 형식이 잘못됐어요. 다시 시도해 주세요.',
  'This upload does not exist or has expired. Start it again.':
    '업로드를 찾을 수 없거나 만료됐어요. 처음부터 다시 업로드해 주세요.',
  'These bytes do not have the announced hash. Send them again.':
    '받은 내용이 미리 보낸 해시와 달라요. 다시 보내 주세요.',
  'Send Upload-Metadata as pairs of a name and a value in Base64, separated by commas.':
    'Upload-Metadata는 이름과 Base64로 인코딩한 값을 짝지어 쉼표로 구분해 보내 주세요.',
  'This upload was made of parts and is complete.': '여러 조각을 합쳐서 이미 끝난 업로드예요.',
  'These bytes go beyond the length of {bytes} that was announced for this upload.':
    '보낸 내용이 이 업로드에 미리 알린 길이({bytes}바이트)를 넘어요.',
  'Send Tus-Resumable: {version}, the version of this server.':
    '이 서버의 버전에 맞게 Tus-Resumable: {version} 헤더를 보내 주세요.',
  'Send the bytes as {type}.': '내용은 {type} 형식으로 보내 주세요.',
  'Send Upload-Offset, the number of bytes that have arrived.':
    '지금까지 도착한 바이트 수를 Upload-Offset 헤더로 보내 주세요.',
  'Send Upload-Checksum as one of {names} and the hash in Base64.':
    'Upload-Checksum은 {names} 가운데 하나와 Base64로 인코딩한 해시로 보내 주세요.',
  'Send Upload-Concat as "partial", or as "final;" and the addresses of 1 to {most} parts, each once.':
    'Upload-Concat은 "partial" 또는 "final;"과 서로 다른 조각 주소 1~{most}개로 보내 주세요.',
  'Not all bytes of these parts have arrived. Upload the rest first.':
    '아직 다 도착하지 않은 조각이 있어요. 나머지를 먼저 올려 주세요.',
  'The file of this upload was deleted or is already in use. Upload it again.':
    '업로드한 파일이 삭제됐거나 이미 사용 중이에요. 다시 업로드해 주세요.',
  'This file is too large: at most {mb} MB are allowed.': '파일이 너무 커요. 최대 {mb}MB까지 올릴 수 있어요.',
  'Your storage is full. Delete something, or ask the staff for more space.':
    '저장 공간이 가득 찼어요. 파일을 지우거나 운영진에게 공간을 늘려 달라고 해 주세요.',
  'You cannot follow yourself.': '자기 자신은 팔로우할 수 없어요.',

  'This file does not exist.': '파일을 찾을 수 없어요.',
  'The database of this server does not answer at the moment. Nothing is lost; please try again soon.':
    '지금 서버의 데이터베이스가 응답하지 않아요. 저장된 내용은 그대로 있으니 잠시 후 다시 시도해 주세요.',
  'The database stopped answering while it stored this. Please check whether it is done before you try again.':
    '저장하는 중에 서버의 데이터베이스가 응답을 멈췄어요. 다시 시도하기 전에 이미 저장됐는지 확인해 주세요.',
  'The storage of photos and videos does not answer at the moment. Nothing is lost; please try again in a minute.':
    '지금 사진과 동영상 저장소가 응답하지 않아요. 사라진 것은 없으니 잠시 후 다시 시도해 주세요.',
  'The disk of this server is full. Nothing is lost; please tell the staff.':
    '서버 디스크가 가득 찼어요. 사라진 것은 없으니 운영진에게 알려 주세요.',
  'This file is already in a post. Upload it again to use it here, too.':
    '이미 게시물에 들어 있는 파일이에요. 여기에도 쓰려면 다시 올려 주세요.',
  'Someone has bought this post, so its photos and videos cannot be removed.':
    '구매한 사람이 있어서 사진이나 동영상을 뺄 수 없어요.',
  'This file is not ready yet. Please try again in a moment.': '아직 처리 중인 파일이에요. 잠시 후 다시 시도해 주세요.',
  'Processing this file was interrupted. Please try again.': '파일을 처리하다가 중단됐어요. 다시 시도해 주세요.',
  'This file is already in use. Upload it again to use it here, too.':
    '이미 사용 중인 파일이에요. 여기에도 쓰려면 다시 올려 주세요.',
  'This file is in a post. Remove it from the post first.': '게시물에 들어 있는 파일이에요. 먼저 게시물에서 빼 주세요.',
  'This file type is not supported. Photos: JPEG, PNG, WebP, AVIF, HEIC, JPEG XL, GIF, TIFF, raw files. Videos: MP4, MOV, WebM, MKV, AVI, 3GP, MPEG.':
    '지원하지 않는 파일이에요. 사진: JPEG, PNG, WebP, AVIF, HEIC, JPEG XL, GIF, TIFF, RAW. 동영상: MP4, MOV, WebM, MKV, AVI, 3GP, MPEG.',
  'The file is damaged or incomplete and cannot be read.': '파일이 깨졌거나 일부가 빠져 있어서 읽을 수 없어요.',
  'The picture is too large: at most 100 megapixels, counting all frames of an animation.':
    '사진이 너무 커요. 최대 1억 화소까지 올릴 수 있어요. 움직이는 이미지는 모든 프레임을 합친 크기예요.',
  'The animation is too long: at most 1,000 frames.':
    '움직이는 이미지가 너무 길어요. 최대 1,000프레임까지 올릴 수 있어요.',
  'This file contains no video.': '이 파일에는 영상이 없어요.',
  'This video is put together from too many parts. Please export it from the app that edited it.':
    '이 동영상은 너무 많은 조각으로 편집되어 있어요. 편집한 앱에서 내보낸 파일을 올려 주세요.',
  'This server cannot read the codec of this video ({codec}). Please upload it as H.264 or HEVC.':
    '이 서버에서 지원하지 않는 코덱이에요({codec}). H.264나 HEVC로 올려 주세요.',
  'The part that is to be shown lies outside of this file. Please choose it again.':
    '보여 주려는 부분이 파일 범위를 벗어났어요. 다시 선택해 주세요.',
  'This file is published already, so it can no longer be changed.': '이미 게시된 파일이라 더는 편집할 수 없어요.',
  'Only videos have a start and an end.': '시작과 끝은 동영상에만 정할 수 있어요.',
  'Only videos have a cover.': '커버는 동영상에만 정할 수 있어요.',
  'The part that is shown must lie inside of the picture.': '보여 줄 부분은 사진 안에 있어야 해요.',
  'Please say what to change.': '바꿀 내용을 보내 주세요.',
  'The video is over by then.': '동영상이 그 전에 끝나요.',
  'The cover must come from the part of the video that plays.': '커버는 재생되는 구간에서 선택해 주세요.',
  'At least a fifth of a second must remain.': '0.2초 이상 남겨 주세요.',
  'A picture can be turned by 0, 90, 180 or 270 degrees.': '0, 90, 180, 270도로만 회전할 수 있어요.',
  'This raw file ({variant}) contains no large preview that this server can read. Please export it as JPEG.':
    '이 RAW 파일({variant})에는 읽을 수 있는 큰 미리 보기가 없어요. JPEG로 내보낸 뒤 올려 주세요.',
  'This raw file is shown by its preview of {pixels} pixels, because it contains no larger one. To show all of it, export it as JPEG.':
    '이 RAW 파일에 들어 있는 가장 큰 미리 보기({pixels}픽셀)로 보여 드려요. 전체 크기로 올리려면 JPEG로 내보내 주세요.',
  'This server cannot read this kind of TIFF ({variant}). Please save it as JPEG or PNG.':
    '이 서버에서 읽을 수 없는 TIFF 형식이에요({variant}). JPEG나 PNG로 저장해 주세요.',
  'This picture moves, but keeping all of it moving is too much work for this server. Its first frame is shown.':
    '움직이는 사진이지만 너무 커서 첫 장면만 보여 드려요.',
  'The sound of this video was left out, because this server cannot read its codec ({codec}).':
    '지원하지 않는 소리 코덱({codec})이라서 동영상의 소리를 뺐어요.',
  'This video is encrypted. Please upload it without copy protection.':
    '암호화된 동영상이에요. 복사 방지가 없는 파일을 올려 주세요.',
  'The resolution of this video is too high: at most 8192 × 4320 pixels.':
    '동영상 해상도가 너무 높아요. 최대 8192 × 4320픽셀까지 올릴 수 있어요.',
  'The video is too long: at most 4 hours.': '동영상이 너무 길어요. 최대 4시간이에요.',
  'This video has too many tracks.': '이 동영상에는 트랙이 너무 많아요.',
  'Processing this file takes too much memory.': '파일을 처리하는 데 메모리가 너무 많이 필요해요.',
  'Processing this file took too long.': '파일을 처리하는 데 시간이 너무 오래 걸렸어요.',

  'This post does not exist, or you cannot see it.': '없거나 볼 수 없는 게시물이에요.',
  'Only the author can change a post.': '올린 사람만 수정할 수 있어요.',
  'A caption can have at most 2,000 characters.': '문구는 2,000자까지 쓸 수 있어요.',
  'Add at least one photo or video.': '사진이나 동영상을 하나 이상 넣어 주세요.',
  'A post can have at most 20 photos and videos.': '게시물 하나에 사진과 동영상은 20개까지 넣을 수 있어요.',
  'A post can contain the same file only once.': '같은 파일은 한 번만 넣을 수 있어요.',

  'This link is not valid.': '사용할 수 없는 링크예요.',
  'This link belongs to someone else.': '다른 사람에게 준 링크예요.',
  'This link has expired. Reload the page that shows it.': '만료된 링크예요. 링크가 있던 페이지를 새로고침해 주세요.',
  'This link is no longer valid.': '더 이상 쓸 수 없는 링크예요.',

  'The host of this community has not written this page.': '이 커뮤니티에는 아직 이 페이지가 없어요.',
  'A page can have at most 100,000 characters.': '페이지는 100,000자까지 쓸 수 있어요.',
  'Write something, or delete the page.': '내용을 쓰거나 페이지를 삭제해 주세요.',
  'Please read and agree to the rules of this community.': '커뮤니티의 규칙과 약관을 읽고 동의해 주세요.',
  'Enter an address that starts with https:// or mailto:.': 'https:// 또는 mailto:로 시작하는 주소를 입력해 주세요.',
  'This token does not have the scope {scope}. Use one that has it.':
    '이 토큰에는 {scope} 권한이 없어요. 그 권한이 있는 토큰을 써 주세요.',
  'A token cannot do this. Sign in with your password instead.':
    '토큰으로는 할 수 없는 작업이에요. 비밀번호로 로그인해 주세요.',
  'A token can change only the address and the events of webhooks that it made itself.':
    '토큰으로는 그 토큰으로 만든 웹훅의 주소와 알림 종류만 바꿀 수 있어요.',
  'You have {most} tokens. Revoke one that you no longer use.':
    '토큰은 {most}개까지 만들 수 있어요. 쓰지 않는 토큰을 폐기해 주세요.',
  'Enter a name by which you will recognize the token.': '알아보기 쉬운 토큰 이름을 입력해 주세요.',
  'Choose at least one thing that the token may do.': '토큰으로 할 일을 하나 이상 선택해 주세요.',
  'Only staff can use the staff desk.': '운영 관리는 운영진만 쓸 수 있어요.',
  'Enter a day such as 2026-01-31.': '2026-01-31과 같은 형식으로 입력해 주세요.',
  'Choose a day in the future.': '오늘보다 나중 날짜를 선택해 주세요.',

  'These details can have at most 1,000 characters.': '1,000자까지 쓸 수 있어요.',
  'Enter a time such as 2026-01-31T09:30:00Z, or a day such as 2026-01-31.':
    '2026-01-31T09:30:00Z 같은 시각이나 2026-01-31 같은 날짜를 입력해 주세요.',
  'Enter 64 hexadecimal digits.': '16진수 64자리를 입력해 주세요.',
  'This key belongs to an upload whose file was deleted since. Use another key.':
    '이 키로 올린 파일은 그 뒤에 삭제됐어요. 다른 키를 사용해 주세요.',
}
