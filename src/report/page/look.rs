//! How text looks: with colour or without, and how wide.

use anstyle::{AnsiColor, Style};

/// How text looks. Without colour no escape code is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// Whether escape codes may be written.
    pub color: bool,
    /// The width of a line in columns; less than 20 is taken as 20.
    pub width: usize,
}

impl Default for Look {
    fn default() -> Self {
        Self { color: false, width: 80 }
    }
}

/// What a piece of text is, for the eye.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// Nothing special.
    Plain,
    /// A promise broken.
    Bad,
    /// A promise kept.
    Good,
    /// Neither: skipped, inconclusive, waiting.
    Odd,
    /// What the eye looks for first.
    Strong,
    /// What the eye may pass over.
    Quiet,
    /// What should have come.
    Wanted,
    /// The very words of it that differ.
    WantedWord,
    /// What came.
    Came,
    /// The very words of it that differ.
    CameWord,
}

impl Look {
    /// Puts text into its colours.
    pub fn paint(self, tone: Tone, text: &str) -> String {
        let style = tone.style();
        if !self.color || text.is_empty() || style == Style::new() {
            return text.to_owned();
        }
        format!("{style}{text}{style:#}")
    }

    /// The columns that are left behind an indent.
    pub fn room(self, indent: usize) -> usize {
        self.width.max(20).saturating_sub(indent).max(10)
    }
}

impl Tone {
    fn style(self) -> Style {
        let colored = |color: AnsiColor| Style::new().fg_color(Some(color.into()));
        match self {
            Self::Plain => Style::new(),
            Self::Bad => colored(AnsiColor::Red).bold(),
            Self::Good => colored(AnsiColor::Green).bold(),
            Self::Odd => colored(AnsiColor::Yellow),
            Self::Strong => Style::new().bold(),
            Self::Quiet => Style::new().dimmed(),
            Self::Wanted => colored(AnsiColor::Green),
            Self::WantedWord => colored(AnsiColor::Green).bold().underline(),
            Self::Came => colored(AnsiColor::Red),
            Self::CameWord => colored(AnsiColor::Red).bold().underline(),
        }
    }
}
