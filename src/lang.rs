//! The languages every message for people exists in.

/// A language of messages and products.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lang {
    /// English.
    #[default]
    En,
    /// Dutch.
    Nl,
}

impl Lang {
    /// Both languages.
    pub const ALL: [Self; 2] = [Self::En, Self::Nl];
    /// One of two texts: the English or the Dutch.
    pub fn pick<T>(self, english: T, dutch: T) -> T {
        match self {
            Self::En => english,
            Self::Nl => dutch,
        }
    }
}
