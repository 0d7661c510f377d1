"""Finds "there is no such recipient" in Chinese, Japanese and Korean, a clause at a time.

Words are not parted by blanks and the predicate comes last, so the grammar of `statements.py` does
not apply: a clause that names the recipient and denies that they exist is enough, unless it also
names us, a lock or a full mailbox.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mailer.feedback.classify.statements import Statement
from mailer.feedback.classify.whom import Whom
from mailer.feedback.mail.text import EAST_ASIAN, any_of

if TYPE_CHECKING:
    from collections.abc import Iterator


_CLAUSE = re.compile(r"(?:[^。、,;:!?\n¦|.]|\.(?=\S)){2,300}")
_RECIPIENT = any_of(
    "%recipient%|%local%",
    "收件|收信|用户|用戶|使用者|账号|帐号|帳號|账户|帐户|帳戶|邮箱|郵箱|信箱|地址|对方|對方",
    "アドレス|宛先|あて先|送信先|受信者|受取人|ユーザ|利用者|アカウント|メールボックス|該当者",
    "수신|받는|사용자|계정|주소|메일함|사서함|회원|아이디",
)
_DENIED = any_of(
    "不存在|未找到|找不到|查无|查無|无此|無此|[没沒]有(?:此|这个|這個)|无效|無效|不再使用|停止使用|未注册|未註冊|未开通|未開通|离职|離職",
    "(?:已|被|经)(?:经|被)?(?:注销|註銷|删除|刪除|关闭|關閉|取消)",
    "存在し(?:ません|ない|ておりません)|見つかり?(?:ません|らない)|登録され(?:てい?|ており)?(?:ません|ない)|無効な|不明|使(?:わ|用さ)れて(?:おり|い)ません",
    "(?:アドレス|ユーザー?|アカウント|宛先|利用者)(?:は|が)(?:あり|い)ません|削除され(?:まし|てい|ており|た)|廃止|退会|退職|解約",
    "존재하지 ?않|찾을 ?수 ?없|없는 ?(?:사용자|계정|주소|메일|회원|아이디)|등록되(?:지|어 ?있지) ?않|유효하지 ?않|(?:주소가|계정이) ?잘못|잘못된 ?(?:주소|계정)",
    "탈퇴|퇴사|해지(?:된|되)|삭제(?:된|되|됐)",
)
_US = any_of(
    "发件|发信|寄件|寄信|发送(?:者|方|人)|發件|發信|来信|您的?(?:邮件|电子邮件|郵件)?(?:域名|账号|帐号|邮箱|地址|服务器|ip|ptr)|贵(?:方|公司)",
    "送信元|送信者|差出人|発信|貴社|お客様の(?:ドメイン|サーバ|メール|アドレス|アカウント)",
    "발신|보낸|보내는|송신|귀하의 ?(?:도메인|서버|주소|계정)",
)
_DOMAIN = any_of(
    "%domain%|域名|主机|主機|记录|記錄|解析|mx",
    "ドメイン|ホスト|サーバ|レコード",
    "도메인|호스트|서버|레코드",
)
# Beside the name of a domain or server these say that a mailbox there is meant.
_MAILBOX = any_of(
    "用户|用戶|使用者|账号|帐号|帳號|账户|帐户|帳戶|邮箱|郵箱|信箱",
    "アドレス|ユーザ|利用者|アカウント|メールボックス|사용자|계정|메일함|사서함|회원|아이디",
)
_THEIRS = any_of("%recipient%|%domain%|收件|收信|对方|對方", "宛先|送信先|受信|수신|받는")
# A mailbox that is locked, full or closed to us; and guesses.
_OPEN = any_of(
    "暂|暫|稍后|稍後|空间|空間|容量|已满|已滿|拒收|禁用|停用|冻结|凍結|可能|名单|名單",
    "一時|一杯|いっぱい|受信拒否|(?:受信|利用|一時)停止|可能性|かもしれ",
    "잠시|일시|용량|초과|수신 ?거부|정지|휴면|수 ?있습니다",
)

# What was deleted or not found may be our message, as the last thing named: {r} 宛のメールは削除されました.
_MAIL = any_of(
    "(?:邮件|郵件|信件|附件|文件|链接|連結)(?!地址|账|帐|帳)",
    "(?:メール|メッセージ|ファイル|リンク)(?:は|が|を)|(?:메일|메시지|파일|링크)(?:은|는|이|가)",
)


def find_denials(text: str) -> Iterator[Statement]:
    """Yield the clauses of `text`, which is folded and masked, that deny that the recipient exists."""
    if not EAST_ASIAN.search(text):
        return
    for clause in _CLAUSE.finditer(text):
        whom = _denied(clause.group())
        if whom is not None:
            yield Statement(whom, *clause.span(), sentence=clause.span())


def _denied(clause: str) -> Whom | None:
    denied = _DENIED.search(clause)
    if denied is None or _US.search(clause) or _OPEN.search(clause):
        return None
    mails = list(_MAIL.finditer(clause, 0, denied.start()))
    if mails and not _RECIPIENT.search(clause, mails[-1].end(), denied.end()):
        return None
    if _DOMAIN.search(clause) and not _MAILBOX.search(clause):
        return Whom.DOMAIN if _THEIRS.search(clause) else None
    return Whom.MAILBOX if _RECIPIENT.search(clause) else None
