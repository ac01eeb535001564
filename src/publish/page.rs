//! The parts of a printed page: headings, wrapped text and tables in aligned columns.

/// Longest line of a printed page, in characters.
pub(super) const WIDTH: usize = 110;

/// Which side of its column a cell keeps to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Align {
    Left,
    Right,
}

/// Rows in aligned columns, two spaces apart, every line indented; a column that is empty in every row disappears. Where
/// the lines would be too long, the widest column keeps to what is left and its cells go on below themselves.
pub(super) fn table(indent: usize, columns: &[(&str, Align)], rows: &[Vec<String>]) -> String {
    let head: Vec<String> = columns.iter().map(|(title, _)| (*title).to_owned()).collect();
    let titled = columns.iter().any(|(title, _)| !title.is_empty());
    let mut widths = widths(columns, rows);
    let used = widths.iter().filter(|width| **width > 0).count();
    let total = indent + widths.iter().sum::<usize>() + 2 * used.saturating_sub(1);
    if let Some(widest) = widths.iter_mut().max().filter(|_| total > WIDTH) {
        *widest = widest.saturating_sub(total - WIDTH).max(NARROWEST);
    }
    let mut out = String::new();
    for row in titled.then_some(&head).into_iter().chain(rows) {
        let cells: Vec<Vec<String>> = widths
            .iter()
            .enumerate()
            .map(|(at, width)| match width {
                0 => vec![String::new()],
                width => pieces(row.get(at).map_or("", String::as_str), *width),
            })
            .collect();
        let height = cells.iter().map(Vec::len).max().unwrap_or(0);
        for line in 0..height {
            out.push_str(&table_line(indent, columns, &widths, &cells, line));
        }
    }
    out
}

/// The least that a column is narrowed to.
const NARROWEST: usize = 12;

/// The width of each column; 0 for one that is empty in every row.
fn widths(columns: &[(&str, Align)], rows: &[Vec<String>]) -> Vec<usize> {
    let length = |row: &Vec<String>, at: usize| row.get(at).map_or(0, |text| text.chars().count());
    let widest = |at: usize| rows.iter().map(|row| length(row, at)).max().unwrap_or(0);
    let titled = |(at, (title, _)): (usize, &(&str, Align))| match widest(at) {
        0 => 0,
        width => width.max(title.chars().count()),
    };
    columns.iter().enumerate().map(titled).collect()
}

fn table_line(
    indent: usize,
    columns: &[(&str, Align)],
    widths: &[usize],
    cells: &[Vec<String>],
    line: usize,
) -> String {
    let mut out = " ".repeat(indent);
    for (at, (_, align)) in columns.iter().enumerate().filter(|(at, _)| widths[*at] > 0) {
        let text = cells[at].get(line).map_or("", String::as_str);
        let width = widths[at];
        match align {
            Align::Left => out.push_str(&format!("{text:<width$}  ")),
            Align::Right => out.push_str(&format!("{text:>width$}  ")),
        }
    }
    format!("{}\n", out.trim_end())
}

/// A text in pieces of at most `width` characters, broken at spaces; a longer word stays whole. At least one piece.
fn pieces(text: &str, width: usize) -> Vec<String> {
    if text.chars().count() <= width {
        return vec![text.to_owned()];
    }
    let mut pieces = vec![String::new()];
    for word in text.split(' ') {
        let last = pieces.len() - 1;
        let length = pieces[last].chars().count();
        if length > 0 && length + 1 + word.chars().count() > width {
            pieces.push(word.to_owned());
        } else {
            if length > 0 {
                pieces[last].push(' ');
            }
            pieces[last].push_str(word);
        }
    }
    pieces
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

/// The title of a page with a line under it.
pub(super) fn page_title(title: &str) -> String {
    format!("{title}\n{}\n", "=".repeat(title.chars().count()))
}
