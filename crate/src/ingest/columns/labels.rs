//! Labels in the order of their first rows → a [`Dimension`], whose codes follow the bytes of its labels; in bounded steps.

use super::intern::Interner;
use crate::ingest::{Dimension, NONE};
use crate::sorting::Sorting;

/// Labels being brought into order.
pub(super) struct Ordering {
    interner: Interner,
    codes: Vec<u32>,
    stage: Stage,
}

enum Stage {
    FindUsed,
    Sort(Sorting),
    Done(Vec<String>),
}

impl Ordering {
    pub(super) fn new(interner: Interner, codes: Vec<u32>) -> Self {
        Self { interner, codes, stage: Stage::FindUsed }
    }

    /// Works on for a moment; whether there is more to do.
    pub(super) fn step(&mut self) -> bool {
        let ids = &self.interner.ids;
        match &mut self.stage {
            Stage::FindUsed => {
                let mut is_used = vec![false; ids.len()];
                for &code in &self.codes {
                    if let Some(used) = is_used.get_mut(code as usize) {
                        *used = true;
                    }
                }
                let used = (0..).zip(&is_used).filter(|(_, used)| **used).map(|(code, _)| code).collect();
                self.stage = Stage::Sort(Sorting::new(used));
                true
            }
            Stage::Sort(sorting) => {
                if sorting.step(&|a, b| ids.get(a).cmp(ids.get(b))) {
                    return true;
                }
                let used = std::mem::take(sorting).finish();
                let mut new_code = vec![NONE; ids.len()];
                for (new, &old) in (0..).zip(&used) {
                    if let Some(slot) = new_code.get_mut(old as usize) {
                        *slot = new;
                    }
                }
                for code in &mut self.codes {
                    *code = new_code.get(*code as usize).copied().unwrap_or(NONE);
                }
                let label = |&code: &u32| String::from_utf8_lossy(ids.get(code)).into_owned();
                self.stage = Stage::Done(used.iter().map(label).collect());
                false
            }
            Stage::Done(_) => false,
        }
    }

    /// The dimension; does first what is left to do.
    pub(super) fn finish(mut self) -> Dimension {
        while self.step() {}
        match self.stage {
            Stage::Done(labels) => Dimension { labels, codes: self.codes },
            _ => Dimension::default(),
        }
    }
}
