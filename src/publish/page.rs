//! The parts of a printed page: headings, wrapped text and tables in aligned columns.

/// Longest line of a printed page, in characters.
pub(super) const WIDTH: usize = 110;

/// Which side of its column a cell keeps to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Align {
    Left,
    Right,
}

/// Rows in aligned columns, two spaces apart, every line indented; a column that is empty in every row disappears.
pub(super) fn table(indent: usize, columns: &[(&str, Align)], rows: &[Vec<String>]) -> String {
    let cell = |row: &'_ Vec<String>, at: usize| row.get(at).map_or(0, |text| text.chars().count());
    let widths: Vec<usize> = (0..columns.len())
        .map(|at| match rows.iter().map(|row| cell(row, at)).max().unwrap_or(0) {
            0 => 0,
            widest => widest.max(columns[at].0.chars().count()),
        })
        .collect();
    let head: Vec<String> = columns.iter().map(|(title, _)| (*title).to_owned()).collect();
    let titled = columns.iter().any(|(title, _)| !title.is_empty());
    let mut out = String::new();
    for row in titled.then_some(&head).into_iter().chain(rows) {
        let mut line = " ".repeat(indent);
        for (at, (_, align)) in columns.iter().enumerate().filter(|(at, _)| widths[*at] > 0) {
            let text = row.get(at).map_or("", String::as_str);
            let width = widths[at];
            match align {
                Align::Left => line.push_str(&format!("{text:<width$}  ")),
                Align::Right => line.push_str(&format!("{text:>width$}  ")),
            }
        }
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}

/// Text broken at spaces into lines of at most [`WIDTH`] characters; the first begins with `first`, the others with as
/// many spaces. A word longer than the line stays whole.
pub(super) fn wrap(first: &str, text: &str) -> String {
    let indent = first.chars().count();
    let mut out = String::new();
    let mut line = first.to_owned();
    let mut used = indent;
    for word in text.split_whitespace() {
        let length = word.chars().count();
        if used > indent && used + 1 + length > WIDTH {
            out.push_str(line.trim_end());
            out.push('\n');
            line = " ".repeat(indent);
            used = indent;
        }
        if used > indent {
            line.push(' ');
            used += 1;
        }
        line.push_str(word);
        used += length;
    }
    out.push_str(line.trim_end());
    out.push('\n');
    out
}

/// A heading with a line under it, and an empty line before.
pub(super) fn heading(title: &str) -> String {
    format!("\n{title}\n{}\n", "-".repeat(title.chars().count()))
}
