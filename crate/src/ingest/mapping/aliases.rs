//! The names columns of order exports go by, in Chinese and English, as [`super::propose`] compares them: lower case, without separators.

use crate::result::Role;

/// Names that mean one role and nothing else.
pub(super) fn exact(role: Role) -> &'static [&'static str] {
    match role {
        Role::CustomerId => &[
            "customerid", "customer", "customerno", "customercode", "custid", "custno", "memberid", "member", "memberno", "membercode", "userid",
            "userno", "buyerid", "clientid", "consumerid", "shopperid", "vipid", "vipno", "客户id", "客户编号", "客户编码", "客户号", "客户代码",
            "会员id", "会员编号", "会员编码", "会员号", "会员卡号", "用户id", "用户编号", "用户号", "顾客id", "顾客编号", "买家id", "买家编号",
            "消费者id",
        ],
        Role::OrderedAt => &[
            "orderedat", "ordertime", "orderdate", "orderdatetime", "ordercreatedat", "ordercreatetime", "purchasedat", "purchasedate",
            "purchasetime", "下单时间", "下单日期", "订单时间", "订单日期", "订单创建时间", "购买时间", "购买日期", "消费时间", "消费日期",
        ],
        Role::Amount => &[
            "amount", "orderamount", "orderamt", "paidamount", "payamount", "paymentamount", "actualamount", "netamount", "salesamount", "订单金额",
            "实付金额", "实付", "实收金额", "实收", "支付金额", "付款金额", "成交金额", "销售金额", "消费金额", "交易金额",
        ],
        Role::OrderId => &[
            "orderid", "orderno", "ordernumber", "ordersn", "ordercode", "ordernum", "订单号", "订单编号", "订单id", "订单编码", "订单流水号",
        ],
        Role::Status => &["orderstatus", "orderstate", "status", "订单状态", "状态"],
        Role::RefundAmount => &[
            "refundamount", "refundamt", "refund", "refunded", "refundedamount", "refundfee", "退款金额", "退款额", "退款", "已退金额",
            "退货金额",
        ],
        Role::StoreId => &[
            "storeid", "store", "storeno", "storecode", "storename", "shopid", "shop", "shopno", "shopcode", "shopname", "outletid", "outlet",
            "branchid", "门店", "门店id", "门店编号", "门店编码", "门店代码", "门店名称", "店铺", "店铺id", "店铺编号", "店铺编码",
            "店铺名称",
        ],
        Role::Channel => &[
            "channel", "channelid", "channelname", "channelcode", "saleschannel", "orderchannel", "渠道", "渠道id", "渠道名称", "渠道编码",
            "销售渠道", "订单渠道", "下单渠道", "成交渠道",
        ],
        Role::InviterId => &[
            "inviterid", "inviter", "inviterno", "invitedby", "referrerid", "referrer", "referredby", "邀请人", "邀请人id", "邀请人编号", "推荐人",
            "推荐人id", "推荐人编号",
        ],
        Role::JoinedAt => &[
            "joinedat", "jointime", "joindate", "joined", "memberjoinedat", "membersince", "入会时间", "入会日期", "加入时间", "加入日期",
            "入群时间", "入池时间", "加好友时间", "加企微时间",
        ],
    }
}

/// Names that often mean the role, and sometimes something else.
pub(super) fn usual(role: Role) -> &'static [&'static str] {
    match role {
        Role::CustomerId => &["user", "buyer", "client", "uid", "accountid", "account", "openid", "unionid", "客户", "会员", "用户", "顾客", "买家"],
        Role::OrderedAt => &[
            "paidat", "paytime", "paymenttime", "paymentdate", "createdat", "createtime", "createdtime", "creationtime", "transactiondate",
            "transactiontime", "transactionat", "invoicedate", "saledate", "saletime", "date", "datetime", "time", "timestamp", "支付时间",
            "支付日期", "付款时间", "付款日期", "交易时间", "交易日期", "成交时间", "成交日期", "销售时间", "销售日期", "创建时间", "日期",
            "时间",
        ],
        Role::Amount => &[
            "totalamount", "total", "totalprice", "ordertotal", "sales", "revenue", "gmv", "spend", "amt", "payment", "金额", "总金额", "销售额", "总价",
            "应付金额",
        ],
        Role::OrderId => &[
            "transactionid", "transactionno", "txnid", "tradeno", "invoiceno", "invoiceid", "invoice", "receiptno", "receiptid", "ticketno",
            "ticketid", "billno", "单号", "单据号", "交易号", "交易单号", "流水号", "小票号",
        ],
        Role::Status => &["state", "paymentstatus", "tradestatus", "交易状态", "支付状态"],
        Role::RefundAmount => &["returnamount", "returned", "退货"],
        Role::StoreId => &["branch", "branchname", "outletname", "location", "locationid", "商店", "店名", "店号"],
        Role::Channel => &["source", "ordersource", "platform", "来源", "订单来源", "平台"],
        Role::InviterId => &["parentid", "sponsorid", "sponsor", "上级", "上级id", "分享人", "分享人id"],
        Role::JoinedAt => &[
            "registeredat", "registerdate", "registertime", "registrationdate", "signupat", "signupdate", "signuptime", "注册时间", "注册日期",
            "添加时间",
        ],
    }
}
