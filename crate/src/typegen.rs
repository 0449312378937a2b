//! Rust types → TypeScript: the npm package's types, terms and themes, as text.
//!
//! In: the derived declarations of `ts-rs` (behind the feature `typegen`, never part of the wasm). Out: the files of `pkg/src/generated`,
//! which a test compares with the ones committed. Fields with a serde default are optional in TypeScript; results keep every field, `null` where
//! there is no value. 64-bit integers are `number`: money and counts stay below 2^53.

use std::fmt::Write as _;

use ts_rs::{Config, TS};

use crate::text::{CASES, DICTIONARY, FORMULAS, TERMS};
use crate::{ErrorKind, charts, result, text};

const HEADER: &str =
    "// Generated from the Rust crate by `cargo xtask types`; the test run fails where this file differs. Do not edit.\n";

/// The TypeScript declarations of every option and result type.
#[must_use]
pub fn types() -> String {
    let config = Config::new().with_large_int("number");
    let kinds = ErrorKind::ALL.map(|kind| format!("{:?}", kind.code())).join(" | ");
    let mut out = format!("{HEADER}\n/** What can go wrong in the crate. */\nexport type ErrorKind = {kinds};\n");
    macro_rules! declare {
        ($($render:ident: $($type:ty),+;)+) => { $($(out.push_str(&$render::<$type>(&config));)+)+ };
    }
    declare! {
        result: result::Localized, result::Lang, result::Granularity, result::Period, result::Interval;
        options: result::Filter;
        result: result::SliceRule, result::Entity;
        options: result::SliceConfig;
        result: result::LocalTimeNote, result::Parameters, result::Definition;
        result: result::TableKind, result::TableField, result::TableMapping, result::TableProposal, result::TableReport;
        result: result::Role, result::ColumnSample, result::Field, result::ProposalReason, result::Proposal, result::ArrowFormat, result::Inspection, result::Grain;
        options: result::Mapping, result::IngestOptions;
        result: result::SetAsideReason, result::SetAside, result::AsideCount, result::FileReport, result::StatusCount, result::IngestReport, result::DimensionSummary, result::DatasetSummary;
        result: result::CohortWindow, result::RollingCompleteness, result::Criterion, result::CohortEntry, result::Measure, result::CohortReference;
        options: result::CohortRange, result::CohortConfig;
        result: result::CohortMembers;
        options: result::CohortCustomersConfig;
        result: result::ColumnSpan, result::CellState, result::CohortCell, result::CohortRow, result::CohortMeans, result::CohortSlice, result::CohortTable;
        options: result::PurchaseIntervalConfig;
        result: result::IntervalPoint, result::PurchaseIntervals;
        result: result::RfmPreset, result::Cn8By, result::ScoreMode, result::Monetary, result::RfmWeights, result::SegmentRule, result::CustomSegments;
        options: result::RfmConfig;
        result: result::ScoreGroup, result::ScoreCuts, result::ScoreAxis, result::RfmCell, result::RfmSegment, result::RfmSlice, result::Cn8Levels;
        result: result::RfmTable, result::RfmCustomers, result::MigrationMode;
        options: result::RfmMigrationConfig;
        result: result::MigrationState, result::MigrationLink, result::RfmMigration;
        options: result::ConcentrationConfig;
        result: result::LorenzPoint, result::TopShare, result::ConcentrationTable;
        result: result::GrowthWindow;
        options: result::GrowthConfig;
        result: result::GrowthPart;
        options: result::GrowthCustomersConfig;
        result: result::CustomerList;
        result: result::GrowthCounts, result::GrowthRevenue, result::GrowthPeriod, result::IdentityCheck, result::GrowthSlice, result::GrowthTable;
        result: result::MomentumBase;
        options: result::Horizons, result::GainConfig, result::MomentumConfig, result::FlywheelConfig;
        result: result::MetricStatus, result::Unit, result::Metric, result::StepPoint, result::StepId;
        result: result::SkippedStep, result::ChainCohort, result::ReferralCounts, result::Chain, result::Lag, result::Association, result::Lags;
        options: result::PrivateDomainConfig;
        result: result::DomainMetric, result::PrivateDomainTable;
        result: result::CohortCost, result::ChannelCost, result::ClaimId, result::Verdict, result::Claim, result::ClaimPoint, result::Costs;
        result: result::StepMomentum, result::Momentum, result::BottleneckMode, result::StepHeadroom, result::Bottleneck;
        result: result::FlywheelStep, result::FlywheelTable;
        result: text::ComputedBy, text::DictionaryEntry;
        result: charts::Figure, charts::GridValue, charts::GrowthUnit;
        options: charts::Theme, charts::DrawOptions;
        result: charts::Detail, charts::Mark, charts::TableCell, charts::TableRow, charts::TableTwin, charts::Drawing;
    }
    out
}

/// The catalogue of terms as a TypeScript constant.
#[must_use]
pub fn terms() -> String {
    let mut out = format!("{HEADER}import type {{ Localized }} from \"./types.js\";\n\n");
    out.push_str("/** The product's terms in both languages, by id (`segment.champions`). */\nexport const terms = {\n");
    for term in TERMS {
        let _ = writeln!(out, "  {:?}: {{ zh: {:?}, en: {:?} }},", term.id, term.zh, term.en);
    }
    out.push_str("} as const satisfies Record<string, Localized>;\n");
    out
}

/// The metric dictionary as a TypeScript constant.
#[must_use]
pub fn dictionary() -> String {
    let entries = serde_json::to_string_pretty(DICTIONARY).unwrap_or_default();
    format!(
        "{HEADER}import type {{ DictionaryEntry }} from \"./types.js\";\n\n/** The metrics of private-domain retail, each with its one definition. */\n\
         export const dictionary: readonly DictionaryEntry[] = {entries};\n"
    )
}

/// The formulas as a TypeScript constant.
#[must_use]
pub fn formulas() -> String {
    let mut out = format!("{HEADER}import type {{ Localized }} from \"./types.js\";\n\n");
    out.push_str("/** How numbers that the dictionary does not have are computed, in a line, and the file with the SQL; by the id of the metric. */\nexport const formulas = {\n");
    for formula in FORMULAS {
        let _ = writeln!(out, "  {:?}: {{ zh: {:?}, en: {:?}, sql: {:?} }},", formula.id, formula.zh, formula.en, formula.sql);
    }
    out.push_str("} as const satisfies Record<string, Localized & { readonly sql: string }>;\n");
    out
}

/// The calls a question may be answered by, with the type of their options.
const ASKED: [(&str, &str); 6] = [
    ("cohorts", "CohortConfig"),
    ("rfm", "RfmConfig"),
    ("rfmMigration", "RfmMigrationConfig"),
    ("concentration", "ConcentrationConfig"),
    ("flywheel", "FlywheelConfig"),
    ("privateDomain", "PrivateDomainConfig"),
];

/// The cases as a TypeScript constant.
#[must_use]
pub fn cases() -> String {
    let mut cases = serde_json::to_value(CASES).unwrap_or_default();
    let questions = cases.as_array_mut().into_iter().flatten().filter_map(|case| case["questions"].as_array_mut());
    for question in questions.flatten() {
        question["config"] = serde_json::from_str(question["config"].as_str().unwrap_or_default()).unwrap_or_default();
    }
    let configs = ASKED.map(|(_, config)| config).join(", ");
    let asked: String =
        ASKED.iter().map(|(call, config)| format!("\n  | {{ readonly call: \"{call}\"; readonly config: {config} }}")).collect();
    let cases = serde_json::to_string_pretty(&cases).unwrap_or_default();
    format!(
        "{HEADER}import type {{ {configs} }} from \"./types.js\";\n\n\
         /** A question, the call that answers it, the entries of the dictionary that do, and the columns it needs. */\n\
         export type CaseQuestion = {{\n  readonly id: string;\n  readonly zh: string;\n  readonly en: string;\n  \
         readonly metrics: readonly string[];\n  readonly needs: readonly string[];\n}} & ({asked}\n);\n\n\
         /** A way of retailing: keys of the dimensions to slice by, and what to ask. */\n\
         export interface Case {{\n  readonly id: string;\n  readonly zh: string;\n  readonly en: string;\n  \
         readonly slices: readonly string[];\n  readonly questions: readonly CaseQuestion[];\n}}\n\n\
         /** Three ways community retail works, each as a preset. */\nexport const cases: readonly Case[] = {cases};\n"
    )
}

/// The two themes as TypeScript constants.
#[must_use]
pub fn themes() -> String {
    let mut out = format!("{HEADER}import type {{ Theme }} from \"./types.js\";\n");
    let themes = [
        ("light", charts::Theme::light(), "Dark text on white."),
        ("dark", charts::Theme::dark(), "Light text on near-black blue."),
    ];
    for (name, theme, says) in themes {
        let theme = serde_json::to_string_pretty(&theme).unwrap_or_default();
        let _ = write!(out, "\n/** {says} */\nexport const {name}: Required<Theme> = {theme};\n");
    }
    out
}

fn result<T: TS>(config: &Config) -> String {
    render::<T>(config, false)
}

fn options<T: TS>(config: &Config) -> String {
    render::<T>(config, true)
}

/// One exported declaration; a struct becomes an interface with a field per line.
fn render<T: TS>(config: &Config, optional: bool) -> String {
    let mut out = format!("\n{}", comment(&T::docs().unwrap_or_default(), ""));
    let declaration = T::decl(config);
    match declaration.split_once("= { \n") {
        None => {
            let _ = writeln!(out, "export {}", union(&declaration));
        }
        Some((_, body)) => {
            let _ = writeln!(out, "export interface {} {{", T::ident(config));
            for (docs, field) in fields(body) {
                let (name, of) = field.split_once(": ").unwrap_or((field, "unknown"));
                let mark = if optional && !name.ends_with('?') { "?" } else { "" };
                let _ = writeln!(out, "{}  {name}{mark}: {of};", comment(docs, "  "));
            }
            out.push_str("}\n");
        }
    }
    out
}

/// `(docs, "name: Type")` of each field, from the body of an object type as `ts-rs` writes it.
fn fields(body: &str) -> impl Iterator<Item = (&str, &str)> {
    body.split("/**\n").skip(1).filter_map(|part| {
        let (docs, field) = part.split_once(" */\n")?;
        Some((docs, field.trim_end_matches(['\n', ' ', ';', '}']).trim_end_matches(',')))
    })
}

/// A union with one tagged object a line, keys unquoted; the options inside a definition come with every default filled in.
fn union(declaration: &str) -> String {
    let mut text = declaration.replace(" | { \"", "\n  | { \"").replace("= { \"", "=\n  | { \"");
    for key in ["metric", "config", "chart", "result"] {
        text = text.replace(&format!("\"{key}\": "), &format!("{key}: "));
    }
    for config in [
        "CohortConfig",
        "CohortCustomersConfig",
        "PurchaseIntervalConfig",
        "RfmConfig",
        "RfmMigrationConfig",
        "ConcentrationConfig",
        "GrowthConfig",
        "GrowthCustomersConfig",
        "FlywheelConfig",
        "PrivateDomainConfig",
    ] {
        text = text.replace(&format!("config: {config} "), &format!("config: Required<{config}> "));
    }
    text
}

/// A TSDoc comment, with Rust's `None` and links to items in TypeScript's words.
fn comment(docs: &str, indent: &str) -> String {
    let text = docs
        .replace("/**", "")
        .replace("*/", "")
        .replace("`None`", "`null`")
        .replace("[`", "`")
        .replace("`]", "`")
        .replace("::", ".");
    let lines: Vec<&str> = text.lines().map(|line| line.trim().trim_start_matches('*').trim()).collect();
    let lines = lines.join("\n");
    match lines.trim() {
        "" => String::new(),
        one if !one.contains('\n') => format!("{indent}/** {one} */\n"),
        many => {
            let body: String = many.lines().map(|line| format!("{indent} * {line}").trim_end().to_owned() + "\n").collect();
            format!("{indent}/**\n{body}{indent} */\n")
        }
    }
}
