//! Results of migration and concentration made by hand for the charts, and what the charts say of them.

use feilun::charts::{DrawOptions, Drawing, Figure, GridValue, draw};
use feilun::result::*;
use feilun::text::term;

use crate::figures::{GRID_ORDER, definition};

/// Customers of most segments stay or fall by one or two, some rise; nobody was in `prospects` and nobody new lapses at once.
pub(crate) fn migration() -> RfmMigration {
    let ids = GRID_ORDER.iter().chain(&["prospects", "lapsed_out", "not_yet"]);
    let states = ids.map(|id| (*id, term(&format!("segment.{id}")))).collect::<Vec<_>>();
    let n = |source: usize, target: usize| match (source, target) {
        (12, 0..10) => 40 + 13 * target as u32,
        (10, _) | (_, 10 | 12) | (12, _) => 0,
        _ if source == target => 1_900 - 90 * source as u32,
        _ if target > source => 700 / (target - source).pow(2) as u32,
        _ => 90 / (source - target).pow(2) as u32,
    };
    of_streams(states, n)
}

fn of_streams(names: Vec<(&str, Localized)>, n: impl Fn(usize, usize) -> u32) -> RfmMigration {
    let places = 0..names.len();
    let customers: Vec<Vec<u32>> =
        places.clone().map(|source| places.clone().map(|target| n(source, target)).collect()).collect();
    let flow_minor: Vec<Vec<i64>> = customers.iter().map(|row| row.iter().map(|&n| i64::from(n) * 4_200).collect()).collect();
    let state = |(place, (id, name)): (usize, (&str, Localized))| {
        let (n_before, n_after) = (customers[place].iter().sum::<u32>(), customers.iter().map(|row| row[place]).sum::<u32>());
        let [net_before_minor, net_after_minor] = [n_before, n_after].map(|n| i64::from(n) * 4_200);
        let net_flow = i64::from(n_after) - i64::from(n_before);
        MigrationState { id: id.to_owned(), name, n_before, n_after, net_flow, net_before_minor, net_after_minor }
    };
    let states: Vec<_> = names.into_iter().enumerate().map(state).collect();
    let share = |row: &Vec<u32>| {
        let all: u32 = row.iter().sum();
        row.iter().map(|&n| (all > 0).then(|| f64::from(n) / f64::from(all))).collect()
    };
    RfmMigration {
        definition: definition(Parameters::RfmMigration(RfmMigrationConfig::default()), "2025-06-19"),
        from: "2025-03-21".into(),
        to: "2025-06-19".into(),
        n_customers: states.iter().map(|state| state.n_before).sum(),
        net_minor: states.iter().map(|state| state.net_before_minor).sum(),
        row_share: customers.iter().map(share).collect(),
        states,
        customers,
        flow_minor,
        links: Vec::new(),
    }
}

/// Thousands of entities of whom the best have by far the most, told in `points` points; none when there is no net.
pub(crate) fn concentration(points: u32) -> ConcentrationTable {
    let at = |point: u32| {
        let share = f64::from(point) / f64::from(points);
        let net_minor = 1_234_567 * i64::from(point).pow(3);
        let net_share = f64::from(point).powi(3) / f64::from(points).powi(3);
        LorenzPoint { n_entities: point * 40, net_minor, share, net_share }
    };
    let lorenz: Vec<_> = if points == 0 { Vec::new() } else { (0..=points).map(at).collect() };
    let total = lorenz.last().map_or(0, |point| point.net_minor);
    let top = |percent: u32| {
        let net_share = (points > 0).then(|| 1.0 - (1.0 - f64::from(percent) / 100.0).powi(3));
        let net_minor = net_share.map_or(0, |share| (share * total as f64) as i64);
        TopShare { percent, n_entities: points * 40 * percent / 100, net_minor, net_share }
    };
    ConcentrationTable {
        definition: definition(Parameters::Concentration(ConcentrationConfig::default()), "2025-06-19"),
        n_entities: points * 40,
        net_minor: total,
        positive_net_minor: total,
        n_without_net: points,
        left_out_net_minor: 0,
        gini: (points > 0).then_some(0.5),
        lorenz,
        top: [1, 10, 20].map(top).into(),
    }
}

/// Awkward shapes: more segments than letters, nobody, one entity, no net.
pub(crate) fn odd_figures() -> Vec<(&'static str, Figure)> {
    let many = vec![("own", Localized::new("自定义的分层", "A segment of one's own")); 40];
    let none = of_streams(vec![("new", term("segment.new"))], |_, _| 0);
    vec![
        (
            "migration of many",
            Figure::MigrationMatrix(distinct(of_streams(many.clone(), |source, target| (source + target) as u32 * 3_000))),
        ),
        (
            "streams of many",
            Figure::MigrationStreams(distinct(of_streams(many, |source, target| (source + target) as u32 * 3_000))),
        ),
        ("streams of nobody", Figure::MigrationStreams(none.clone())),
        ("migration of nobody", Figure::MigrationMatrix(none)),
        ("curve of one", Figure::LorenzCurve(concentration(1))),
        ("curve of nothing", Figure::LorenzCurve(concentration(0))),
    ]
}

fn distinct(mut table: RfmMigration) -> RfmMigration {
    for (place, state) in table.states.iter_mut().enumerate() {
        state.id += &place.to_string();
    }
    table
}

fn drawn(figure: Figure, grid_value: GridValue) -> Drawing {
    draw(&figure, &DrawOptions { lang: Lang::En, grid_value, ..DrawOptions::default() }).unwrap()
}

#[test]
fn a_matrix_shows_streams_that_somebody_took_and_their_sums() {
    let table = migration();
    let drawing = drawn(Figure::MigrationMatrix(table.clone()), GridValue::Customers);
    let somebody: usize = table.customers.iter().flatten().filter(|&&n| n > 0).count();
    assert_eq!(drawing.marks.len(), somebody);
    let mark = drawing.marks.iter().find(|mark| mark.key == "flow:champions/loyal").unwrap();
    assert_eq!(mark.label, "Champions → Loyal");
    let lines: Vec<_> = mark.details.iter().map(|line| (line.name.as_str(), line.value.as_str())).collect();
    let share = format!("{:.1}%", 100.0 * 700.0 / f64::from(table.states[0].n_before));
    assert_eq!(lines, [("Customers", "700"), ("Share of the row", share.as_str()), ("Net between the days", "¥29,400.00")]);
    assert!(drawing.svg.contains(">\n700\n<") && drawing.description.contains("stayed where they were; the largest stream is"));
    let net = drawn(Figure::MigrationMatrix(table.clone()), GridValue::Net);
    assert!(net.svg.contains(">\n¥29.4K\n<"), "the value asked for");
    let (last, head) = (drawing.table.rows.last().unwrap(), drawing.table.head.len());
    assert_eq!((drawing.table.rows.len(), last.cells.len() + 1), (table.states.len() + 1, head));
    assert_eq!(last.cells.last().unwrap().value, Some(f64::from(table.n_customers)));
    let sum = |row: usize| drawing.table.rows[row].cells.iter().rev().skip(1).filter_map(|cell| cell.value).sum::<f64>();
    assert_eq!(Some(sum(0)), drawing.table.rows[0].cells.last().unwrap().value);
}

#[test]
fn a_curve_tells_the_tops_and_every_point() {
    let table = concentration(200);
    let drawing = drawn(Figure::LorenzCurve(table.clone()), GridValue::Customers);
    assert_eq!((drawing.marks.len(), drawing.table.rows.len()), (201, 3 + 201));
    let expected = "8,000 customers, Gini coefficient 0.50. The top 1% (80) make 3.0% of the net. The top 10% (800) make 27.1% of the net. \
                    The top 20% (1,600) make 48.8% of the net.";
    assert_eq!(drawing.description, expected);
    let nothing = drawn(Figure::LorenzCurve(concentration(0)), GridValue::Customers);
    assert_eq!((nothing.marks.len(), nothing.description.as_str()), (0, "Nothing to draw."));
    let other = Parameters::Growth(GrowthConfig::default());
    let wrong = ConcentrationTable { definition: definition(other, "2025-06-19"), ..table };
    assert!(draw(&Figure::LorenzCurve(wrong), &DrawOptions::default()).is_err());
}
