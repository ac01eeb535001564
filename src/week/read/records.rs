//! CSV records (RFC 4180) with the line each begins on and whether its quotes stand where they may.

use csv::ByteRecord;

/// The quotation marks of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Quotes {
    /// They enclose whole fields, or there are none.
    Sound,
    /// A field that is opened is never closed: the record runs on to the end of the file.
    Open,
    /// One stands inside this field, counted from 0, without enclosing it.
    Stray(usize),
}

/// The records of a file that is held in memory.
pub(super) struct Records<'a> {
    bytes: &'a [u8],
    reader: csv::Reader<&'a [u8]>,
    has_quotes: bool,
    counted: usize,
    /// The line on which the newest record begins, counted from 1. The csv crate counts line feeds up to the end of the
    /// record before, which is a line short where lines end in CR LF or are blank.
    pub(super) line: u64,
    /// The quotation marks of the newest record.
    pub(super) quotes: Quotes,
}

const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

impl<'a> Records<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        let bytes = bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(bytes);
        let reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(bytes);
        let has_quotes = bytes.contains(&b'"');
        Self { bytes, reader, has_quotes, counted: 0, line: 1, quotes: Quotes::Sound }
    }

    /// Reads the next record; false at the end of the file.
    pub(super) fn next(&mut self, record: &mut ByteRecord) -> bool {
        let start = self.offset();
        // Neither error of the csv crate can occur: the bytes are in memory, and `flexible` takes any field count.
        if !self.reader.read_byte_record(record).unwrap_or(false) {
            return false;
        }
        let rest = self.bytes.get(start..).unwrap_or_default();
        let blank = rest.iter().take_while(|b| matches!(b, b'\r' | b'\n')).count();
        self.count_lines(start + blank);
        if self.has_quotes {
            self.quotes = quotes(self.bytes.get(start + blank..self.offset()).unwrap_or_default());
        }
        true
    }

    fn offset(&self) -> usize {
        usize::try_from(self.reader.position().byte()).unwrap_or(usize::MAX)
    }

    fn count_lines(&mut self, until: usize) {
        let passed = self.bytes.get(self.counted..until).unwrap_or_default();
        for (at, &byte) in passed.iter().enumerate() {
            let before_feed = self.bytes.get(self.counted + at + 1) == Some(&b'\n');
            if byte == b'\n' || (byte == b'\r' && !before_feed) {
                self.line += 1;
            }
        }
        self.counted = until.max(self.counted);
    }
}

/// Judges the text of one record. The csv crate is forgiving: it takes `"C"1` for C1 and `C"1` for what it says.
fn quotes(record: &[u8]) -> Quotes {
    enum At {
        Start,
        Plain,
        Quoted,
        Closed,
    }
    let (mut at, mut field) = (At::Start, 0);
    for &byte in record {
        at = match (at, byte) {
            (At::Start | At::Closed, b'"') => At::Quoted,
            (At::Quoted, b'"') => At::Closed,
            (At::Quoted, _) => At::Quoted,
            (At::Plain, b'"') => return Quotes::Stray(field),
            (_, b',') => {
                field += 1;
                At::Start
            }
            (At::Closed, b'\r' | b'\n') => At::Closed,
            (At::Closed, _) => return Quotes::Stray(field),
            (At::Start | At::Plain, _) => At::Plain,
        };
    }
    if matches!(at, At::Quoted) { Quotes::Open } else { Quotes::Sound }
}
