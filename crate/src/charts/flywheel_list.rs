//! The six steps in words: number, name, headline, what it means or what to export.

use super::Mark;
use super::flywheel_ring::{metric_details, status, step_key, written};
use super::frame::mark;
use super::measure::{fit, wrap};
use super::scene::{Area, Font, Scene};
use super::words::Context;
use crate::result::{FlywheelStep, FlywheelTable, MetricStatus};

/// Draws the list; returns the y below it and its marks.
pub(super) fn draw(scene: &mut Scene, table: &FlywheelTable, context: &Context<'_>, area: Area) -> (f64, Vec<Mark>) {
    let (mut y, mut marks) = (area.y, Vec::new());
    for (index, step) in table.steps.iter().enumerate() {
        if index > 0 {
            scene.line((area.x, y), (area.right(), y), context.palette.rule, 1.0);
        }
        let bottom = draw_step(scene, context, index, step, Area::new(area.x, y, area.width, 0.0));
        let label = format!("{} {}", index + 1, context.of(&step.name));
        let row = Area::new(area.x, y, area.width, bottom - y);
        let key = format!("{}/list", step_key(step));
        marks.push(mark(row, key, label, metric_details(context, &step.headline)).at(index + 3, 0));
        y = bottom;
    }
    (y, marks)
}

/// Height of the list at a width.
pub(super) fn height(table: &FlywheelTable, context: &Context<'_>, width: f64) -> f64 {
    draw(&mut Scene::default(), table, context, Area::new(0.0, 0.0, width, 0.0)).0
}

fn draw_step(scene: &mut Scene, context: &Context<'_>, index: usize, step: &FlywheelStep, area: Area) -> f64 {
    let palette = &context.palette;
    let metric = &step.headline;
    let name = Font::new(14.0, palette.ink).bold();
    let small = Font::new(12.0, palette.muted);
    let value = Font::new(16.0, palette.ink).bold().end();
    let text = if metric.value.is_some() { written(context, metric) } else { String::new() };
    let baseline = area.y + 24.0;
    scene.text((area.x, baseline), (index + 1).to_string(), Font::new(14.0, palette.muted));
    let left = area.x + 22.0;
    let room = area.width - 22.0 - value.width(&text) - 12.0;
    scene.text((left, baseline), fit(context.of(&step.name), 14.0, true, room), name);
    scene.text((area.right(), baseline), text, value);
    let mut y = baseline;
    let mut lines = vec![about(context, step)];
    if let Some(note) = &metric.note {
        lines.push(context.of(note).to_owned());
    }
    for line in lines.iter().flat_map(|line| wrap(line, small.size, false, area.width - 22.0)) {
        y += 18.0;
        scene.text((left, y), line, small);
    }
    y + 14.0
}

/// The headline's name and what it rests on, or why there is none.
fn about(context: &Context<'_>, step: &FlywheelStep) -> String {
    let metric = &step.headline;
    let mut parts = vec![context.of(&metric.name).to_owned()];
    match metric.status {
        MetricStatus::Ok | MetricStatus::Proxy => {
            if let (Some(num), Some(den)) = (metric.num, metric.den) {
                parts.push(format!("{} / {}", context.numbers.count(num), context.numbers.count(den)));
            }
            parts.extend(metric.period.clone());
            if metric.status == MetricStatus::Proxy {
                parts.push(context.word("chart.proxy"));
            }
        }
        _ => parts.push(status(context, metric)),
    }
    context.join(&parts)
}
