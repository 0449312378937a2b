//! Names that look like personal data: shown as such, never proposed, never read unless mapped by hand.

use super::propose::plain;

/// Parts that say so wherever they stand in a name.
const PARTS: &[&str] = &[
    "phone",
    "mobile",
    "email",
    "address",
    "idcard",
    "identitycard",
    "passport",
    "birthday",
    "birthdate",
    "dateofbirth",
    "bankcard",
    "wechat",
    "weixin",
    "手机",
    "电话",
    "联系方式",
    "邮箱",
    "邮件",
    "地址",
    "身份证",
    "护照",
    "生日",
    "出生",
    "银行卡",
    "微信",
    "姓名",
    "收货人",
    "收件人",
    "联系人",
    "昵称",
    "车牌",
];

/// Names that say so only as a whole: `product_name` is harmless.
const WHOLE: &[&str] = &[
    "name",
    "fullname",
    "realname",
    "username",
    "nickname",
    "firstname",
    "lastname",
    "surname",
    "customername",
    "membername",
    "clientname",
    "buyername",
    "contact",
    "contactname",
    "consignee",
    "recipient",
    "receiver",
    "receivername",
    "tel",
    "telno",
    "usertel",
    "customertel",
    "mail",
    "addr",
    "idno",
    "ip",
    "客户名称",
    "客户名",
    "会员名称",
    "会员名",
    "用户名",
    "顾客姓名",
    "买家名称",
];

/// Whether a column's name looks like personal data.
pub(in crate::ingest) fn looks_personal(name: &str) -> bool {
    let name = plain(name);
    PARTS.iter().any(|part| name.contains(part)) || WHOLE.contains(&name.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn personal_names_are_told_from_harmless_ones() {
        for name in ["手机号", "Mobile_No", "customer name", "姓名", "收货地址", "E-Mail", "id_card_no", "会员姓名"]
        {
            assert!(looks_personal(name), "{name}");
        }
        for name in ["customer_id", "store_name", "product_name", "hotel", "门店名称", "会员编号", "渠道名称", "amount"]
        {
            assert!(!looks_personal(name), "{name}");
        }
    }
}
