//! The chain as results: every cohort's row, the links of the last cohort that went all the way, and the marks of what is left out or stands in.

use crate::history::iso_date;
use crate::result::{Chain, ChainCohort, Localized, Metric, ReferralCounts, SkippedStep, StepId, Unit};
use crate::text::term;

use super::chain::{AGAIN, BRING, INVITE, JOIN, TOUCH, Walk};
use super::gain::Gains;
use super::metric::{Tally, latest, needs, ratio};
use super::periods::Periods;
use super::referral::{self, BY_FIRST_ORDER, by_first_order};

/// Id, unit and the step each link leads to.
const LINKS: [(&str, Unit, usize); 5] = [
    ("chain_p12", Unit::Share, JOIN),
    ("chain_p23", Unit::Share, TOUCH),
    ("chain_p34", Unit::Share, AGAIN),
    ("chain_p45", Unit::Share, INVITE),
    ("chain_m56", Unit::Ratio, BRING),
];

impl Walk {
    /// The table a step of the chain waits for.
    pub(super) fn table(step: usize) -> &'static str {
        match step {
            JOIN => "members",
            TOUCH => "touches",
            _ => referral::TABLE,
        }
    }

    /// Steps 2 and 3 where they are left out.
    pub(super) fn skipped(&self) -> Vec<SkippedStep> {
        let steps = [(JOIN, StepId::Pool), (TOUCH, StepId::Precision)];
        let left_out = steps.into_iter().filter(|&(step, _)| self.steps[step].is_none());
        left_out.map(|(step, id)| SkippedStep { id, needs: Self::table(step).into() }).collect()
    }

    /// What the gain of the chain is called.
    pub(super) fn label(&self) -> Localized {
        let skipped = self.skipped();
        if skipped.is_empty() {
            return term("metric.gain_strict");
        }
        let named = |skip: &SkippedStep| (term(skip.id.term()), skip.needs.clone());
        let named: Vec<_> = skipped.iter().map(named).collect();
        let zh: Vec<_> = named.iter().map(|(name, needs)| format!("{}（缺 {needs}）", name.zh)).collect();
        let en: Vec<_> = named.iter().map(|(name, needs)| format!("{} (needs {needs})", name.en)).collect();
        let Localized { zh: strict_zh, en: strict_en } = term("metric.gain_strict");
        Localized::new(format!("{strict_zh}*，未计{}", zh.join("、")), format!("{strict_en}*, without {}", en.join(", ")))
    }

    /// A metric of the whole chain, marked as the stand-in it is where steps are left out or invitations have no time.
    pub(super) fn marked(&self, mut metric: Metric, has_invitations: bool) -> Metric {
        let skipped = self.skipped();
        let mut marks = Vec::new();
        if !skipped.is_empty() {
            metric.needs = Some(skipped.into_iter().map(|skip| skip.needs).collect::<Vec<_>>().join(", "));
            marks.push(self.label());
        }
        if has_invitations && self.by_first_order {
            marks.push(Localized::new(BY_FIRST_ORDER.0, BY_FIRST_ORDER.1));
        }
        let joined = |of: fn(&Localized) -> &str, with: &str| marks.iter().map(of).collect::<Vec<_>>().join(with);
        if marks.is_empty() { metric } else { metric.proxy(&joined(|mark| &mark.zh, "；"), &joined(|mark| &mark.en, "; ")) }
    }

    /// |Q4| / |Q1| of the last cohort observed so long: the chain as far as orders, members and touches tell.
    pub(super) fn to_repeat(&self, periods: &Periods) -> Metric {
        let days = self.steps[AGAIN].as_ref().map_or(0, |reached| reached.days);
        let sizes = |step| self.sizes(step).unwrap_or(&[]).to_vec();
        let tally = Tally { num: sizes(AGAIN), den: sizes(0) };
        self.marked(latest("chain_to_repeat", Unit::Share, &tally.series(periods, 0, periods.after(days))), false)
    }

    /// The links of the last cohort for which all horizons have passed.
    fn links(&self, periods: &Periods, days: u32) -> Vec<Metric> {
        let link = |&(id, unit, step): &(&str, Unit, usize)| {
            let Some(num) = self.sizes(step) else { return needs(id, unit, Self::table(step)) };
            let den = self.sizes(self.before(step)).unwrap_or(&[]);
            let tally = Tally { num: num.to_vec(), den: den.to_vec() };
            let metric = latest(id, unit, &tally.series(periods, 0, periods.after(days)));
            if step >= INVITE && self.by_first_order { by_first_order(metric) } else { metric }
        };
        LINKS.iter().map(link).collect()
    }

    /// The chain as a result.
    pub(super) fn chain(&self, periods: &Periods, gains: &Gains, referrals: Option<ReferralCounts>) -> Chain {
        Chain {
            label: self.label(),
            skipped: self.skipped(),
            cohorts: (0..periods.len).map(|cohort| self.cohort(periods, gains, cohort)).collect(),
            links: self.links(periods, gains.days),
            referrals,
        }
    }

    fn cohort(&self, periods: &Periods, gains: &Gains, cohort: usize) -> ChainCohort {
        let passed = |days: u32| periods.end(cohort) + days as i32 <= periods.end_day;
        let size = |step: usize| {
            let reached = self.steps[step].as_ref().filter(|reached| passed(reached.days))?;
            u32::try_from(reached.sizes[cohort]).ok()
        };
        let conversion = |link: usize| {
            let (num, den) = (size(link + 1)?, size(self.before(link + 1))?);
            ratio(num.into(), den.into())
        };
        let has_referrals = self.steps[BRING].is_some();
        let brought = u32::try_from(gains.total.num[cohort]).ok().filter(|_| has_referrals && passed(gains.total_days));
        let per_entrant = |num: Option<u32>| num.and_then(|num| ratio(num.into(), gains.total.den[cohort]));
        ChainCohort {
            period: periods.describe(cohort),
            sizes: std::array::from_fn(size),
            conversions: std::array::from_fn(conversion),
            gain_strict: per_entrant(size(BRING)),
            brought,
            gain_total: per_entrant(brought),
            mature: passed(gains.days),
            mature_on: iso_date(periods.end(cohort) + gains.days as i32),
        }
    }
}
