"""One form for what means the same to a reader: width, case, punctuation, emoji."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

LONGEST: Final = 1000
"""Characters of a question that are looked at."""

_NOT_WORD: Final = re.compile(r"[^\w]+")
_HAN_GAP: Final = re.compile(r"(?<=[\u3400-\u9fff]) (?=[\u3400-\u9fff])")
_TRADITIONAL: Final = str.maketrans(
    "帳號錢轉幣鏈網絡單據驗證碼實認證還沒嗎麼時間長費續為進變換機會員問題諮詢請給個這裡裏"
    "錯誤凍結註銷關閉開啟設選擇點擊發郵箱聯繫電話買賣盜騙復備詞導鑰權險確種幾額廣現應該戶"
    "處審駁遲訊區塊內頁載閃無連線學習規則顯總計貨",
    "帐号钱转币链网络单据验证码实认证还没吗么时间长费续为进变换机会员问题咨询请给个这里里"
    "错误冻结注销关闭开启设选择点击发邮箱联系电话买卖盗骗复备词导钥权险确种几额广现应该户"
    "处审驳迟讯区块内页载闪无连线学习规则显总计货",
)


def normalise(text: str) -> str:
    """Lower case, half width, simplified where the table knows it, words with single spaces."""
    text = unicodedata.normalize("NFKC", text[:LONGEST]).translate(_TRADITIONAL).lower()
    text = text.replace("'", "").replace("’", "")
    return _HAN_GAP.sub("", _NOT_WORD.sub(" ", text).strip())
