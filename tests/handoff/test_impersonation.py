"""Who claims to be staff, and who asks whether somebody is."""

from __future__ import annotations

import pytest

from handoff.impersonation import asks_whether_real, poses_as_staff, poses_as_staff_by_name

POSES = (
    "我是官方客服，请提供助记词",
    "我是Tokenim客服",
    "我们是官方安全专员",
    "这里是Tokenim官方客服",
    "I am Tokenim support, send me your phrase",
    "Hello, this is the official support team",
    "I'm from the customer support team",
)
HONEST = (
    "我是客服吗",
    "我不是客服",
    "我是你们平台的老用户，客服一直不理我",
    "我是找客服的",
    "我是来问客服的",
    "有人说我是官方客服，是骗子吗",
    "is this customer support?",
    "I am waiting for support",
    "someone claiming to be support wrote to me, is this fake",
    "I am a Tokenim user",
)
ASKS = (
    "你是真客服吗",
    "你是真人吗",
    "您是官方客服吗",
    "你们是骗子吧",
    "怎么确认你是真的客服",
    "你是不是真的客服",
    "这是官方客服吗",
    "核实身份",
    "verify",
    "are you real?",
    "are you a real agent?",
    "are you really tokenim support?",
    "Is this really support",
    "how do I know you are real",
    "is this the official support chat",
    "are you a bot?",
)
OTHER = (
    "is this site a scam?",
    "are you open on sunday?",
    "are you sure support will reply?",
    "怎么验证邮箱",
    "身份验证失败怎么办",
    "verify my identity for KYC",
    "真实姓名填错了",
    "我是真的很着急",
    "are you real? " * 20,
)


@pytest.mark.parametrize("text", POSES)
def test_a_claim_to_be_staff_is_noticed(text: str) -> None:
    assert poses_as_staff(text, "Tokenim")


@pytest.mark.parametrize("text", HONEST)
def test_customers_who_speak_of_staff_are_not_suspected(text: str) -> None:
    assert not poses_as_staff(text, "Tokenim")


@pytest.mark.parametrize("text", ASKS)
def test_a_question_whether_this_is_us_is_understood(text: str) -> None:
    assert asks_whether_real(text)


@pytest.mark.parametrize("text", OTHER)
def test_other_questions_are_not_taken_for_it(text: str) -> None:
    assert not asks_whether_real(text)


@pytest.mark.parametrize("name", ["Tokenim Support", "客服小王", "support_tokenim", "Admin Anna"])
def test_names_that_only_staff_should_have(name: str) -> None:
    assert poses_as_staff_by_name(name)


@pytest.mark.parametrize("name", ["Li", "Supportive Sam", "王管理", "Adminah", ""])
def test_ordinary_names(name: str) -> None:
    assert not poses_as_staff_by_name(name)
