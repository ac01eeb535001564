//! Small plots as SVG text: axes, lines, bands and points, with a title and a description for who cannot see them.

/// Width and height of one drawing.
const WIDTH: f64 = 480.0;
const HEIGHT: f64 = 340.0;
const LEFT: f64 = 64.0;
const RIGHT: f64 = 16.0;
const TOP: f64 = 36.0;
const BOTTOM: f64 = 52.0;

/// One axis.
#[derive(Clone, Debug)]
pub(super) struct Axis {
    pub(super) title: String,
    pub(super) from: f64,
    pub(super) until: f64,
    /// Parts between its marks.
    pub(super) steps: u32,
}

/// A drawing under way.
#[derive(Clone, Debug)]
pub(super) struct Drawing {
    x: Axis,
    y: Axis,
    body: String,
}

/// Text of an element or attribute.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

impl Drawing {
    pub(super) fn new(title: &str, about: &str, x: Axis, y: Axis, mark: &dyn Fn(f64) -> String) -> Self {
        let mut body = format!(
            "<title>{0}</title><desc>{1}</desc><rect width=\"{WIDTH}\" height=\"{HEIGHT}\" fill=\"#ffffff\"/>\
             <text x=\"{LEFT}\" y=\"22\" font-size=\"15\" font-weight=\"bold\">{0}</text>\n",
            escaped(title),
            escaped(about)
        );
        let drawing = Self { x: x.clone(), y: y.clone(), body: String::new() };
        for step in 0..=x.steps {
            let value = x.from + (x.until - x.from) * f64::from(step) / f64::from(x.steps);
            let at = drawing.across(value);
            body += &format!(
                "<line x1=\"{at:.1}\" y1=\"{TOP}\" x2=\"{at:.1}\" y2=\"{0:.1}\" stroke=\"#e0e0e0\"/>\
                 <text x=\"{at:.1}\" y=\"{1:.1}\" font-size=\"11\" text-anchor=\"middle\">{2}</text>\n",
                HEIGHT - BOTTOM,
                HEIGHT - BOTTOM + 16.0,
                escaped(&mark(value))
            );
        }
        for step in 0..=y.steps {
            let value = y.from + (y.until - y.from) * f64::from(step) / f64::from(y.steps);
            let at = drawing.up(value);
            body += &format!(
                "<line x1=\"{LEFT}\" y1=\"{at:.1}\" x2=\"{0:.1}\" y2=\"{at:.1}\" stroke=\"#e0e0e0\"/>\
                 <text x=\"{1:.1}\" y=\"{2:.1}\" font-size=\"11\" text-anchor=\"end\">{3}</text>\n",
                WIDTH - RIGHT,
                LEFT - 6.0,
                at + 4.0,
                escaped(&mark(value))
            );
        }
        body += &format!(
            "<text x=\"{0:.1}\" y=\"{1:.1}\" font-size=\"12\" text-anchor=\"middle\">{2}</text>\
             <text transform=\"translate(14 {3:.1}) rotate(-90)\" font-size=\"12\" text-anchor=\"middle\">{4}</text>\n",
            (LEFT + WIDTH - RIGHT) / 2.0,
            HEIGHT - 12.0,
            escaped(&x.title),
            (TOP + HEIGHT - BOTTOM) / 2.0,
            escaped(&y.title)
        );
        Self { x, y, body }
    }

    fn across(&self, value: f64) -> f64 {
        let share = ((value - self.x.from) / (self.x.until - self.x.from)).clamp(0.0, 1.0);
        LEFT + share * (WIDTH - LEFT - RIGHT)
    }

    fn up(&self, value: f64) -> f64 {
        let share = ((value - self.y.from) / (self.y.until - self.y.from)).clamp(0.0, 1.0);
        HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM)
    }

    fn path(&self, points: &[(f64, f64)]) -> String {
        points.iter().map(|&(x, y)| format!("{:.1},{:.1}", self.across(x), self.up(y))).collect::<Vec<_>>().join(" ")
    }

    /// A line through points.
    pub(super) fn line(&mut self, points: &[(f64, f64)], colour: &str, dashed: bool) {
        let dash = if dashed { " stroke-dasharray=\"5 4\"" } else { "" };
        self.body += &format!(
            "<polyline points=\"{}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\"{dash}/>\n",
            self.path(points)
        );
    }

    /// The stretch between two lines.
    pub(super) fn band(&mut self, low: &[(f64, f64)], high: &[(f64, f64)], colour: &str) {
        let around: Vec<(f64, f64)> = low.iter().copied().chain(high.iter().rev().copied()).collect();
        self.body += &format!("<polygon points=\"{}\" fill=\"{colour}\" fill-opacity=\"0.18\"/>\n", self.path(&around));
    }

    /// An upright bar with ends.
    pub(super) fn bar(&mut self, x: f64, low: f64, high: f64, colour: &str) {
        let (x, low, high) = (self.across(x), self.up(low), self.up(high));
        self.body += &format!(
            "<path d=\"M{x:.1} {low:.1}V{high:.1}M{0:.1} {low:.1}H{1:.1}M{0:.1} {high:.1}H{1:.1}\" stroke=\"{colour}\" fill=\"none\"/>\n",
            x - 4.0,
            x + 4.0
        );
    }

    /// A point, with what it is for who points at it.
    pub(super) fn dot(&mut self, x: f64, y: f64, colour: &str, what: &str) {
        self.body += &format!(
            "<circle cx=\"{:.1}\" cy=\"{:.1}\" r=\"5\" fill=\"{colour}\"><title>{}</title></circle>\n",
            self.across(x),
            self.up(y),
            escaped(what)
        );
    }

    pub(super) fn finish(self) -> String {
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" width=\"{WIDTH}\" height=\"{HEIGHT}\" \
             font-family=\"sans-serif\" fill=\"#1a1a1a\">\n{}</svg>\n",
            self.body
        )
    }
}

/// Drawings side by side.
pub(super) fn grid(drawings: &[String], columns: usize, title: &str) -> String {
    let rows = drawings.len().div_ceil(columns.max(1));
    let (width, height) = (WIDTH * columns as f64, HEIGHT * rows as f64);
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\">\n\
         <title>{}</title>\n",
        escaped(title)
    );
    for (at, drawing) in drawings.iter().enumerate() {
        let (x, y) = (WIDTH * (at % columns) as f64, HEIGHT * (at / columns) as f64);
        out += &drawing.replacen("<svg ", &format!("<svg x=\"{x}\" y=\"{y}\" "), 1);
    }
    out + "</svg>\n"
}
