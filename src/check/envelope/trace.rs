//! Recognises stack traces in text by forms that prose does not take.

use memchr::memmem;

/// How far from its keyword the rest of a form may stand.
const NEAR: usize = 400;

type Form = fn(&str) -> Option<&str>;
const ALL: [Form; 8] = [java, python, node, dotnet, go, rust, php, ruby];

/// Finds the part of a text that only a stack trace has.
pub fn find(text: &str) -> Option<&str> {
    ALL.iter().find_map(|form| form(text))
}

/// Each place where `needle` stands, with what is before and after it.
fn around<'t>(text: &'t str, needle: &'t str) -> impl Iterator<Item = (&'t str, &'t str)> + 't {
    let places = memmem::find_iter(text.as_bytes(), needle).collect::<Vec<_>>().into_iter();
    places.filter_map(move |at| Some((text.get(..at)?, text.get(at + needle.len()..)?)))
}

/// Where a suffix of `before` of such characters begins.
fn back(before: &str, may: impl Fn(char) -> bool) -> usize {
    let length: usize = before.chars().rev().take(NEAR).take_while(|char| may(*char)).map(char::len_utf8).sum();
    before.len() - length
}

/// Length of the digits at the start, where there are any.
fn digits(text: &str) -> Option<usize> {
    let count = text.bytes().take_while(u8::is_ascii_digit).count();
    (count > 0).then_some(count)
}

fn part<'t>(text: &'t str, from: usize, rest: &str) -> Option<&'t str> {
    text.get(from..text.len() - rest.len())
}

/// `at com.x.Y.z(Y.java:12)`
fn java(text: &str) -> Option<&str> {
    let names = [".java:", ".kt:", ".scala:", ".groovy:", ".clj:"];
    names.iter().find_map(|name| around(text, name).find_map(|(before, after)| java_line(text, before, after)))
}

fn java_line<'t>(text: &'t str, before: &str, after: &str) -> Option<&'t str> {
    let rest = after.get(digits(after)?..)?.strip_prefix(')')?;
    let open = back(before, |char| char.is_alphanumeric() || "_$-".contains(char));
    let method = before.get(..open)?.strip_suffix('(')?;
    let start = back(method, |char| char.is_alphanumeric() || "._$<>&;/@-~".contains(char));
    let dotted = method.get(start..)?.contains('.');
    let at = method.get(..start)?.ends_with("at ");
    if dotted && at { part(text, start - 3, rest) } else { None }
}

/// `Traceback (most recent call last)`
fn python(text: &str) -> Option<&str> {
    let (before, after) = around(text, "Traceback (most recent call last)").next()?;
    part(text, before.len(), after)
}

/// `at f (/srv/a.js:1:2)`, `at node:internal/x:1:2`
fn node(text: &str) -> Option<&str> {
    let names = [".js:", ".mjs:", ".cjs:", ".ts:", ".tsx:", ".jsx:"];
    let file =
        names.iter().find_map(|name| around(text, name).find_map(|(before, after)| node_line(text, before, after)));
    file.or_else(|| {
        around(text, "at node:internal/").next().and_then(|(before, after)| part(text, before.len(), after))
    })
}

fn node_line<'t>(text: &'t str, before: &str, after: &str) -> Option<&'t str> {
    let rest = after.get(digits(after)?..)?.strip_prefix(':')?;
    let rest = rest.get(digits(rest)?..)?;
    let line = back(before, |char| char != '\n');
    let at = before.get(line..)?.rfind("at ")? + line;
    let fresh = at == line || before.get(..at)?.ends_with([' ', '\t']);
    if fresh { part(text, at, rest) } else { None }
}

/// `in C:\x\Y.cs:line 12`, or two lines `at A.B.C(D d)` one after the other.
fn dotnet(text: &str) -> Option<&str> {
    let names = [".cs:line ", ".vb:line ", ".fs:line "];
    let file = names.iter().find_map(|name| {
        around(text, name)
            .find_map(|(before, after)| part(text, back(before, |char| char != '\n'), after.get(digits(after)?..)?))
    });
    let frame = |line: &str| {
        let Some(call) = line.trim().strip_prefix("at ") else { return false };
        let Some((name, rest)) = call.split_once('(') else { return false };
        let dotted = name.contains('.') && !name.contains(' ') && !name.starts_with('.');
        dotted && (rest.ends_with(')') || rest.contains(") in "))
    };
    let mut before = false;
    file.or_else(|| {
        text.lines().find(|line| {
            let frame = frame(line);
            let two = before && frame;
            before = frame;
            two
        })
    })
}

/// `goroutine 1 [running]:`
fn go(text: &str) -> Option<&str> {
    around(text, "goroutine ").find_map(|(before, after)| {
        let rest = after.get(digits(after)?..)?.strip_prefix(" [")?;
        let end = rest.get(..rest.len().min(60)).unwrap_or(rest).find("]:")?;
        part(text, before.len(), rest.get(end + 2..)?)
    })
}

/// `panicked at src/x.rs:1:2`
fn rust(text: &str) -> Option<&str> {
    around(text, "panicked at ").find_map(|(before, after)| {
        let near = after.char_indices().nth(NEAR).map_or(after, |(end, _)| after.get(..end).unwrap_or_default());
        around(near, ".rs:").find_map(|(_, rest)| {
            let tail = rest.get(digits(rest)?..)?;
            part(text, before.len(), after.get(near.len() - tail.len()..)?)
        })
    })
}

/// `#0 /srv/x.php(12): f()`, `in /srv/x.php on line 12`
fn php(text: &str) -> Option<&str> {
    let call = around(text, ".php(").find_map(|(before, after)| {
        let rest = after.get(digits(after)?..)?.strip_prefix("): ")?;
        let line = back(before, |char| char != '\n' && char != '#');
        let number = digits(before.get(line..)?)?;
        let framed = before.get(..line)?.ends_with('#') && before.get(line + number..)?.starts_with(' ');
        if framed { part(text, line - 1, rest) } else { None }
    });
    let markers = [".php on line ", ".php</b> on line <b>"];
    call.or_else(|| {
        markers.iter().find_map(|marker| {
            around(text, marker).find_map(|(before, after)| {
                part(text, back(before, |char| !char.is_whitespace()), after.get(digits(after)?..)?)
            })
        })
    })
}

/// ``x.rb:12:in `f'``
fn ruby(text: &str) -> Option<&str> {
    around(text, ".rb:").find_map(|(before, after)| {
        let rest = after.get(digits(after)?..)?;
        let rest = rest.strip_prefix(":in `").or_else(|| rest.strip_prefix(":in '"))?;
        part(text, back(before, |char| !char.is_whitespace()), rest)
    })
}

#[cfg(test)]
mod tests {
    use super::find;

    #[test]
    fn traces_of_common_runtimes_are_recognised() {
        for text in [
            "java.lang.NullPointerException\n\tat com.example.Widget.spin(Widget.java:42)\n\tat x",
            "at java.base/java.lang.Thread.run(Thread.java:833)",
            "  at org.example.App$Inner.<init>(App.kt:1)",
            "Traceback (most recent call last):\n  File \"a.py\", line 1, in f",
            "Error: x\n    at spin (/srv/app/widget.js:10:15)",
            "    at /srv/widget.ts:1:2\n    at node:internal/process:95:5",
            "   at Acme.Widgets.Spin(String s) in C:\\src\\Spin.cs:line 42",
            "   at Acme.Widgets.Spin(String s)\r\n   at Acme.Widgets.Main()\r\n",
            "panic: x\n\ngoroutine 1 [running]:\nmain.main()",
            "goroutine 17 [chan receive, 2 minutes]:",
            "thread 'main' panicked at src/main.rs:2:5:\nindex out of bounds",
            "thread 'main' panicked at 'boom', src/main.rs:2:5",
            "#0 /srv/widget.php(12): spin()\n#1 {main}",
            "<b>Warning</b>: x in <b>/srv/widget.php</b> on line <b>12</b>",
            "/srv/widget.rb:12:in `spin'",
        ] {
            assert!(find(text).is_some(), "{text}");
        }
        assert_eq!(find("x\n\tat a.B.c(B.java:4)\n"), Some("at a.B.c(B.java:4)"));
    }

    #[test]
    fn prose_about_code_is_no_trace() {
        for text in [
            "",
            "Unexpected character at [Source: (String)\"{\"; line: 1, column: 2]",
            "The widget at com.example.Widget is not known (see Widget.java).",
            "Retry at 10:12:30",
            "Please look at the file main.js: 3 lines are wrong",
            "The column widget.java:12 is unknown",
            "error at row 12:5: unclosed quote",
            "Nobody panicked at the news.",
            "A goroutine 1 [sic] is cheap",
            "at example.com (Widgets Inc.)",
            "Meet us at acme.example(north)",
            "See /srv/widget.php (12)",
            "Traceback is off",
            "at: a.b.c(d)",
            "at \u{e4}\u{1f331}.java:1)",
            "(X.java:1)",
            ".java:1)",
            "at .js:1:",
            "#.php(1): ",
        ] {
            assert_eq!(find(text), None, "{text}");
        }
    }
}
