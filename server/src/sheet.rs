//! A report as a few tables, told as lines for people or as a page that can be read aloud and printed.

use std::fmt::Write as _;

use serde::Serialize;

/// A report.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Sheet {
    /// What it is called.
    pub title: String,
    /// What is to be known before the tables.
    pub about: Vec<String>,
    /// The tables.
    pub tables: Vec<Table>,
}

/// A table. The first cell of a row says what it is about.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Table {
    /// What it shows.
    pub caption: String,
    /// What stands over several columns, each with over how many; empty where nothing does.
    pub groups: Vec<(String, usize)>,
    /// The names of the columns.
    pub head: Vec<String>,
    /// The rows, each with as many cells as there are columns.
    pub rows: Vec<Vec<String>>,
    /// The row over all others, where there is one.
    pub overall: Option<Vec<String>>,
    /// What is to be known of it.
    pub notes: Vec<String>,
    /// Whether the cells after the first are numbers.
    pub is_numbers: bool,
}

impl Sheet {
    /// As lines for people.
    #[must_use]
    pub fn as_text(&self) -> String {
        let mut text = format!("{}\n", self.title);
        for line in &self.about {
            let _ = writeln!(text, "  {line}");
        }
        for table in &self.tables {
            text.push('\n');
            table.tell(&mut text);
        }
        text
    }

    /// As JSON, for an app that shows it itself.
    ///
    /// # Errors
    /// When it cannot be written, which no sheet is.
    pub fn as_json(&self) -> Result<String, serde_json::Error> {
        serde_json::to_string(self)
    }

    /// As a page in this language, by its code. It needs nothing beside itself.
    #[must_use]
    pub fn as_page(&self, language: &str) -> String {
        let (title, style) = (escaped(&self.title), include_str!("../pages/report.css").trim_end());
        let mut page = format!(
            "<!doctype html>\n<html lang=\"{language}\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n\
             <style>\n{style}\n</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n"
        );
        for line in &self.about {
            let _ = writeln!(page, "<p>{}</p>", escaped(line));
        }
        for table in &self.tables {
            table.show(&mut page);
        }
        page.push_str("</main>\n</body>\n</html>\n");
        page
    }
}

impl Table {
    fn lines(&self) -> impl Iterator<Item = &Vec<String>> {
        self.rows.iter().chain(&self.overall)
    }

    fn tell(&self, text: &mut String) {
        let _ = writeln!(text, "{}", self.caption);
        let long = |cell: &String| cell.chars().count();
        let mut wide: Vec<usize> = self.head.iter().map(long).collect();
        for line in self.lines() {
            for (wide, cell) in wide.iter_mut().zip(line) {
                *wide = long(cell).max(*wide);
            }
        }
        self.widen(&mut wide);
        if !self.groups.is_empty() {
            let mut columns = wide.iter();
            let over = |(name, count): &(String, usize)| {
                let all: usize = columns.by_ref().take(*count).map(|wide| wide + 2).sum();
                format!("{name:<width$}", width = all.saturating_sub(2))
            };
            let groups: Vec<String> = self.groups.iter().map(over).collect();
            let _ = writeln!(text, "  {}", groups.join("  ").trim_end());
        }
        for line in std::iter::once(&self.head).chain(self.lines()) {
            let cell = |(place, (cell, wide)): (usize, (&String, &usize))| match place {
                0 => format!("{cell:<wide$}"),
                _ if self.is_numbers => format!("{cell:>wide$}"),
                _ => format!("{cell:<wide$}"),
            };
            let cells: Vec<String> = line.iter().zip(&wide).enumerate().map(cell).collect();
            let _ = writeln!(text, "  {}", cells.join("  ").trim_end());
        }
        for note in &self.notes {
            let _ = writeln!(text, "  {note}");
        }
    }

    /// Makes room for what stands over several columns, in the last of them.
    fn widen(&self, wide: &mut [usize]) {
        let mut from = 0;
        for (name, count) in &self.groups {
            let Some(columns) = wide.get_mut(from..from + count) else { return };
            let all = columns.iter().map(|wide| wide + 2).sum::<usize>().saturating_sub(2);
            if let Some(last) = columns.last_mut() {
                *last += name.chars().count().saturating_sub(all);
            }
            from += count;
        }
    }

    fn show(&self, page: &mut String) {
        let class = if self.is_numbers { " class=\"numbers\"" } else { "" };
        let _ = writeln!(page, "<table{class}>\n<caption>{}</caption>\n<thead>", escaped(&self.caption));
        if !self.groups.is_empty() {
            let group = |(name, count): &(String, usize)| match name.as_str() {
                "" => format!("<td colspan=\"{count}\"></td>"),
                name => format!("<th scope=\"colgroup\" colspan=\"{count}\">{}</th>", escaped(name)),
            };
            let groups: String = self.groups.iter().map(group).collect();
            let _ = writeln!(page, "<tr>{groups}</tr>");
        }
        let head: String = self.head.iter().map(|name| format!("<th scope=\"col\">{}</th>", escaped(name))).collect();
        let _ = writeln!(page, "<tr>{head}</tr>\n</thead>\n<tbody>");
        for line in &self.rows {
            row(page, line);
        }
        page.push_str("</tbody>\n");
        if let Some(overall) = &self.overall {
            page.push_str("<tfoot>\n");
            row(page, overall);
            page.push_str("</tfoot>\n");
        }
        page.push_str("</table>\n");
        for note in &self.notes {
            let _ = writeln!(page, "<p class=\"note\">{}</p>", escaped(note));
        }
    }
}

fn row(page: &mut String, line: &[String]) {
    let Some((first, others)) = line.split_first() else { return };
    let cells: String = others.iter().map(|cell| format!("<td>{}</td>", escaped(cell))).collect();
    let _ = writeln!(page, "<tr><th scope=\"row\">{}</th>{cells}</tr>", escaped(first));
}

/// A text as it stands in a page.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet() -> Sheet {
        let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
        let table = Table {
            caption: "Uren".to_owned(),
            groups: vec![(String::new(), 1), ("Gebruikt per week".to_owned(), 2)],
            head: words(&["Cliënt", "PB", "MB"]),
            rows: vec![words(&["<b> & zoon", "1,4", "10,5"])],
            overall: Some(words(&["Gemiddeld", "1,4", "−0,5"])),
            notes: words(&["Meer niet."]),
            is_numbers: true,
        };
        Sheet { title: "Uren bij De Brug".to_owned(), about: words(&["Hele weken."]), tables: vec![table] }
    }

    #[test]
    fn lines_stand_under_their_columns_whatever_letters_they_have() {
        let expected = "Uren bij De Brug\n  Hele weken.\n\nUren\n\
                        \x20             Gebruikt per week\n\
                        \x20 Cliënt       PB            MB\n\
                        \x20 <b> & zoon  1,4          10,5\n\
                        \x20 Gemiddeld   1,4          −0,5\n  Meer niet.\n";
        assert_eq!(sheet().as_text(), expected);
    }

    #[test]
    fn a_page_says_its_language_and_what_each_row_and_column_is_and_shows_names_as_they_are() {
        let page = sheet().as_page("nl");
        for part in [
            "<html lang=\"nl\">",
            "<caption>Uren</caption>",
            "<td colspan=\"1\"></td><th scope=\"colgroup\" colspan=\"2\">Gebruikt per week</th>",
            "<th scope=\"col\">Cliënt</th>",
            "<th scope=\"row\">&lt;b&gt; &amp; zoon</th><td>1,4</td>",
            "<tfoot>\n<tr><th scope=\"row\">Gemiddeld</th>",
        ] {
            assert!(page.contains(part), "{part}: {page}");
        }
    }
}
