//! The charts from outside: goldens, layout at every width, contrast, marks, table twins.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use feilun::charts::{DrawOptions, Drawing, Figure, GridValue, GrowthUnit, Mark, Theme, draw, text_width};
use feilun::result::*;

use crate::figures::{all_figures, cohorts, flywheel, golden_figures, growth, months, odd_cohorts, rfm, sliced};

const WIDTHS: [u32; 8] = [280, 320, 360, 480, 640, 760, 960, 2000];

fn options(width: u32, lang: Lang, theme: Theme) -> DrawOptions {
    DrawOptions { width, lang, theme, ..DrawOptions::default() }
}

/// Numbers cut to two decimals.
fn cut(svg: &str) -> String {
    let mut out = String::new();
    let mut decimals = None;
    for character in svg.chars() {
        decimals = match (character, decimals) {
            ('.', _) => Some(0),
            (digit, Some(seen)) if digit.is_ascii_digit() => Some(seen + 1),
            _ => None,
        };
        if decimals.is_none_or(|seen| seen <= 2) {
            out.push(character);
        }
    }
    out
}

#[test]
fn every_chart_is_as_its_golden() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../tests/data/charts");
    let update = std::env::var_os("UPDATE").is_some();
    let mut wrong = Vec::new();
    for (name, figure) in golden_figures() {
        for (theme_name, theme) in [("light", Theme::light()), ("dark", Theme::dark())] {
            for (lang_name, lang) in [("zh", Lang::Zh), ("en", Lang::En)] {
                let file = folder.join(format!("{name}.{theme_name}.{lang_name}.svg"));
                let drawn = cut(&draw(&figure, &options(960, lang, theme.clone())).unwrap().svg);
                if update {
                    std::fs::create_dir_all(&folder).unwrap();
                    std::fs::write(&file, drawn).unwrap();
                } else if std::fs::read_to_string(&file).ok().as_deref() != Some(drawn.as_str()) {
                    wrong.push(file);
                }
            }
        }
    }
    assert!(wrong.is_empty(), "missing or changed; look at them, then UPDATE=1: {wrong:#?}");
}

#[test]
fn without_a_heading_the_page_around_says_it() {
    for (name, figure) in golden_figures() {
        for width in WIDTHS {
            let full = draw(&figure, &options(width, Lang::En, Theme::light())).unwrap();
            let bare = draw(&figure, &DrawOptions { heading: false, ..options(width, Lang::En, Theme::light()) }).unwrap();
            let titles = |drawing: &Drawing| drawing.svg.matches(&full.title).count();
            // On a phone the drawn title may be broken into lines.
            assert!(titles(&bare) < titles(&full) || width < 640, "{name} {width}");
            let inside = |mark: &Mark| mark.x >= 0.0 && mark.x + mark.width <= f64::from(width) && mark.y >= 0.0;
            let outside: Vec<_> =
                bare.marks.iter().filter(|mark| !inside(mark)).map(|mark| (&mark.key, mark.x, mark.y, mark.width)).collect();
            assert!(outside.is_empty(), "{name} {width}: {outside:?}");
            assert_eq!((bare.title, bare.description, bare.table), (full.title, full.description, full.table), "{name} {width}");
        }
    }
}

#[derive(Debug, Clone)]
enum Piece {
    Text { text: String, left: f64, top: f64, right: f64, bottom: f64, color: String },
    Fill { points: Vec<(f64, f64)>, color: String },
    Line { points: Vec<(f64, f64)> },
}

fn attributes(tag: &str) -> BTreeMap<&str, &str> {
    let mut parts = tag.split('"');
    let mut found = BTreeMap::new();
    while let (Some(name), Some(value)) = (parts.next(), parts.next()) {
        if let Some(name) = name.trim().trim_end_matches('=').rsplit(' ').next() {
            found.insert(name, value);
        }
    }
    found
}

fn unescape(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&apos;", "'").replace("&amp;", "&")
}

/// The pieces of a drawing in drawing order, CSS pixels.
fn pieces(svg: &str) -> Vec<Piece> {
    let mut lines = svg.lines().skip(2);
    let mut pieces = Vec::new();
    while let Some(line) = lines.next() {
        let found = attributes(line);
        let number = |name: &str| found[name].parse::<f64>().unwrap() / 10.0;
        let points = || found["points"].split_whitespace().map(|pair| pair.split_once(',').unwrap());
        let points = || points().map(|(x, y)| (x.parse::<f64>().unwrap() / 10.0, y.parse::<f64>().unwrap() / 10.0)).collect();
        if line.starts_with("<text") {
            let text = unescape(lines.next().unwrap());
            let size = number("font-size");
            let width = text_width(&text, size, found.contains_key("font-weight"));
            let left = number("x")
                - width
                    * match found["text-anchor"] {
                        "start" => 0.0,
                        "middle" => 0.5,
                        _ => 1.0,
                    };
            assert_eq!(found["dy"], "0.76em");
            let baseline = number("y") + 0.76 * size;
            let (top, bottom) = (baseline - 0.8 * size, baseline + 0.2 * size);
            pieces.push(Piece::Text { text, left, top, right: left + width, bottom, color: found["fill"].into() });
        } else if line.starts_with("<rect") {
            let (x, y) = (number("x"), number("y"));
            let (right, bottom) = (x + number("width"), y + number("height"));
            pieces.push(Piece::Fill {
                points: vec![(x, y), (right, y), (right, bottom), (x, bottom)],
                color: found["fill"].into(),
            });
        } else if line.starts_with("<polygon") {
            pieces.push(Piece::Fill { points: points(), color: found["fill"].into() });
        } else if line.starts_with("<polyline") {
            pieces.push(Piece::Line { points: points() });
        }
    }
    pieces
}

/// Every figure in both languages at every width.
fn each_layout(mut check: impl FnMut(&str, &Drawing)) {
    for (name, figure) in all_figures() {
        for lang in [Lang::Zh, Lang::En] {
            for width in WIDTHS {
                for (grid_value, growth_unit) in
                    [(GridValue::Customers, GrowthUnit::Customers), (GridValue::Net, GrowthUnit::Revenue)]
                {
                    let other = matches!(figure, Figure::RfmGrid(_) | Figure::MigrationMatrix(_) | Figure::GrowthBars(_));
                    if grid_value != GridValue::Customers && !other {
                        continue;
                    }
                    let options = DrawOptions { grid_value, growth_unit, ..options(width, lang, Theme::light()) };
                    let place = format!("{name} {lang:?} {width} {grid_value:?}");
                    check(&place, &draw(&figure, &options).unwrap());
                }
            }
        }
    }
}

#[test]
fn no_text_is_clipped_or_over_another_at_any_width() {
    let mut wrong = Vec::new();
    each_layout(|place, drawing| {
        let mut seen: Vec<(String, [f64; 4])> = Vec::new();
        for piece in pieces(&drawing.svg) {
            let Piece::Text { text, left, top, right, bottom, .. } = piece else { continue };
            let (width, height) = (f64::from(drawing.width), f64::from(drawing.height));
            if left < -0.5 || top < 0.0 || right > width + 0.5 || bottom > height {
                wrong.push(format!(
                    "{place}: `{text}` is clipped at {left:.0},{top:.0} {right:.0},{bottom:.0} of {width}×{height}"
                ));
            }
            for (other, area) in &seen {
                if left < area[2] - 0.5 && area[0] < right - 0.5 && top < area[3] - 0.5 && area[1] < bottom - 0.5 {
                    wrong.push(format!("{place}: `{text}` lies over `{other}` at {left:.0},{top:.0}"));
                }
            }
            seen.push((text, [left, top, right, bottom]));
        }
    });
    assert!(wrong.is_empty(), "{} places:\n{}", wrong.len(), wrong[..wrong.len().min(40)].join("\n"));
}

fn luminance(color: &str) -> f64 {
    let number = u32::from_str_radix(color.trim_start_matches('#'), 16).unwrap();
    let part = |shift: u32| {
        let value = f64::from((number >> shift) & 255) / 255.0;
        if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * part(16) + 0.7152 * part(8) + 0.0722 * part(0)
}

fn inside(points: &[(f64, f64)], (x, y): (f64, f64)) -> bool {
    let pairs = points.iter().zip(points.iter().cycle().skip(1));
    pairs.filter(|(one, two)| (one.1 > y) != (two.1 > y) && x < (two.0 - one.0) * (y - one.1) / (two.1 - one.1) + one.0).count()
        % 2
        == 1
}

/// Whether any of a line lies within a box.
fn crosses(points: &[(f64, f64)], area: [f64; 4]) -> bool {
    points.windows(2).any(|pair| {
        (0..=100).any(|step| {
            let t = f64::from(step) / 100.0;
            let (x, y) = (pair[0].0 + (pair[1].0 - pair[0].0) * t, pair[0].1 + (pair[1].1 - pair[0].1) * t);
            x > area[0] && x < area[2] && y > area[1] && y < area[3]
        })
    })
}

#[test]
fn text_has_contrast_and_nothing_runs_through_it() {
    let mut wrong = Vec::new();
    for (name, figure) in all_figures() {
        for theme in [Theme::light(), Theme::dark()] {
            for width in [360, 960] {
                let drawing = draw(&figure, &options(width, Lang::Zh, theme.clone())).unwrap();
                let pieces = pieces(&drawing.svg);
                for (index, piece) in pieces.iter().enumerate() {
                    let Piece::Text { text, left, top, right, bottom, color } = piece else { continue };
                    for point in
                        [((left + right) / 2.0, (top + bottom) / 2.0), (left + 1.0, top + 2.0), (right - 1.0, bottom - 2.0)]
                    {
                        let under = pieces[..index]
                            .iter()
                            .rposition(|piece| matches!(piece, Piece::Fill { points, .. } if inside(points, point)));
                        let Piece::Fill { color: ground, .. } = &pieces[under.unwrap()] else { panic!() };
                        let (one, two) = (luminance(color), luminance(ground));
                        let contrast = (one.max(two) + 0.05) / (one.min(two) + 0.05);
                        if contrast < 4.5 {
                            wrong.push(format!("{name} {width}: `{text}` {color} on {ground} has {contrast:.2}"));
                        }
                        let area = [left + 0.5, top + 1.5, right - 0.5, bottom - 1.5];
                        let line = pieces[under.unwrap()..]
                            .iter()
                            .any(|piece| matches!(piece, Piece::Line { points } if crosses(points, area)));
                        if line {
                            wrong.push(format!("{name} {width}: a line runs through `{text}` at {left:.0},{top:.0}"));
                        }
                    }
                }
            }
        }
    }
    wrong.dedup();
    assert!(wrong.is_empty(), "{} places:\n{}", wrong.len(), wrong[..wrong.len().min(40)].join("\n"));
}

#[test]
fn marks_have_distinct_keys_and_places_and_lie_inside() {
    each_layout(|place, drawing| {
        let (mut keys, mut places) = (BTreeSet::new(), BTreeSet::new());
        for mark in &drawing.marks {
            assert!(keys.insert(mark.key.clone()), "{place}: two marks {}", mark.key);
            assert!(places.insert((mark.row, mark.col)), "{place}: two marks at {},{}: {}", mark.row, mark.col, mark.key);
            assert!(mark.width > 0.0 && mark.height > 0.0 && mark.x >= -0.5 && mark.y >= 0.0, "{place}: {mark:?}");
            let (right, bottom) = (mark.x + mark.width, mark.y + mark.height);
            assert!(right <= f64::from(drawing.width) + 8.0 && bottom <= f64::from(drawing.height), "{place}: {mark:?}");
            assert!(!mark.label.is_empty() && !mark.details.is_empty(), "{place}: {mark:?}");
        }
        let order: Vec<_> = drawing.marks.iter().map(|mark| (mark.row, mark.col)).collect();
        assert!(order.is_sorted(), "{place}: marks are row by row");
        for row in &drawing.table.rows {
            assert!(row.cells.len() < drawing.table.head.len(), "{place}: {}", row.head);
        }
    });
}

#[test]
fn every_word_is_in_the_catalogue_and_nothing_is_styled_or_scripted() {
    let topics = [
        "chart.",
        "cohort.",
        "growth.",
        "measure.",
        "segment.",
        "cell.",
        "criterion.",
        "granularity.",
        "metric.",
        "step.",
        "verdict.",
        "weekday.",
    ];
    each_layout(|place, drawing| {
        let texts = pieces(&drawing.svg)
            .into_iter()
            .filter_map(|piece| if let Piece::Text { text, .. } = piece { Some(text) } else { None });
        let details =
            drawing.marks.iter().flat_map(|mark| &mark.details).flat_map(|line| [line.name.clone(), line.value.clone()]);
        let cells = drawing.table.rows.iter().flat_map(|row| &row.cells).map(|cell| cell.text.clone());
        let named = [drawing.title.clone(), drawing.description.clone()];
        for text in texts.chain(details).chain(cells).chain(named).chain(drawing.table.head.clone()) {
            assert!(!topics.iter().any(|topic| text.starts_with(topic)) && !text.contains(['{', '}']), "{place}: `{text}`");
        }
        for forbidden in [" style=", "<script", "<style", "<img", " onerror=\"", "href", "url("] {
            assert!(!drawing.svg.contains(forbidden), "{place}: {forbidden}");
        }
        assert!(drawing.svg.contains(&format!("<title>{}</title>", drawing.title)), "{place}");
    });
}

#[test]
fn labels_of_the_data_are_escaped() {
    let drawing = draw(&Figure::CohortHeatmap(odd_cohorts()), &options(960, Lang::En, Theme::light())).unwrap();
    assert!(drawing.svg.contains("&lt;img onerror=alert(1)&gt;&amp;&quot;&apos;"));
    let family = "\"><script>alert(1)</script>";
    let theme = Theme { font_family: family.into(), ..Theme::light() };
    let drawing = draw(&Figure::CohortHeatmap(months()), &options(960, Lang::En, theme)).unwrap();
    assert!(!drawing.svg.contains("<script>"));
}

fn find<'a>(drawing: &'a Drawing, key: &str) -> &'a Mark {
    drawing.marks.iter().find(|mark| mark.key == key).unwrap_or_else(|| panic!("no mark {key}"))
}

fn line<'a>(drawing: &'a Drawing, key: &str, name: &str) -> &'a str {
    &find(drawing, key).details.iter().find(|line| line.name == name).unwrap_or_else(|| panic!("no line {name} at {key}")).value
}

#[test]
fn a_heatmap_says_what_each_cell_rests_on() {
    let table = months();
    let cell = &table.rows[4].cells[1];
    let (zh, en) = (options(960, Lang::Zh, Theme::light()), options(960, Lang::En, Theme::light()));
    let figure = Figure::CohortHeatmap(table.clone());
    let drawing = draw(&figure, &en).unwrap();
    assert_eq!(find(&drawing, "cohort:2024-05/1").label, "2024-05, month 1");
    assert_eq!(
        line(&drawing, "cohort:2024-05/1", "Retention rate (in the period)"),
        format!("{:.1}%", cell.value.unwrap() * 100.0)
    );
    assert_eq!(
        line(&drawing, "cohort:2024-05/1", "Present / members").replace(',', ""),
        format!("{} / {}", cell.count.unwrap(), cell.den)
    );
    assert_eq!(line(&drawing, "cohort:2024-05/1", "Completeness"), "complete");
    assert_eq!(line(&drawing, "cohort:2025-05/1", "Completeness"), "18 of 30 days");
    assert_eq!(line(&draw(&figure, &zh).unwrap(), "cohort:2025-05/1", "完整性"), "已观察 18/30 天");
    assert_eq!(drawing.table.rows.len(), 2 + 18);
    assert_eq!(drawing.table.rows[2 + 4].cells[2].value, cell.value);
    assert_eq!(drawing.table.rows[0].cells[2].value, table.means.pooled[1]);
    let numbers = table.rows.iter().map(|row| row.cells.len() + 1).sum::<usize>();
    let means = table.means.pooled.iter().chain(&table.means.simple).flatten().count();
    assert_eq!(drawing.marks.len(), numbers + means);
}

#[test]
fn hidden_cells_stay_hidden_and_unfinished_ones_are_hatched() {
    let drawing = draw(&Figure::CohortHeatmap(odd_cohorts()), &options(960, Lang::En, Theme::light())).unwrap();
    assert_eq!(find(&drawing, "cohort:2024-03/1").details.len(), 1);
    assert_eq!(line(&drawing, "cohort:2024-03/1", "Retention rate (in the period or later)"), "hidden");
    assert!(drawing.marks.iter().all(|mark| mark.key != "cohort:2024-02/1"), "a cohort of nobody shows nothing");
    let complete = {
        let mut table = months();
        table.rows.iter_mut().flat_map(|row| &mut row.cells).for_each(|cell| cell.state = CellState::Complete);
        draw(&Figure::CohortHeatmap(table), &options(960, Lang::En, Theme::light())).unwrap()
    };
    let partial = draw(&Figure::CohortHeatmap(months()), &options(960, Lang::En, Theme::light())).unwrap();
    let lines = |drawing: &Drawing| drawing.svg.matches("<polyline").count();
    assert!(lines(&partial) > lines(&complete) + 18);
}

#[test]
fn colour_runs_from_nothing_to_the_95th_percentile_of_the_whole_table() {
    let mut table = cohorts(CohortConfig::default(), 8, 37);
    table.rows[0].cells[1].value = Some(0.99);
    let drawing = draw(&Figure::CohortHeatmap(table), &options(960, Lang::En, Theme::light())).unwrap();
    let ground = |key: &str| {
        let mark = find(&drawing, key);
        let point = (mark.x + 2.0, mark.y + 2.0);
        let mut fills = pieces(&drawing.svg).into_iter().filter_map(|piece| match piece {
            Piece::Fill { points, color } if inside(&points, point) => Some(color.to_lowercase()),
            _ => None,
        });
        fills.next_back().unwrap()
    };
    assert_eq!(ground("cohort:2024-01/1"), Theme::light().scale_high, "an outlier does not stretch the scale");
    assert_eq!(ground("cohort:2024-01/0"), Theme::light().neutral);
    assert_ne!(ground("cohort:2024-02/1"), ground("cohort:2024-02/5"));
}

#[test]
fn retention_curves_are_those_asked_for() {
    let months = Figure::RetentionCurves(months());
    let slices = Figure::RetentionCurves(sliced(&["App", "门店"]));
    let drawn = |figure: &Figure, curves: Option<&[&str]>| {
        let curves = curves.map(|labels| labels.iter().map(|label| (*label).to_owned()).collect());
        draw(figure, &DrawOptions { curves, ..options(960, Lang::En, Theme::light()) }).unwrap()
    };
    let labels = |drawing: &Drawing| {
        let of = |key: &str| key.split_once('/').map(|(curve, _)| curve.to_owned());
        drawing.marks.iter().filter_map(|mark| of(&mark.key)).collect::<BTreeSet<_>>()
    };
    let set = |labels: &[&str]| labels.iter().map(|label| (*label).to_owned()).collect::<BTreeSet<_>>();
    let two = drawn(&months, Some(&["2024-03", "2024-09", "1999-01"]));
    assert_eq!(labels(&two), set(&["mean:pooled", "cohort:2024-03", "cohort:2024-09"]));
    let series = Theme::light().series;
    let colors = |drawing: &Drawing| drawing.svg.to_lowercase();
    assert!(colors(&two).contains(&series[0]) && colors(&two).contains(&series[3]), "a few have colours of their own");
    assert!(!colors(&drawn(&months, None)).contains(&series[3]));
    assert_eq!(labels(&drawn(&months, Some(&[]))), set(&["mean:pooled"]));
    assert_eq!(labels(&drawn(&slices, Some(&["App", ""]))), set(&["mean:pooled", "slice:App", "slice:"]));
    assert!(labels(&drawn(&months, None)).len() > 3);
    assert_eq!(two.table, drawn(&months, None).table, "the table has everything");
}

#[test]
fn the_rfm_grid_shows_the_number_asked_for() {
    let table = rfm(RfmPreset::Grid);
    let figure = Figure::RfmGrid(table.clone());
    let shown = |grid_value: GridValue| {
        let drawing = draw(&figure, &DrawOptions { grid_value, ..options(960, Lang::En, Theme::light()) }).unwrap();
        pieces(&drawing.svg)
            .into_iter()
            .filter_map(|piece| if let Piece::Text { text, .. } = piece { Some(text) } else { None })
            .collect::<Vec<_>>()
    };
    let share = format!("{:.1}%", table.cells[0].share * 100.0);
    assert!(shown(GridValue::Share).contains(&share) && !shown(GridValue::Net).contains(&share));
    assert!(shown(GridValue::Net).iter().any(|text| text.starts_with('¥')));
    let drawing = draw(&figure, &options(960, Lang::En, Theme::light())).unwrap();
    assert_eq!(line(&drawing, "rfm:5/5", "Segment"), "Champions");
    assert_eq!(drawing.marks.iter().filter(|mark| mark.key.starts_with("rfm:")).count(), 25);
    assert_eq!(drawing.marks.iter().filter(|mark| mark.key.starts_with("segment:")).count(), 12);
    let rules = draw(&Figure::RfmGrid(rfm(RfmPreset::Rules11)), &options(960, Lang::En, Theme::light())).unwrap();
    assert!(find(&rules, "rfm:5/5").details.iter().all(|line| line.name != "Segment"));
    assert_eq!(rules.table.rows.len(), 25 + 13);
}

#[test]
fn growth_bars_stand_on_each_other_and_losses_hang_below() {
    let drawing = draw(&Figure::GrowthBars(growth(Granularity::Month, 18)), &options(960, Lang::En, Theme::light())).unwrap();
    let [retained, resurrected, new, churned] =
        ["retained", "resurrected", "new", "churned"].map(|id| find(&drawing, &format!("growth:2024-06/{id}")));
    for (above, below) in [(new, resurrected), (resurrected, retained), (retained, churned)] {
        assert!((above.y + above.height - below.y).abs() < 0.05, "{above:?} on {below:?}");
    }
    assert!(drawing.marks.iter().all(|mark| mark.key != "growth:2024-01/quick_ratio"), "no churn, no ratio");
    assert_eq!(line(&drawing, "growth:2025-06/new", "Completeness"), "not ended, churn provisional");
    assert!(line(&drawing, "growth:2024-01/new", "Note").contains("first period"));
    assert_eq!(drawing.table.rows.len(), 18);
}

#[test]
fn growth_keeps_every_period_in_the_table_where_the_drawing_has_no_room() {
    let drawing = draw(&Figure::GrowthBars(growth(Granularity::Day, 336)), &options(360, Lang::En, Theme::light())).unwrap();
    assert_eq!(drawing.table.rows.len(), 336);
    assert_eq!(drawing.table.rows[0].cells[0].key, None);
    let keys: BTreeSet<_> = drawing.marks.iter().map(|mark| mark.key.clone()).collect();
    let linked = drawing.table.rows.iter().flat_map(|row| &row.cells).filter_map(|cell| cell.key.clone());
    assert!(linked.into_iter().all(|key| keys.contains(&key)));
}

#[test]
fn a_step_without_data_names_the_table_to_export_and_shows_no_zero() {
    let drawing = draw(&Figure::FlywheelRing(flywheel(false)), &options(960, Lang::En, Theme::light())).unwrap();
    assert_eq!(line(&drawing, "step:pool", "Status"), "export members");
    assert_eq!(line(&drawing, "step:loop", "Status"), "export orders.inviter_id");
    assert!(drawing.description.contains("members, touches, orders.inviter_id"));
    let texts: Vec<_> = pieces(&drawing.svg)
        .into_iter()
        .filter_map(|piece| if let Piece::Text { text, .. } = piece { Some(text) } else { None })
        .collect();
    assert!(texts.iter().all(|text| text != "0" && text != "0.0%" && text != "0.00"));
    let whole = draw(&Figure::FlywheelRing(flywheel(true)), &options(960, Lang::En, Theme::light())).unwrap();
    assert_eq!(line(&whole, "step:repeat", "Status"), "stand-in");
    assert!(whole.description.contains("0.20"));
}

#[test]
fn slices_are_drawn_from_the_largest_on_and_all_are_in_the_table() {
    let labels: Vec<String> = (1..=8).map(|store| format!("S{store}")).collect();
    let table = sliced(&labels.iter().map(String::as_str).collect::<Vec<_>>());
    let drawing = draw(&Figure::RetentionCurves(table), &options(960, Lang::En, Theme::light())).unwrap();
    let drawn: BTreeSet<_> = drawing.marks.iter().filter_map(|mark| mark.key.split('/').next()).collect();
    assert_eq!(drawn, ["mean:pooled", "slice:S1", "slice:S2", "slice:S3", "slice:S4", "slice:S5"].into());
    let heads: Vec<_> = drawing.table.rows.iter().map(|row| row.head.as_str()).collect();
    assert_eq!(heads, ["Pooled mean", "S1", "S2", "S3", "S4", "S5", "S6", "S7", "S8", "not named"]);
    assert!(drawing.description.contains("best at month 1: S1") && drawing.description.contains("lowest: not named"));
}

#[test]
fn an_interval_wider_than_the_axis_leaves_the_drawing_as_it_is_without() {
    let drawn = |interval: Option<Interval>| {
        let mut table = months();
        table.means.pooled_interval.iter_mut().for_each(|known| *known = interval);
        draw(&Figure::RetentionCurves(table), &options(960, Lang::En, Theme::light())).unwrap()
    };
    let without = drawn(None);
    assert_eq!(drawn(Some(Interval { low: 0.0, high: 0.9 })).svg, without.svg);
    let narrow = drawn(Some(Interval { low: 0.1, high: 0.2 }));
    assert!(
        narrow.svg.contains("95% interval")
            && narrow.svg.matches("<polygon").count() == 1 + without.svg.matches("<polygon").count()
    );
}

#[test]
fn a_plot_per_slice_on_common_axes_holds_the_same_points_as_the_curves() {
    let labels: Vec<String> = (1..=14).map(|store| format!("S{store}")).collect();
    let table = sliced(&labels.iter().map(String::as_str).collect::<Vec<_>>());
    let drawn = |figure| draw(&figure, &options(960, Lang::En, Theme::light())).unwrap();
    let (plots, curves) = (drawn(Figure::CohortMultiples(table.clone())), drawn(Figure::RetentionCurves(table)));
    assert_eq!(plots.table, curves.table);
    let of = |drawing: &Drawing, row: u32| drawing.marks.iter().filter(|mark| mark.row == row).cloned().collect::<Vec<_>>();
    let slices: Vec<_> = (0..12).map(|row| of(&plots, row)[0].key.clone()).collect();
    assert_eq!((slices[0].as_str(), slices[11].as_str()), ("slice:S1/1", "slice:S12/1"), "the largest first");
    assert!(of(&plots, 12).is_empty() && plots.svg.contains("The 12 largest slices are drawn"));
    let said = |marks: Vec<Mark>| marks.into_iter().map(|mark| (mark.key, mark.label, mark.details)).collect::<Vec<_>>();
    assert_eq!(said(of(&plots, 0)), said(of(&curves, 1)), "row 0 of the curves is the mean");
    // Common axes: the same column as far from the left of its plot, a higher value higher up.
    let at = |row: u32, column: usize| of(&plots, row)[column].clone();
    let step = |row| at(row, 3).x - at(row, 0).x;
    assert!((step(0) - step(1)).abs() < 0.02 && at(0, 0).y < at(1, 0).y && at(1, 0).y < at(2, 0).y);
    // Without slices there is one thing to show.
    assert_eq!(drawn(Figure::CohortMultiples(months())), drawn(Figure::RetentionCurves(months())));
}

#[test]
fn a_drawing_is_the_same_every_time() {
    for (_, figure) in all_figures() {
        assert_eq!(draw(&figure, &DrawOptions::default()).unwrap(), draw(&figure, &DrawOptions::default()).unwrap());
    }
}

#[test]
fn what_cannot_be_drawn_is_refused() {
    let heatmap = Figure::CohortHeatmap(months());
    let error = draw(&heatmap, &options(100, Lang::En, Theme::light())).unwrap_err();
    assert_eq!(error.to_string(), "expected a width of 280 to 4000, found `100`");
    let mut table = months();
    table.definition.parameters = Parameters::Growth(GrowthConfig::default());
    assert!(draw(&Figure::CohortHeatmap(table), &DrawOptions::default()).is_err());
}
