/** Why something was refused, and what is wrong with a field. */
export const problems = {
  'A price is a whole number of coins.': '가격은 정수로 입력해 주세요.',
  'Something went wrong on our side. The error has been logged.': '일시적인 오류가 발생했어요. 오류 내용은 기록됐어요.',
  'There is nothing at this address.': '주소가 잘못됐거나 삭제된 페이지예요.',
  'Please check what you entered.': '입력한 내용을 확인해 주세요.',
  'Please sign in.': '로그인해 주세요.',
  'Handle or password is wrong.': '아이디나 비밀번호가 맞지 않아요.',
  'The password is wrong.': '비밀번호가 맞지 않아요.',
  'Only staff can do this.': '운영진만 할 수 있어요.',
  'Only an administrator can do this for an administrator.': '관리자에 대한 일은 관리자만 할 수 있어요.',
  'This is the only administrator. Make somebody else one first.':
    '하나뿐인 관리자예요. 먼저 다른 사람을 관리자로 정해 주세요.',
  'Too many attempts. Please try again in {minutes} min.':
    '시도 횟수가 너무 많아요. {minutes}분 뒤에 다시 시도해 주세요.',
  'At most {most} uploads at a time. Wait until one of them is done.':
    '업로드는 한 번에 {most}개까지예요. 하나가 끝나면 다시 해 주세요.',
  'This request came from another site.': '다른 사이트에서 보낸 요청이에요.',
  'Send JSON or a form.': 'JSON이나 폼으로 보내 주세요.',
  'Send the file as multipart/form-data.': '파일은 multipart/form-data로 보내 주세요.',
  'This request is too large.': '한 번에 보낼 수 있는 양을 넘었어요.',
  'The body is not valid JSON.': '올바른 JSON이 아니에요.',
  '_method must be PUT, PATCH or DELETE.': '_method는 PUT, PATCH, DELETE 중 하나예요.',
  'This page link is not valid.': '페이지 링크가 올바르지 않아요.',
  'The limit must be a number from 1 to 100.': 'limit은 1부터 100까지의 숫자예요.',
  'This cursor is not valid.': '올바른 cursor가 아니에요.',
  'Enter a time such as 2026-01-31T12:00:00Z.': '2026-01-31T12:00:00Z 형식의 시각을 입력해 주세요.',
  'This key was already used for a different request.': '이미 다른 요청에 쓴 키예요.',
  'This is fixed where the server is started.': '서버를 켤 때 정해진 값이라 바꿀 수 없어요.',
  'Fixed where the server is started, by a flag or a variable.': '서버를 켤 때 옵션이나 환경 변수로 정한 값이에요.',
  'A colour like #d2542a is expected.': '#d2542a 같은 색을 적어 주세요.',
  'This job has already finished.': '이미 끝난 작업이에요.',

  'Nobody can sign up here at the moment.': '지금은 새로 가입할 수 없어요.',
  'You need an invitation to sign up here.': '가입하려면 초대가 필요해요.',
  'This invitation has been used up or has expired. Ask for a new one.':
    '이미 사용됐거나 만료된 초대예요. 새 초대 링크를 받아 주세요.',
  'This set-up link is not valid. The server prints a new one each time it starts.':
    '쓸 수 없는 설정 링크예요. 서버를 켤 때마다 새 링크가 나와요.',
  'There is an administrator already. This link has done its work.':
    '관리자가 이미 있어요. 이 링크는 할 일을 마쳤어요.',
  'This link was used or has expired. Ask the staff for a new one.':
    '이미 썼거나 기한이 지난 링크예요. 운영진에게 새로 받아 주세요.',
  'That handle is taken.': '이미 쓰이는 아이디예요.',
  'This handle is reserved.': '쓸 수 없는 아이디예요.',
  'A handle has 3 to 30 of the letters a to z, digits and _.': '아이디는 영문자, 숫자, _로 3~30자예요.',
  'A password has at least 10 characters.': '비밀번호는 10자 이상이어야 해요.',
  'A password has at most 200 characters.': '비밀번호는 200자까지 쓸 수 있어요.',
  'Please enter a name.': '이름을 입력해 주세요.',
  'This is not an e-mail address.': '이메일 주소가 아니에요.',
  'A link begins with https:// or http://.': '링크는 https://나 http://로 시작해야 해요.',
  'At most 5 links.': '링크는 5개까지 쓸 수 있어요.',
  'There is nobody of that name here.': '그런 사람은 여기 없어요.',
  'You cannot follow yourself.': '자기 자신은 팔로우할 수 없어요.',

  'This file does not exist.': '파일을 찾을 수 없어요.',
  'There is no such file.': '파일을 찾을 수 없어요.',
  'Choose a file to upload.': '올릴 파일을 골라 주세요.',
  'A profile picture is a photo.': '프로필 사진에는 사진만 쓸 수 있어요.',
  'The upload was interrupted, or the form is not valid.': '업로드가 중단됐거나 폼이 올바르지 않아요.',
  'There is no such upload, or it has expired. Start it again.':
    '그런 업로드가 없거나 기한이 지났어요. 처음부터 다시 올려 주세요.',
  'This file is too large: at most {mb} MB are allowed.': '파일이 너무 커요. {mb} MB까지 올릴 수 있어요.',
  'Your storage is full. Delete something, or ask the staff for more room.':
    '저장 공간이 가득 찼어요. 파일을 지우거나 운영진에게 공간을 늘려 달라고 해 주세요.',
  'The disk of this server is full. Nothing is lost; please tell the staff.':
    '서버 디스크가 가득 찼어요. 사라진 것은 없으니 운영진에게 알려 주세요.',
  'This file is already in a post.': '이미 게시물에 들어 있는 파일이에요.',
  'This file is already in use.': '이미 사용 중인 파일이에요.',
  'This file is in a post. Remove it from the post first.': '게시물에 들어 있는 파일이에요. 먼저 게시물에서 빼 주세요.',
  'Somebody has bought this post, so what is in it stays in it.':
    '이미 산 사람이 있어서 게시물에 든 것을 뺄 수 없어요.',
  'This file is not ready yet.': '아직 준비되지 않은 파일이에요.',
  'Processing this file was interrupted. Please try again.': '파일을 처리하다가 중단됐어요. 다시 시도해 주세요.',
  'This file type is not supported. Photos: JPEG, PNG, WebP, AVIF, HEIC, GIF, TIFF. Videos: MP4, MOV, WebM, MKV, AVI, 3GP, MPEG.':
    '지원하지 않는 파일이에요. 사진: JPEG, PNG, WebP, AVIF, HEIC, GIF, TIFF. 동영상: MP4, MOV, WebM, MKV, AVI, 3GP, MPEG.',
  'The file is damaged or incomplete and cannot be read.': '파일이 깨졌거나 일부가 빠져 있어서 읽을 수 없어요.',
  'The picture is too large: at most 100 megapixels, counting all frames of an animation.':
    '사진이 너무 커요. 최대 1억 화소까지 올릴 수 있어요. 움직이는 이미지는 모든 프레임을 합친 크기예요.',
  'The animation is too long: at most 1,000 frames.':
    '움직이는 이미지가 너무 길어요. 최대 1,000프레임까지 올릴 수 있어요.',
  'This file contains no video.': '이 파일에는 영상이 없어요.',
  'This server cannot read the codec of this video. Please upload it as H.264 or HEVC.':
    '이 서버에서 지원하지 않는 코덱이에요. H.264나 HEVC로 올려 주세요.',
  'The resolution of this video is too high: at most 8192 × 4320 pixels.':
    '동영상 해상도가 너무 높아요. 최대 8192 × 4320픽셀까지 올릴 수 있어요.',
  'The video is too long: at most 4 hours.': '동영상이 너무 길어요. 최대 4시간이에요.',
  'This video has too many tracks.': '이 동영상에는 트랙이 너무 많아요.',
  'Processing this file takes too much memory.': '파일을 처리하는 데 메모리가 너무 많이 필요해요.',
  'Processing this file took too long.': '파일을 처리하는 데 시간이 너무 오래 걸렸어요.',

  'This post does not exist, or you cannot see it.': '없거나 볼 수 없는 게시물이에요.',
  'Only its author can change a post.': '올린 사람만 고칠 수 있어요.',
  'A caption has at most 2,000 characters.': '글은 2,000자까지 쓸 수 있어요.',
  'Add at least one photo or video.': '사진이나 동영상을 하나 이상 넣어 주세요.',
  'A post has at most 20 photos and videos.': '게시물 하나에 사진과 동영상은 20개까지 넣을 수 있어요.',
  'The same file can be in a post only once.': '같은 파일은 한 번만 넣을 수 있어요.',

  'This link is not valid.': '사용할 수 없는 링크예요.',
  'This link belongs to someone else.': '다른 사람에게 준 링크예요.',
  'This link has expired.': '기한이 지난 링크예요.',
  'This link is no longer valid.': '더 이상 쓸 수 없는 링크예요.',
}
