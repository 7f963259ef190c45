"""A tiny knowledge base."""

from faq.knowledge_base import load

KNOWLEDGE = load(
    {
        "small.yaml": """
- id: deposit.missing
  dept: deposits
  urgency: normal
  title: {zh: 充值没到账, en: Deposit not credited}
  answer: {zh: 请等待区块确认。, en: Please wait for the confirmations.}
  phrasings:
    zh: [充值没到账怎么办呢请帮我看看]
    en: [my deposit did not arrive in my wallet balance]
- id: account.password
  dept: account
  urgency: normal
  title: {zh: 重置密码, en: Reset the password}
  answer: {zh: 在登录页选择忘记密码。, en: Choose forgot password at login.}
  phrasings:
    zh: [怎么重置登录密码]
    en: [how do i reset my login password]
- id: account.stolen
  dept: security
  urgency: critical
  title: {zh: 账号被盗, en: Account stolen}
  answer: {zh: 请立即冻结账号。, en: Freeze your account at once.}
  phrasings:
    zh: [我的账号被盗了资产不见了]
    en: [my account was hacked and emptied]
- id: wallet.backup
  dept: wallet
  urgency: normal
  title: {zh: 备份钱包, en: Back up the wallet}
  answer: {zh: 备份只要几分钟。, en: A backup takes a few minutes.}
  steps:
    - {zh: 打开钱包。, en: Open the wallet.}
    - {zh: 抄下每个词。, en: Write each word down.}
    - {zh: 放在安全的地方。, en: Keep them in a safe place.}
  phrasings:
    zh: [钱包要怎么备份才稳妥]
    en: [what is the proper way to back up a wallet]
"""
    }
)
