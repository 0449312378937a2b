//! The names columns of the tables beside orders go by, compared as those of [`super::aliases`].

use super::aliases;
use crate::result::{Role, TableField, TableKind};

/// Names that mean a field of a table and nothing else, and names that often mean it.
pub(super) fn names(table: TableKind, field: TableField) -> (&'static [&'static str], &'static [&'static str]) {
    use TableField as F;
    use TableKind as T;
    match (table, field) {
        (_, F::CustomerId) => (aliases::exact(Role::CustomerId), aliases::usual(Role::CustomerId)),
        (_, F::JoinedAt) => (aliases::exact(Role::JoinedAt), aliases::usual(Role::JoinedAt)),
        (_, F::LeftAt) => (
            &[
                "leftat",
                "lefttime",
                "leavetime",
                "leaveat",
                "quitat",
                "退群时间",
                "退出时间",
                "离开时间",
                "流失时间",
                "删除好友时间",
            ],
            &["deletedat", "unsubscribedat", "删除时间"],
        ),
        (_, F::StaffId) => (aliases::STAFF, &["ownerid", "userid", "跟进人", "添加人", "所属员工", "归属导购"]),
        (_, F::FirstOrderAt) => (aliases::exact(Role::FirstOrderAt), &[]),
        (_, F::SourceStore) => (
            &["sourcestore", "sourcestoreid", "来源门店", "入会门店", "归属门店"],
            &["storeid", "store", "门店", "门店id", "门店编号"],
        ),
        (_, F::SourceChannel) => {
            (&["sourcechannel", "来源渠道", "入会渠道", "添加渠道", "添加方式"], &["channel", "source", "渠道", "来源"])
        }
        (_, F::InviterId) => (aliases::exact(Role::InviterId), aliases::usual(Role::InviterId)),
        (_, F::InviteeId) => (
            &[
                "inviteeid",
                "invitee",
                "invitedid",
                "referredid",
                "refereeid",
                "被邀请人",
                "被邀请人id",
                "被邀人",
                "被推荐人",
                "被推荐人id",
                "新客id",
            ],
            &["customerid", "memberid", "客户id", "会员id", "好友id"],
        ),
        (_, F::InvitedAt) => (
            &["invitedat", "invitetime", "invitationtime", "referredat", "邀请时间", "邀请日期", "推荐时间"],
            &["createdat", "sharetime", "分享时间", "创建时间"],
        ),
        (_, F::AcceptedAt) => {
            (&["acceptedat", "accepttime", "接受时间", "通过时间", "接受邀请时间"], &["confirmedat", "确认时间"])
        }
        (_, F::SentAt) => (
            &["sentat", "senttime", "sendtime", "sendat", "发送时间", "触达时间", "发券时间", "推送时间", "发放时间"],
            &["touchedat", "createdat", "领取时间", "创建时间"],
        ),
        (_, F::TouchId) => (&["touchid", "messageid", "sendid", "触达id", "消息id", "任务id"], &["msgid", "id"]),
        (T::Touches, F::Channel) => {
            (&["channel", "touchchannel", "sendchannel", "触达渠道", "触达方式", "发送渠道", "渠道"], &["medium", "方式"])
        }
        (_, F::Channel) => (&["channel", "channelname", "渠道", "渠道名称", "投放渠道"], &["source", "media", "来源", "媒体"]),
        (_, F::CouponId) => (aliases::COUPON, &["voucherid", "vouchercode", "券号"]),
        (_, F::ExpiresAt) => (
            &["expiresat", "expireat", "expiretime", "expirydate", "过期时间", "失效时间", "有效期至", "到期时间"],
            &["validuntil", "endtime", "结束时间"],
        ),
        (_, F::RedeemedAt) => {
            (&["redeemedat", "redeemtime", "usedat", "usedtime", "核销时间", "使用时间"], &["verifiedat", "用券时间"])
        }
        (_, F::OrderId) => (aliases::exact(Role::OrderId), &[]),
        (_, F::IsControl) => (
            &["iscontrol", "control", "controlgroup", "isholdout", "holdout", "对照组", "是否对照组", "空白组"],
            &["group", "分组"],
        ),
        (_, F::PeriodStart) => (
            &["periodstart", "spenddate", "spendmonth", "coststart", "投放日期", "投放月份", "费用日期", "费用月份"],
            &["date", "month", "day", "period", "日期", "月份", "周期开始"],
        ),
        (_, F::Amount) => (
            &["spend", "cost", "spendamount", "amount", "费用", "费用金额", "投放金额", "花费", "消耗", "支出"],
            &["金额", "total", "budget", "预算"],
        ),
        (_, F::StoreId) => (aliases::exact(Role::StoreId), &[]),
        (T::Spend, F::Kind) => (
            &["kind", "spendtype", "spendkind", "costtype", "费用类型", "费用科目", "支出类型"],
            &["type", "category", "类型", "科目"],
        ),
        (_, F::Kind) => (
            &["kind", "interactiontype", "interactionkind", "eventtype", "互动类型", "互动方式", "事件类型"],
            &["type", "event", "action", "类型", "行为", "事件"],
        ),
        (_, F::At) => (
            &["at", "interactedat", "interactiontime", "eventtime", "occurredat", "互动时间", "评价时间", "发生时间"],
            &["createdat", "time", "timestamp", "时间", "创建时间"],
        ),
        (_, F::Rating) => (&["rating", "score", "stars", "评分", "星级", "满意度", "打分"], &["grade", "nps", "评价"]),
    }
}
