//! A table of a week folder: rows in file order, found by id, each knowing the line it came from.

use std::collections::BTreeMap;
use std::ops::Index;

/// Where a row stands, for tracing a decision back to its input.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RowRef {
    /// File name inside the week folder, for example `documents.csv`.
    pub file: &'static str,
    /// Line in the file, counted from 1 (the header is line 1).
    pub line: u64,
}

impl std::fmt::Display for RowRef {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}", self.file, self.line)
    }
}

/// A row that has an id of its own.
pub trait Keyed {
    /// The type of its id.
    type Key: Ord + Clone;
    /// Its id.
    fn key(&self) -> &Self::Key;
}

/// Rows in file order, with their ids unique.
#[derive(Clone, Debug)]
pub struct Table<T: Keyed> {
    rows: Vec<T>,
    by_key: BTreeMap<T::Key, usize>,
}

impl<T: Keyed> Default for Table<T> {
    fn default() -> Self {
        Self { rows: Vec::new(), by_key: BTreeMap::new() }
    }
}

impl<T: Keyed> Table<T> {
    /// Adds a row; gives it back when its id is taken.
    pub fn insert(&mut self, row: T) -> Result<(), T> {
        if self.by_key.contains_key(row.key()) {
            return Err(row);
        }
        self.by_key.insert(row.key().clone(), self.rows.len());
        self.rows.push(row);
        Ok(())
    }
    /// Changes the row with this id, and not its id; false when there is none.
    pub(crate) fn change(&mut self, key: &T::Key, change: impl FnOnce(&mut T)) -> bool {
        let Some(row) = self.by_key.get(key).and_then(|&at| self.rows.get_mut(at)) else { return false };
        change(row);
        true
    }
    /// Takes the row with this id out; the rows after it move up.
    pub(crate) fn remove(&mut self, key: &T::Key) {
        if let Some(at) = self.by_key.remove(key) {
            self.rows.remove(at);
            self.by_key.values_mut().filter(|position| **position > at).for_each(|position| *position -= 1);
        }
    }
    /// The row with this id.
    pub fn get(&self, key: &T::Key) -> Option<&T> {
        self.by_key.get(key).map(|&at| &self.rows[at])
    }
    /// The position of the row with this id, in file order.
    pub fn position(&self, key: &T::Key) -> Option<usize> {
        self.by_key.get(key).copied()
    }
    /// All rows in file order.
    pub fn iter(&self) -> std::slice::Iter<'_, T> {
        self.rows.iter()
    }
    /// All rows in file order.
    pub fn rows(&self) -> &[T] {
        &self.rows
    }
    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }
    /// Whether the table is empty or its file is missing.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }
}

/// Looks a row up by an id that the reader has checked: ids inside a [`super::Week`] always resolve.
impl<T: Keyed> Index<&T::Key> for Table<T> {
    type Output = T;
    fn index(&self, key: &T::Key) -> &T {
        &self.rows[self.by_key[key]]
    }
}

impl<'a, T: Keyed> IntoIterator for &'a Table<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;
    fn into_iter(self) -> Self::IntoIter {
        self.rows.iter()
    }
}
