//! What was read: the column mapping, the ingest report and the summary of a dataset.

use serde::{Deserialize, Serialize};

use super::{TableProposal, TableReport};
use crate::json::{Read, Write};

/// What a column of the orders table is used for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, Read, Write)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Customer id (required).
    CustomerId,
    /// Order time (required).
    OrderedAt,
    /// Amount paid (required).
    Amount,
    /// Order id.
    OrderId,
    /// Order status.
    Status,
    /// Amount refunded.
    RefundAmount,
    /// Store.
    StoreId,
    /// Channel.
    Channel,
    /// Customer id of who invited this customer.
    InviterId,
    /// When this customer joined the private-domain pool.
    JoinedAt,
    /// When this customer first ordered, where that is known from before the data begin.
    FirstOrderAt,
    /// How the order reached the customer: pickup, delivery, in store.
    Fulfilment,
    /// Staff member: steward, beauty adviser, group leader.
    StaffId,
    /// Category of the goods.
    Category,
    /// Coupon used.
    CouponId,
    /// Whether it was ordered ahead.
    IsPresale,
    /// Until when it was promised.
    PromisedTo,
    /// When it was picked up.
    PickedUpAt,
    /// What the goods cost.
    Cost,
}

impl Role {
    /// Every role, required ones first.
    pub const ALL: [Self; 19] = [
        Self::CustomerId,
        Self::OrderedAt,
        Self::Amount,
        Self::OrderId,
        Self::Status,
        Self::RefundAmount,
        Self::StoreId,
        Self::Channel,
        Self::InviterId,
        Self::JoinedAt,
        Self::FirstOrderAt,
        Self::Fulfilment,
        Self::StaffId,
        Self::Category,
        Self::CouponId,
        Self::IsPresale,
        Self::PromisedTo,
        Self::PickedUpAt,
        Self::Cost,
    ];

    /// Those that orders can be filtered and sliced by.
    pub const DIMENSIONS: [Self; 7] =
        [Self::StoreId, Self::Channel, Self::Fulfilment, Self::StaffId, Self::Category, Self::CouponId, Self::IsPresale];

    /// Those that hold a time beside the order's own.
    pub const INSTANTS: [Self; 4] = [Self::JoinedAt, Self::FirstOrderAt, Self::PromisedTo, Self::PickedUpAt];

    /// Whether it says something of the customer, not of the order: the least of the customer's rows counts.
    #[must_use]
    pub fn is_of_customers(self) -> bool {
        matches!(self, Self::JoinedAt | Self::FirstOrderAt)
    }

    /// Its name in a mapping and in messages.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::CustomerId => "customer_id",
            Self::OrderedAt => "ordered_at",
            Self::Amount => "amount",
            Self::OrderId => "order_id",
            Self::Status => "status",
            Self::RefundAmount => "refund_amount",
            Self::StoreId => "store_id",
            Self::Channel => "channel",
            Self::InviterId => "inviter_id",
            Self::JoinedAt => "joined_at",
            Self::FirstOrderAt => "first_order_at",
            Self::Fulfilment => "fulfilment",
            Self::StaffId => "staff_id",
            Self::Category => "category",
            Self::CouponId => "coupon_id",
            Self::IsPresale => "is_presale",
            Self::PromisedTo => "promised_to",
            Self::PickedUpAt => "picked_up_at",
            Self::Cost => "cost",
        }
    }

    /// Whether there is no dataset without it.
    #[must_use]
    pub fn required(self) -> bool {
        matches!(self, Self::CustomerId | Self::OrderedAt | Self::Amount)
    }
}

/// Which column of the file serves which role, by column name. Columns not named are never read.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, Read, Write)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Mapping {
    /// Column of [`Role::CustomerId`].
    pub customer_id: Option<String>,
    /// Column of [`Role::OrderedAt`].
    pub ordered_at: Option<String>,
    /// Column of [`Role::Amount`].
    pub amount: Option<String>,
    /// Column of [`Role::OrderId`].
    pub order_id: Option<String>,
    /// Column of [`Role::Status`].
    pub status: Option<String>,
    /// Column of [`Role::RefundAmount`].
    pub refund_amount: Option<String>,
    /// Column of [`Role::StoreId`].
    pub store_id: Option<String>,
    /// Column of [`Role::Channel`].
    pub channel: Option<String>,
    /// Column of [`Role::InviterId`].
    pub inviter_id: Option<String>,
    /// Column of [`Role::JoinedAt`].
    pub joined_at: Option<String>,
    /// Column of [`Role::FirstOrderAt`].
    pub first_order_at: Option<String>,
    /// Column of [`Role::Fulfilment`].
    pub fulfilment: Option<String>,
    /// Column of [`Role::StaffId`].
    pub staff_id: Option<String>,
    /// Column of [`Role::Category`].
    pub category: Option<String>,
    /// Column of [`Role::CouponId`].
    pub coupon_id: Option<String>,
    /// Column of [`Role::IsPresale`].
    pub is_presale: Option<String>,
    /// Column of [`Role::PromisedTo`].
    pub promised_to: Option<String>,
    /// Column of [`Role::PickedUpAt`].
    pub picked_up_at: Option<String>,
    /// Column of [`Role::Cost`].
    pub cost: Option<String>,
    /// Further columns to filter and slice by, at most [`Mapping::MAX_DIMENSIONS`].
    pub dimensions: Vec<String>,
}

impl Mapping {
    /// Most further columns to filter and slice by.
    pub const MAX_DIMENSIONS: usize = 8;

    /// The column that serves `role`.
    #[must_use]
    pub fn get(&self, role: Role) -> Option<&str> {
        match role {
            Role::CustomerId => &self.customer_id,
            Role::OrderedAt => &self.ordered_at,
            Role::Amount => &self.amount,
            Role::OrderId => &self.order_id,
            Role::Status => &self.status,
            Role::RefundAmount => &self.refund_amount,
            Role::StoreId => &self.store_id,
            Role::Channel => &self.channel,
            Role::InviterId => &self.inviter_id,
            Role::JoinedAt => &self.joined_at,
            Role::FirstOrderAt => &self.first_order_at,
            Role::Fulfilment => &self.fulfilment,
            Role::StaffId => &self.staff_id,
            Role::Category => &self.category,
            Role::CouponId => &self.coupon_id,
            Role::IsPresale => &self.is_presale,
            Role::PromisedTo => &self.promised_to,
            Role::PickedUpAt => &self.picked_up_at,
            Role::Cost => &self.cost,
        }
        .as_deref()
    }

    /// Lets `column` serve `role`.
    pub fn set(&mut self, role: Role, column: Option<String>) {
        *match role {
            Role::CustomerId => &mut self.customer_id,
            Role::OrderedAt => &mut self.ordered_at,
            Role::Amount => &mut self.amount,
            Role::OrderId => &mut self.order_id,
            Role::Status => &mut self.status,
            Role::RefundAmount => &mut self.refund_amount,
            Role::StoreId => &mut self.store_id,
            Role::Channel => &mut self.channel,
            Role::InviterId => &mut self.inviter_id,
            Role::JoinedAt => &mut self.joined_at,
            Role::FirstOrderAt => &mut self.first_order_at,
            Role::Fulfilment => &mut self.fulfilment,
            Role::StaffId => &mut self.staff_id,
            Role::Category => &mut self.category,
            Role::CouponId => &mut self.coupon_id,
            Role::IsPresale => &mut self.is_presale,
            Role::PromisedTo => &mut self.promised_to,
            Role::PickedUpAt => &mut self.picked_up_at,
            Role::Cost => &mut self.cost,
        } = column;
    }
}

/// A column of the file's schema.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Read, Write)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Field {
    /// Name as in the file.
    pub name: String,
    /// Arrow type as a person writes it, e.g. `timestamp[ms]`, `dictionary<int32, utf8>`, `decimal128(18, 2)`.
    pub data_type: String,
    /// The roles its type could serve.
    pub roles: Vec<Role>,
    /// Whether the name looks like personal data (phone, ID card, name, address): never read unless mapped.
    pub pii: bool,
    /// Its first rows; `None` where they were not looked at (personal data, types of no use, a first batch above 32 MB).
    pub sample: Option<ColumnSample>,
}

/// The first rows of a column, at most 4,096.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Read, Write)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct ColumnSample {
    /// Rows looked at.
    pub rows: u32,
    /// Rows without a value that could be used.
    pub nulls: u32,
    /// Different values, where they are text, whole numbers or yes and no.
    pub distinct: Option<u32>,
}

/// Why a column is proposed for a role, or none is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Read, Write)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum ProposalReason {
    /// Its name means the role and nothing else.
    ExactName,
    /// Its name often means the role.
    UsualName,
    /// Its name contains one that means the role.
    PartOfName,
    /// It is the only column of the type.
    OnlyOfType,
    /// Every one of its first rows has a value of its own.
    UniqueValues,
    /// The other columns of such a name are empty in the first rows.
    OthersEmpty,
    /// Its name fits, but nearly all of its first rows are empty.
    MostlyEmpty,
    /// Its name fits, but no two of its first rows have one value: customers would never come back.
    NeverRepeats,
    /// Its name fits, but values repeat: rows may be lines of orders.
    Repeats,
    /// Several columns fit equally well.
    SeveralFit,
    /// No column fits.
    NoneFits,
}

impl ProposalReason {
    /// Its id among the terms.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::ExactName => "exact_name",
            Self::UsualName => "usual_name",
            Self::PartOfName => "part_of_name",
            Self::OnlyOfType => "only_of_type",
            Self::UniqueValues => "unique_values",
            Self::OthersEmpty => "others_empty",
            Self::MostlyEmpty => "mostly_empty",
            Self::NeverRepeats => "never_repeats",
            Self::Repeats => "repeats",
            Self::SeveralFit => "several_fit",
            Self::NoneFits => "none_fits",
        }
    }
}

/// A proposed column for a role.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Read, Write)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Proposal {
    /// The role.
    pub role: Role,
    /// The best column, `None` where nothing fits or several fit equally well.
    pub column: Option<String>,
    /// Columns that fit as well, when it would be a guess.
    pub alternatives: Vec<String>,
    /// In [0, 1]: 1 for an exact alias that the first rows do not speak against.
    pub confidence: f64,
    /// Why this column, or none.
    pub reason: ProposalReason,
}

/// Where the bytes of an Arrow file or stream lie.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Read, Write)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum ArrowFormat {
    /// IPC file (`ARROW1`, footer).
    File,
    /// IPC stream.
    Stream,
}

/// What a look at the schema tells, before any data is read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Read, Write)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Inspection {
    /// File or stream.
    pub format: ArrowFormat,
    /// The columns.
    pub fields: Vec<Field>,
    /// A proposal for each role, required roles first.
    pub proposals: Vec<Proposal>,
    /// The proposals as a mapping.
    pub mapping: Mapping,
    /// Which tables it could be, the likeliest first, with the mapping of each.
    pub tables: Vec<TableProposal>,
}

/// What one row stands for where an order id is mapped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, Read, Write)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Grain {
    /// A row is an order: of rows with one order id the least by (time, customer, amount) is kept.
    #[default]
    Order,
    /// A row is a line of an order: amounts are summed, the earliest time is taken.
    Line,
}

/// Options of reading.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Read, Write)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct IngestOptions {
    /// Local time minus UTC, minutes, used when there are no `transitions`.
    pub utc_offset_minutes: i32,
    /// `[utc_start_seconds, offset_seconds]`, ascending: the offset in force from then on. Overrides `utc_offset_minutes`.
    #[cfg_attr(feature = "typegen", ts(type = "Array<[number, number]>"))]
    pub transitions: Vec<(i64, i32)>,
    /// Name of the zone `transitions` describe, for the definition.
    pub time_zone: Option<String>,
    /// Treat times without a zone as UTC instead of wall clock.
    pub naive_is_utc: bool,
    /// Statuses whose orders do not count; `None` takes the default list.
    pub exclude_statuses: Option<Vec<String>>,
    /// What a row stands for.
    pub grain: Grain,
    /// Most bytes of one batch's mapped columns held at once, as stored and once more as decompressed.
    #[cfg_attr(feature = "typegen", ts(type = "number"))]
    pub budget_bytes: u64,
}

impl IngestOptions {
    /// The budget where none is given: what a browser tab has to spare.
    pub const DEFAULT_BUDGET: u64 = 3 << 29;
}

impl Default for IngestOptions {
    fn default() -> Self {
        Self {
            utc_offset_minutes: 480,
            transitions: Vec::new(),
            time_zone: None,
            naive_is_utc: false,
            exclude_statuses: None,
            grain: Grain::Order,
            budget_bytes: Self::DEFAULT_BUDGET,
        }
    }
}

/// Why a row was not used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, Read, Write)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum SetAsideReason {
    /// No customer (counted with its net as anonymous).
    NullCustomer,
    /// No time.
    NullTime,
    /// No amount, or NaN or infinite.
    NullAmount,
    /// A time before 1900 or after 2200.
    TimeOutOfRange,
    /// An amount beyond ±9·10¹³ minor units.
    AmountOutOfRange,
    /// Status in the exclude list.
    ExcludedStatus,
    /// Another row with the same order id was kept.
    DuplicateOrder,
    /// No label where one is needed.
    NullLabel,
    /// Neither yes nor no.
    UnreadableFlag,
    /// A rating that is none of 1, 2, 3, 4, 5.
    RatingOutOfRange,
}

/// Rows not used for one reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Read, Write)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct SetAside {
    /// Why.
    pub reason: SetAsideReason,
    /// The column whose value was the reason.
    pub column: Option<String>,
    /// Rows.
    pub rows: u32,
    /// The first rows, 0-based over all files in their order, at most 100 (ascending).
    pub examples: Vec<u32>,
}

/// Rows of one file that were not used for one reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Read, Write)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct AsideCount {
    /// Why.
    pub reason: SetAsideReason,
    /// The column whose value was the reason.
    pub column: Option<String>,
    /// Rows.
    pub rows: u32,
}

/// What reading did with the rows of one file. `rows_read = rows_used + Σ set_aside.rows`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Read, Write)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct FileReport {
    /// Number of its first row, counted over all files.
    pub first_row: u32,
    /// Rows in the file.
    pub rows_read: u32,
    /// Rows of it that became orders, or part of one.
    pub rows_used: u32,
    /// Rows of it not used, by reason and column, ascending.
    pub set_aside: Vec<AsideCount>,
    /// Amounts of it that were rounded.
    pub rounded_amounts: u32,
    /// Values of it that no one can mean, taken as missing.
    pub ignored_values: u32,
    /// Rows of it whose status is unknown.
    pub unknown_status_rows: u32,
    /// Bytes asked from it.
    #[cfg_attr(feature = "typegen", ts(type = "number"))]
    pub bytes_read: u64,
}

/// What reading did with every row. `rows_read = rows_used + Σ set_aside.rows`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, Read, Write)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct IngestReport {
    /// What became of each file, in the order they were read.
    pub files: Vec<FileReport>,
    /// Rows in the files.
    pub rows_read: u32,
    /// Rows that became orders (grain `line`: or part of one).
    pub rows_used: u32,
    /// Rows not used, by reason, ascending; reasons without rows are left out.
    pub set_aside: Vec<SetAside>,
    /// Orders without a customer (they are in `set_aside` too).
    pub anonymous_orders: u32,
    /// Their net, minor units.
    #[cfg_attr(feature = "typegen", ts(type = "number"))]
    pub anonymous_net_minor: i64,
    /// Amounts that had more than two decimals and were rounded half away from zero.
    pub rounded_amounts: u32,
    /// Values beside the order's own time and amount that no one can mean (times outside 1900 to 2200, costs beyond ±9·10¹³ minor units),
    /// taken as missing.
    pub ignored_values: u32,
    /// Rows whose status is unknown: neither excluded nor a usual one of orders that count. Their orders count.
    pub unknown_status_rows: u32,
    /// Bytes asked from the source.
    #[cfg_attr(feature = "typegen", ts(type = "number"))]
    pub bytes_read: u64,
    /// The mapping used.
    pub mapping: Mapping,
    /// Statuses seen, with their rows and whether they are excluded.
    pub statuses: Vec<StatusCount>,
    /// Columns whose names look like personal data and were not read.
    pub pii_columns_ignored: Vec<String>,
}

/// A status and its rows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Read, Write)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct StatusCount {
    /// As in the data; empty for null.
    pub status: String,
    /// Rows with it.
    pub rows: u32,
    /// Whether its orders do not count.
    pub excluded: bool,
    /// Whether it is excluded, a usual one of orders that count, or null.
    pub known: bool,
}

/// A column that orders can be filtered and sliced by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Read, Write)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct DimensionSummary {
    /// Its name in filters and slices: the role, as `store_id`, or the column's own.
    pub key: String,
    /// Its labels, ascending.
    pub labels: Vec<String>,
}

/// What a loaded dataset holds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Read, Write)]
#[cfg_attr(feature = "typegen", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct DatasetSummary {
    /// Orders.
    pub orders: u32,
    /// Customers with at least one order.
    pub customers: u32,
    /// Net of all orders, minor units.
    #[cfg_attr(feature = "typegen", ts(type = "number"))]
    pub net_minor: i64,
    /// First local day with an order, ISO date.
    pub data_start: String,
    /// Day after the last local day with an order, ISO date.
    pub complete_until: String,
    /// What orders can be filtered and sliced by.
    pub dimensions: Vec<DimensionSummary>,
    /// What reading did with every row.
    pub report: IngestReport,
    /// The same of each table attached.
    pub tables: Vec<TableReport>,
}
