//! Migration: the same customers scored on two days.

use crate::history::{Histories, View, iso_date};
use crate::result::{
    Localized, MigrationLink, MigrationMode, MigrationState, Parameters, RfmConfig, RfmMigration, RfmMigrationConfig, ScoreMode,
};
use crate::text::term;
use crate::{Error, ErrorKind, Result};

use super::preset::{Segment, Segmentation};
use super::scored::{Scored, look};
use super::sentence::migration_sentence;

/// How long before the later day the earlier one is, unless said.
const DAYS_BETWEEN: i32 = 90;

/// Computes who went from which segment to which.
///
/// # Errors
/// `Config` for options that make no sense; `Empty` when there is no purchase before the later day, or by `frozen` cut-points none in the window
/// before the earlier one.
pub fn compute_migration(histories: &Histories, config: &RfmMigrationConfig) -> Result<RfmMigration> {
    check(config)?;
    let segmentation = Segmentation::of(&config.rfm)?;
    let after = look(histories, &config.rfm, config.to.as_deref().map(|text| ("to", text)))?;
    let from = config.from.clone().unwrap_or_else(|| iso_date(after.end_day.saturating_sub(DAYS_BETWEEN)));
    let before = look(histories, &config.rfm, Some(("from", &from)))?;
    if before.end_day > after.end_day {
        return refuse(format!("`from` must not be after `to`, found `{from}` after `{}`", iso_date(after.end_day)));
    }
    let earlier = Scored::of(&before, &config.rfm, &segmentation, None)?;
    let fitted = (config.mode == MigrationMode::Frozen).then_some(&earlier);
    if fitted.is_some_and(|fitted| fitted.values.len() == 0) {
        return Err(Error::new(
            ErrorKind::Empty,
            "nobody bought in the window before `from`: `frozen` has no cut-points to go by",
        ));
    }
    let later = Scored::of(&after, &config.rfm, &segmentation, fitted)?.or_empty()?;
    let flows = Flows::of(&before, &after, &earlier, &later, &segmentation.segments);
    let resolved =
        RfmMigrationConfig { from: Some(iso_date(before.end_day)), to: Some(iso_date(after.end_day)), ..config.clone() };
    let text = migration_sentence(&before, &after, config);
    Ok(flows.table(after.definition(Parameters::RfmMigration(resolved), text), iso_date(before.end_day), config.min_cell))
}

fn refuse<T>(message: String) -> Result<T> {
    Err(Error::new(ErrorKind::Config, message))
}

fn check(config: &RfmMigrationConfig) -> Result<()> {
    let RfmConfig { as_of, slice, recency_mode, frequency_mode, monetary_mode, .. } = &config.rfm;
    if as_of.is_some() {
        return refuse("`rfm.asOf` has no place in a migration: give `from` and `to`".to_owned());
    }
    if slice.is_some() {
        return refuse("`rfm.slice` has no place in a migration: use `rfm.filter`".to_owned());
    }
    if config.min_cell == 0 {
        return refuse("`minCell` must be at least 1, found `0`".to_owned());
    }
    let modes = [("recencyMode", recency_mode), ("frequencyMode", frequency_mode), ("monetaryMode", monetary_mode)];
    for (name, mode) in modes.into_iter().filter(|_| config.mode == MigrationMode::Frozen) {
        let (word, reason) = match mode {
            ScoreMode::Ntile => ("ntile", "it splits equal values, so that its cut-points say nothing about another day"),
            ScoreMode::Nested => ("nested", "it has no cut-points where a score of the axes before was empty"),
            _ => continue,
        };
        return refuse(format!("`mode` `frozen` cannot be with `rfm.{name}` `{word}`: {reason}; take `refit`"));
    }
    Ok(())
}

/// Customers and net by state before and after.
struct Flows {
    states: Vec<(String, Localized)>,
    customers: Vec<Vec<u32>>,
    net: Vec<Vec<i64>>,
}

impl Flows {
    fn of(before: &View<'_>, after: &View<'_>, earlier: &Scored, later: &Scored, preset: &[Segment]) -> Self {
        let mut states: Vec<(String, Localized)> = preset.iter().map(|s| (s.id.clone(), s.name.clone())).collect();
        states.extend(["prospects", "lapsed_out", "not_yet"].map(|id| (id.to_owned(), term(&format!("segment.{id}")))));
        let not_yet = states.len() - 1;
        let place = |scored: &Scored| {
            let mut place = vec![not_yet; after.n_customers()];
            let values = &scored.values;
            values.prospects.iter().for_each(|&customer| place[customer as usize] = not_yet - 2);
            values.lapsed_out.iter().for_each(|&customer| place[customer as usize] = not_yet - 1);
            for (&customer, &segment) in values.customer_idx.iter().zip(&scored.segment) {
                place[customer as usize] = usize::from(segment);
            }
            place
        };
        let (from, to) = (place(earlier), place(later));
        let mut customers = vec![vec![0; states.len()]; states.len()];
        let mut net = vec![vec![0; states.len()]; states.len()];
        for (customer, (&from, &to)) in from.iter().zip(&to).enumerate().filter(|(_, (_, to))| **to != not_yet) {
            let histories = after.histories;
            let between = after.orders(customer).filter(|&row| histories.day[row] >= before.end_day);
            customers[from][to] += 1;
            net[from][to] += between.map(|row| histories.net_minor[row]).sum::<i64>();
        }
        Self { states, customers, net }
    }

    fn table(self, definition: crate::result::Definition, from: String, min_cell: u32) -> RfmMigration {
        let links = self.links(min_cell);
        let Self { states, customers, net } = self;
        let rows = |place: usize| (customers[place].iter().sum(), net[place].iter().sum());
        let columns = |place: usize| (customers.iter().map(|row| row[place]).sum(), net.iter().map(|row| row[place]).sum());
        let state = |(place, (id, name)): (usize, (String, Localized))| {
            let ((n_before, net_before_minor), (n_after, net_after_minor)): ((u32, i64), (u32, i64)) =
                (rows(place), columns(place));
            let net_flow = i64::from(n_after) - i64::from(n_before);
            MigrationState { id, name, n_before, n_after, net_flow, net_before_minor, net_after_minor }
        };
        let states: Vec<MigrationState> = states.into_iter().enumerate().map(state).collect();
        let shares = |row: &Vec<u32>| {
            let total: u32 = row.iter().sum();
            row.iter().map(|&n| (total > 0).then(|| f64::from(n) / f64::from(total))).collect()
        };
        RfmMigration {
            from,
            to: definition.as_of.clone(),
            definition,
            n_customers: states.iter().map(|state| state.n_before).sum(),
            net_minor: states.iter().map(|state| state.net_before_minor).sum(),
            states,
            row_share: customers.iter().map(shares).collect(),
            customers,
            flow_minor: net,
            links,
        }
    }

    /// The streams. Those of fewer than `min_cell` customers are one stream per source to `other`, and where that is still too small, one from `other`
    /// to `other`.
    fn links(&self, min_cell: u32) -> Vec<MigrationLink> {
        let link = |source: &str, target: &str, (n_customers, net_minor): (u32, i64)| MigrationLink {
            source: source.to_owned(),
            target: target.to_owned(),
            n_customers,
            net_minor,
        };
        let (mut links, mut rest) = (Vec::new(), (0, 0));
        let add = |sum: &mut (u32, i64), (n, net): (u32, i64)| *sum = (sum.0 + n, sum.1 + net);
        for ((source, _), (customers, net)) in self.states.iter().zip(self.customers.iter().zip(&self.net)) {
            let mut small = (0, 0);
            for ((target, _), flow) in self.states.iter().zip(customers.iter().copied().zip(net.iter().copied())) {
                match flow.0 {
                    0 => {}
                    n if n < min_cell => add(&mut small, flow),
                    _ => links.push(link(source, target, flow)),
                }
            }
            match small.0 {
                0 => {}
                n if n < min_cell => add(&mut rest, small),
                _ => links.push(link(source, "other", small)),
            }
        }
        if rest.0 > 0 {
            links.push(link("other", "other", rest));
        }
        links
    }
}
