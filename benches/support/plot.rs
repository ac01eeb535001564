//! Gaps over time as a picture: both axes logarithmic, one line a week, told apart by their dashes and their names.

use std::fmt::Write;

const WIDTH: f64 = 970.0;
const HEIGHT: f64 = 520.0;
const LEFT: f64 = 70.0;
const RIGHT: f64 = 260.0;
const TOP: f64 = 30.0;
const BOTTOM: f64 = 60.0;
/// Seconds and per cent at the ends of the axes.
const SECONDS: (f64, f64) = (1.0, 600.0);
const GAPS: (f64, f64) = (0.1, 200.0);
const COLOURS: [&str; 6] = ["#1b5e9c", "#a33b00", "#2e6b34", "#7a2a7a", "#5b4a00", "#333333"];
const DASHES: [&str; 6] = ["none", "8 4", "2 3", "12 4 2 4", "5 5", "1 5"];

/// What is drawn of one week: its name, and the gap in per cent from each moment on.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    pub(crate) name: String,
    pub(crate) points: Vec<(f64, f64)>,
}

fn share(x: f64, (from, until): (f64, f64)) -> f64 {
    ((x.clamp(from, until) / from).ln() / (until / from).ln()).clamp(0.0, 1.0)
}

fn x(seconds: f64) -> f64 {
    LEFT + share(seconds, SECONDS) * (WIDTH - LEFT - RIGHT)
}

fn y(gap: f64) -> f64 {
    HEIGHT - BOTTOM - share(gap, GAPS) * (HEIGHT - TOP - BOTTOM)
}

/// The picture, as SVG.
pub(crate) fn plot(lines: &[Line]) -> String {
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" font-family=\"sans-serif\" font-size=\"13\" role=\"img\">\n\
         <title>Gap between plan and proven bound over time</title>\n<rect width=\"{WIDTH}\" height=\"{HEIGHT}\" fill=\"#fff\"/>\n"
    );
    let (bottom, right) = (HEIGHT - BOTTOM, WIDTH - RIGHT);
    for seconds in [1.0, 3.0, 10.0, 30.0, 60.0, 100.0, 300.0, 600.0] {
        let at = x(seconds);
        let _ = writeln!(
            svg,
            "<path d=\"M{at:.1} {TOP}V{bottom}\" stroke=\"#ddd\"/><text x=\"{at:.1}\" y=\"{:.0}\" text-anchor=\"middle\">{seconds}</text>",
            bottom + 18.0
        );
    }
    for gap in [0.1, 0.3, 1.0, 2.0, 3.0, 5.0, 10.0, 30.0, 100.0] {
        let at = y(gap);
        let _ = writeln!(
            svg,
            "<path d=\"M{LEFT} {at:.1}H{right}\" stroke=\"#ddd\"/><text x=\"{:.0}\" y=\"{:.1}\" text-anchor=\"end\">{gap}%</text>",
            LEFT - 8.0,
            at + 4.0
        );
    }
    let _ = writeln!(
        svg,
        "<text x=\"{:.0}\" y=\"{:.0}\" text-anchor=\"middle\">seconds</text>",
        (LEFT + right) / 2.0,
        HEIGHT - 16.0
    );
    let mut names: Vec<(f64, usize)> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let mut path = String::new();
        let mut last = None;
        for &(seconds, gap) in &line.points {
            match last {
                None => {
                    let _ = write!(path, "M{:.1} {:.1}", x(seconds), y(gap));
                }
                Some(_) => {
                    let _ = write!(path, "H{:.1}V{:.1}", x(seconds), y(gap));
                }
            }
            last = Some(gap);
        }
        let Some(gap) = last else { continue };
        let (colour, dash) = (COLOURS[at % COLOURS.len()], DASHES[at % DASHES.len()]);
        let _ = writeln!(
            svg,
            "<path d=\"{path}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\" stroke-dasharray=\"{dash}\"/>"
        );
        names.push((y(gap), at));
    }
    // Names beside the ends of their lines, none over another.
    names.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut free = 0.0_f64;
    for (height, at) in names {
        let height = height.max(free);
        free = height + 17.0;
        let (line, colour, dash) = (&lines[at], COLOURS[at % COLOURS.len()], DASHES[at % DASHES.len()]);
        let gap = line.points.last().map_or(0.0, |point| point.1);
        let _ = writeln!(
            svg,
            "<path d=\"M{:.0} {height:.1}h24\" stroke=\"{colour}\" stroke-width=\"2\" stroke-dasharray=\"{dash}\"/>\
             <text x=\"{:.0}\" y=\"{:.1}\" fill=\"{colour}\">{}, {gap:.2}%</text>",
            right + 8.0,
            right + 36.0,
            height + 4.0,
            line.name
        );
    }
    svg.push_str("</svg>\n");
    svg
}
