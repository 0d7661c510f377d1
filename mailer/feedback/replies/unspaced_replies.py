"""Reads departures and days of return in Chinese, Japanese and Korean.

Words are not parted by blanks, the day stands before what happens on it, and its month and day are
numbers: the expressions of the other languages do not apply.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

from mailer.feedback.mail.text import EAST_ASIAN, any_of, plain_text
from mailer.feedback.replies.dates import date_or_none, next_day

if TYPE_CHECKING:
    from collections.abc import Iterable


_SENTENCE_END = re.compile(r"[。!?]|\.(?=\s|$)")
_LEFT = any_of(
    "已(?:经|經)?(?:于[^。,]{1,16})?(?:离开(?:了)?(?:本|原)?(?:公司|报社|杂志社|编辑部|单位|机构|媒体|电视台|电台|岗位)|離開(?:了)?(?:本)?(?:公司|報社|單位)|离职|離職|辞职|辭職|退休|调离|调任|去世|逝世)",
    "不再(?:于|在|為|为)?[^。,]{0,14}(?:任职|任職|工作|供职|就职|负责|負責|担任|擔任)",
    "(?:邮箱|地址|账号|信箱|郵箱)[^。,]{0,8}(?:已(?:经|經)?(?:停用|停止使用|注销|关闭|废弃|作废|失效|關閉)|不再(?:使用|有效|查看))",
    "退職(?!予定)|離職|退社(?:いた|し|と|に|を)|異動(?:いた|し|と|に)|転職|定年|永眠|逝去|在籍して(?:おり|い)ません",
    "(?:アドレス|メール|アカウント)[^。]{0,12}(?:使用|利用|使われて|存在)(?:して|されて|でき|し)?(?:おりません|いません|ません)",
    "(?:アドレス|アカウント|メールボックス)[^。]{0,10}(?:廃止|閉鎖|無効|削除)",
    "퇴사|퇴직|은퇴|별세|그만두었|이직(?:하|했)|(?:근무|재직|일)하지 않",
    "(?:주소|계정|메일)[^.]{0,30}(?:폐쇄|사용되지|사용하지 않|삭제)",
)
_NOT_LEFT = any_of(
    "本周|本週|今天|今日|期间|期間|暂时|暫時|假期|休假", "本日|一時|予定|休暇", "오늘|휴가|까지"
)
_DAY = plain_text(
    r"(?:(20\d\d) ?(?:年|년) ?)?(\d{1,2}) ?(?:月|월) ?(\d{1,2}) ?(?:日|号|號|일)(?: ?\([^()]{1,6}\))?"
)
_BACK = re.compile(
    _DAY
    + plain_text(
        "(?:"
        "(?:の朝)?(?:より|から|に|には|以降)[^。.!?0-9休不]{0,16}?(?:出社|出勤|復帰|戻り|戻る|戻って|再開|帰社|帰国|通常|順次|(?:返信|回答|対応|連絡)(?:いたし|させて|し)?(?:ます|いただ))"
        "|(?:起|后|後|上午|早上)?[^。.!?0-9休不]{0,8}?(?:返回|回到|回来|回來|上班|恢复|恢復|复工|復工|返岗|返崗|到岗|回复|回覆|办公|辦公|回公司|回社)"
        "|(?:부터|에)[^.!?0-9]{0,14}?(?:복귀|출근|돌아|근무|답변|회신|업무)"
        ")"
    )
)
_LAST = re.compile(
    r"(?:[~〜–—-]|至|到|から|より|부터) ?"
    + _DAY
    + "|"
    + _DAY
    + plain_text("(?:の間)?(?:まで|迄|止|为止|為止|结束|結束|까지)")
)
_SPAN = re.compile(
    plain_text(
        r"(?:(20\d\d) ?(?:年|년) ?)?(\d{1,2}) ?(?:月|월) ?\d{1,2} ?(?:日|号|號|일)?(?: ?\([^()]{1,6}\))? ?(?:[~〜–—-]|至|到|から|부터) ?(\d{1,2}) ?(?:日|号|號|일)"
    )
)


def says_left(folded: str) -> bool:
    """Return whether a sentence says that the person has left, or that the address has ended."""
    return bool(EAST_ASIAN.search(folded)) and any(
        _LEFT.search(sentence) and not _NOT_LEFT.search(sentence)
        for sentence in _SENTENCE_END.split(folded)
    )


def day_of_return(folded: str, written_on: date | None) -> date | None:
    """Return the day of return as stated, else the day after the last one of absence."""
    if not EAST_ASIAN.search(folded):
        return None
    sentences = [each for each in _SENTENCE_END.split(folded) if not says_left(each)]
    back = _days(_BACK, sentences, written_on)
    if back:
        return back[0]
    last = max(
        (*_days(_LAST, sentences, written_on), *_days(_SPAN, sentences, written_on)), default=None
    )
    return last + timedelta(days=1) if last is not None and last < date.max else None


def _days(
    pattern: re.Pattern[str], sentences: Iterable[str], written_on: date | None
) -> list[date]:
    found = (match for sentence in sentences for match in pattern.finditer(sentence))
    days = (_day(match, written_on) for match in found)
    return [day for day in days if day is not None]


def _day(match: re.Match[str], written_on: date | None) -> date | None:
    year, month, day = match.group(1, 2, 3) if match[2] else match.group(4, 5, 6)
    if year:
        return date_or_none(int(year), int(month), int(day))
    return next_day(int(month), int(day), written_on) if written_on else None
