//! CSV records (RFC 4180) with the line each begins on and whether its quotes are closed.

use csv::ByteRecord;

/// The records of a file that is held in memory.
pub(super) struct Records<'a> {
    bytes: &'a [u8],
    reader: csv::Reader<&'a [u8]>,
    has_quotes: bool,
    counted: usize,
    /// The line on which the newest record begins, counted from 1. The csv crate counts line feeds up to the end of the
    /// record before, which is a line short where lines end in CR LF or are blank.
    pub(super) line: u64,
    /// Whether a quotation mark of the newest record has no partner.
    pub(super) quote_open: bool,
}

impl<'a> Records<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        let reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(bytes);
        Self { bytes, reader, has_quotes: bytes.contains(&b'"'), counted: 0, line: 1, quote_open: false }
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
        let text = self.bytes.get(start..self.offset()).unwrap_or_default();
        self.quote_open = self.has_quotes && text.iter().filter(|&&b| b == b'"').count() % 2 == 1;
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
