//! The tables beside orders: what their columns hold, which are required, and what reading did with every row.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{FileReport, SetAside};
use crate::json::{Read, Write};

/// A table of the loop. Orders are required, the others add steps of the flywheel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, Read, Write)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum TableKind {
    /// Orders, or lines of orders.
    Orders,
    /// Who joined the private-domain pool, and left it.
    Members,
    /// Who invited whom.
    Referrals,
    /// Messages and coupons sent to customers.
    Touches,
    /// Money spent on growth.
    Spend,
    /// Chats, reviews and the like.
    Interactions,
}

/// What a column of a table holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, Read, Write)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum TableField {
    /// Customer id.
    CustomerId,
    /// When the customer joined the pool.
    JoinedAt,
    /// When the customer left it; null while a member.
    LeftAt,
    /// When the customer first ordered, where that is known from before the orders begin.
    FirstOrderAt,
    /// Who serves the customer.
    StaffId,
    /// Store that brought the member.
    SourceStore,
    /// Channel that brought the member.
    SourceChannel,
    /// Customer id of who invites.
    InviterId,
    /// Customer id of who is invited.
    InviteeId,
    /// When the invitation was sent.
    InvitedAt,
    /// When it was accepted.
    AcceptedAt,
    /// When the message was sent.
    SentAt,
    /// Id of the message.
    TouchId,
    /// Channel of the message, or that the money was spent in.
    Channel,
    /// Coupon in the message.
    CouponId,
    /// When the coupon expires.
    ExpiresAt,
    /// When the coupon was used.
    RedeemedAt,
    /// Order that used it.
    OrderId,
    /// Held back as control: nothing was sent.
    IsControl,
    /// First day the money was spent for.
    PeriodStart,
    /// Money spent.
    Amount,
    /// Store the money was spent for.
    StoreId,
    /// Kind of the spending or interaction.
    Kind,
    /// When the interaction was.
    At,
    /// From 1 to 5.
    Rating,
}

/// What the values of a field are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldValues {
    /// A customer.
    Person,
    /// One of few labels, or an id that is only compared.
    Label,
    /// An instant or a day.
    Time,
    /// Money.
    Money,
    /// Yes or no.
    Flag,
    /// A whole number from 1 to 5.
    Rating,
}

impl TableKind {
    /// Every table, orders first.
    pub const ALL: [Self; 6] = [Self::Orders, Self::Members, Self::Referrals, Self::Touches, Self::Spend, Self::Interactions];

    /// The fields of a table beside orders, required ones first, and how many are required. Orders have [`super::Role`]s.
    #[must_use]
    pub fn fields(self) -> (&'static [TableField], usize) {
        use TableField as F;
        match self {
            Self::Orders => (&[], 0),
            Self::Members => {
                (&[F::CustomerId, F::JoinedAt, F::LeftAt, F::FirstOrderAt, F::StaffId, F::SourceStore, F::SourceChannel], 2)
            }
            Self::Referrals => (&[F::InviterId, F::InviteeId, F::InvitedAt, F::AcceptedAt], 3),
            Self::Touches => (
                &[
                    F::CustomerId,
                    F::SentAt,
                    F::TouchId,
                    F::Channel,
                    F::StaffId,
                    F::CouponId,
                    F::ExpiresAt,
                    F::RedeemedAt,
                    F::OrderId,
                    F::IsControl,
                ],
                2,
            ),
            Self::Spend => (&[F::PeriodStart, F::Amount, F::Channel, F::StoreId, F::Kind], 2),
            Self::Interactions => (&[F::CustomerId, F::At, F::Kind, F::Rating, F::StaffId], 3),
        }
    }

    /// The name in options: `members`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Orders => "orders",
            Self::Members => "members",
            Self::Referrals => "referrals",
            Self::Touches => "touches",
            Self::Spend => "spend",
            Self::Interactions => "interactions",
        }
    }
}

impl TableField {
    /// What its values are.
    #[must_use]
    pub fn values(self) -> FieldValues {
        match self {
            Self::CustomerId | Self::InviterId | Self::InviteeId => FieldValues::Person,
            Self::JoinedAt
            | Self::FirstOrderAt
            | Self::LeftAt
            | Self::InvitedAt
            | Self::AcceptedAt
            | Self::SentAt
            | Self::ExpiresAt
            | Self::RedeemedAt
            | Self::PeriodStart
            | Self::At => FieldValues::Time,
            Self::Amount => FieldValues::Money,
            Self::IsControl => FieldValues::Flag,
            Self::Rating => FieldValues::Rating,
            Self::StaffId
            | Self::SourceStore
            | Self::SourceChannel
            | Self::TouchId
            | Self::Channel
            | Self::CouponId
            | Self::OrderId
            | Self::StoreId
            | Self::Kind => FieldValues::Label,
        }
    }

    /// The name in mappings: `customer_id`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::CustomerId => "customer_id",
            Self::JoinedAt => "joined_at",
            Self::LeftAt => "left_at",
            Self::FirstOrderAt => "first_order_at",
            Self::StaffId => "staff_id",
            Self::SourceStore => "source_store",
            Self::SourceChannel => "source_channel",
            Self::InviterId => "inviter_id",
            Self::InviteeId => "invitee_id",
            Self::InvitedAt => "invited_at",
            Self::AcceptedAt => "accepted_at",
            Self::SentAt => "sent_at",
            Self::TouchId => "touch_id",
            Self::Channel => "channel",
            Self::CouponId => "coupon_id",
            Self::ExpiresAt => "expires_at",
            Self::RedeemedAt => "redeemed_at",
            Self::OrderId => "order_id",
            Self::IsControl => "is_control",
            Self::PeriodStart => "period_start",
            Self::Amount => "amount",
            Self::StoreId => "store_id",
            Self::Kind => "kind",
            Self::At => "at",
            Self::Rating => "rating",
        }
    }
}

/// Which column of the file holds which field of a table beside orders. Columns not named are never read.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, Read, Write)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS), ts(type = "{ [field in TableField]?: string }"))]
#[serde(transparent)]
pub struct TableMapping(pub BTreeMap<TableField, String>);

/// How well a file would serve as one of the tables.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Read, Write)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct TableProposal {
    /// The table.
    pub table: TableKind,
    /// In [0, 1]: how surely the names tell its required columns, 0 where one is missing.
    pub confidence: f64,
    /// Required fields for which no column was found.
    pub missing: Vec<String>,
    /// The columns found, for [`TableKind::Orders`] in [`super::Inspection::mapping`] instead.
    pub mapping: TableMapping,
}

/// What reading did with every row of a table beside orders. `rows_read = rows_used + Σ set_aside.rows`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Read, Write)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct TableReport {
    /// The table.
    pub table: TableKind,
    /// What became of each file, in the order they were read.
    pub files: Vec<FileReport>,
    /// Rows in the files.
    pub rows_read: u32,
    /// Rows used.
    pub rows_used: u32,
    /// Rows not used, by reason, ascending; reasons without rows are left out.
    pub set_aside: Vec<SetAside>,
    /// Amounts that had more than two decimals and were rounded half away from zero.
    pub rounded_amounts: u32,
    /// Optional times before 1900 or after 2200, taken as missing: what exports write for "never".
    pub ignored_times: u32,
    /// Bytes asked from the source.
    #[cfg_attr(feature = "typegen", ts(type = "number"))]
    pub bytes_read: u64,
    /// The mapping used.
    pub mapping: TableMapping,
    /// Columns whose names look like personal data and were not read.
    pub pii_columns_ignored: Vec<String>,
}
