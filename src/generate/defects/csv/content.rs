//! Content that is nothing to a reader of tables, and something to what reads its cells later. All of it is harmless.

use super::edit::{add_columns, add_rows, cells, regular};
use super::{IRREGULAR, irregular, odd};
use crate::generate::defect::{Defect, Spot};
use crate::generate::draft::Draft;
use crate::generate::proof::Sent;

/// What spreadsheets take for formulas, and what they nearly do.
const FORMULAS: &[&str] = &[
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(1,1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    " =1+1",
    "\"=1+1\"",
    "'=1+1",
    "=\"\"\"\"",
    "=1+1;=1+1",
    "＝1+1",
    "＋1+1",
    "－1+1",
    "＠SUM(1,1)",
    "%0A=1+1",
    "=HYPERLINK(\"https://tenantcheck.invalid\",\"tenantcheck\")",
    "=WEBSERVICE(\"https://tenantcheck.invalid\")",
    "=IMPORTXML(\"https://tenantcheck.invalid\",\"//a\")",
    "=cmd|'/C echo tenantcheck'!A0",
    "=DDE(\"cmd\";\"/C echo tenantcheck\";\"\")",
    "{=1+1}",
    "ID",
    "SYLK;",
];

/// What browsers and readers of XML take for markup.
const MARKUP: &[&str] = &[
    "<b>tenantcheck</b>",
    "<script>void 0</script>",
    "<img src=x onerror=\"void 0\">",
    "<svg onload=void(0)>",
    "\"><b>",
    "'><b>",
    "</td></tr></table>",
    "</textarea>",
    "<!--",
    "-->",
    "]]>",
    "<![CDATA[x]]>",
    "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY b SYSTEM \"https://tenantcheck.invalid\">]><a>&b;</a>",
    "&lt;b&gt;",
    "&#60;b&#x3e;",
    "&unknown;",
    "javascript:void(0)",
    "data:text/html,tenantcheck",
    "[tenantcheck](https://tenantcheck.invalid)",
    "{{7*7}}",
    "${7*7}",
    "#{7*7}",
    "*{7*7}",
    "@{7*7}",
    "[[7*7]]",
    "<%= 7*7 %>",
    "{% if 1 %}tenantcheck{% endif %}",
    "{{{a}}}",
    "#set($a=7*7)$a",
    "$!{tenantcheck}",
    "${jndi:ldap://tenantcheck.invalid/a}",
    "%s%s%s%n",
    "%1$s",
    "{0}{1}",
    "%(a)s",
    "\\u0024{7*7}",
];

/// What shells, databases, directories and patterns act on, and what leads out of a folder.
const COMMANDS: &[&str] = &[
    "; echo tenantcheck",
    "| echo tenantcheck",
    "& echo tenantcheck",
    "&& echo tenantcheck",
    "|| echo tenantcheck",
    "`echo tenantcheck`",
    "$(echo tenantcheck)",
    "\necho tenantcheck\n",
    "%PATH%",
    "$HOME",
    "-v",
    "--help",
    "' OR '1'='1",
    "\" OR \"1\"=\"1",
    "') OR ('1'='1",
    "1; SELECT 1 --",
    "1/**/OR/**/1=1",
    "%' AND '%'='",
    "\\' OR 1=1 --",
    "*)(objectClass=*",
    "*",
    "' or count(/*)=1 or 'a'='b",
    "(a+)+$",
    "[",
    "../../../../etc/hostname",
    "..\\..\\..\\..\\windows\\win.ini",
    "/dev/null",
    "C:\\",
    "\\\\tenantcheck.invalid\\a",
    "~",
    "CON",
    "https://tenantcheck.invalid/",
    "//tenantcheck.invalid/",
    "a\r\nX-Tenantcheck: 1",
];

/// What programs take for no value, for a value of another type, or for a character.
const WORDS: &[&str] = &[
    "null",
    "NULL",
    "\\N",
    "None",
    "undefined",
    "NaN",
    "Infinity",
    "-0",
    "true",
    "no",
    "0",
    "007",
    "1e999",
    "0x1F",
    "1,000.5",
    "9223372036854775808",
    "123456789012345678901234567890",
    "2020-02-30",
    "0000-00-00",
    "1/2",
    "12:60",
    "{}",
    "[]",
    "{\"a\":1}",
    "\"",
    "\\",
    "#",
    "# tenantcheck",
    "__proto__",
    "constructor",
    "toString",
    "\\ud800",
    "\\uDC00\\uD800",
    "\\u0000",
    "\\x00",
    "\\0",
    "%00",
    "%c0%af",
    "&#0;",
    "&#xd800;",
    "\\r\\n",
    "=?utf-8?q?tenantcheck?=",
    "xn--80ak6aa92e",
];

/// Characters that steer others, join them, look like others, or are none that anybody uses.
const ODD: &[&str] = &[
    "a\u{80}\u{85}\u{9f}b",
    "a\u{a0}\u{1680}\u{2000}\u{2003}\u{202f}\u{205f}\u{3000}b",
    "a\u{ad}\u{200b}\u{200c}\u{200d}\u{2060}\u{feff}b",
    "a\u{2028}\u{2029}b",
    "a\u{200e}\u{200f}\u{061c}b",
    "a\u{202a}\u{202b}\u{202d}\u{202e}b",
    "a\u{2066}\u{2067}\u{2068}b",
    "a\u{fff9}\u{fffa}\u{fffb}\u{fffc}\u{fffd}b",
    "a\u{fdd0}\u{fffe}\u{ffff}\u{1fffe}\u{10ffff}b",
    "a\u{e0001}\u{e0041}\u{e007f}b",
    "a\u{40000}\u{50000}\u{dffff}b",
    "a\u{301}\u{302}\u{303}\u{304}\u{305}\u{306}\u{307}\u{308}\u{309}\u{30a}\u{30b}\u{30c}b",
    "\u{301}",
    "\u{1100}\u{1161}\u{11a8}",
    "\u{fb01}\u{fdfa}\u{1f1e9}\u{1f1ea}\u{1f3f4}\u{e0067}\u{e007f}",
    "\u{130}\u{131}\u{df}\u{1e9e}\u{3c2}\u{212a}",
    "\u{ff0c}\u{ff02}\u{201c}\u{201d}\u{ff1b}",
    "\u{200b}",
    "\u{3000}",
];

/// The defects of this kind.
pub const ALL: &[Defect] = &[
    odd(
        "csv/formulas",
        "a table with cells that spreadsheets take for formulas",
        |draft, spot, _| rows(draft, spot, FORMULAS),
        |sent, spot, _| in_rows(*sent, spot, FORMULAS),
    ),
    odd(
        "csv/markup",
        "a table with cells of markup, templates and formats",
        |draft, spot, _| rows(draft, spot, MARKUP),
        |sent, spot, _| in_rows(*sent, spot, MARKUP),
    ),
    odd(
        "csv/commands",
        "a table with cells of commands, queries, patterns and paths",
        |draft, spot, _| rows(draft, spot, COMMANDS),
        |sent, spot, _| in_rows(*sent, spot, COMMANDS),
    ),
    odd(
        "csv/words",
        "a table with cells that programs take for no value, another type or an escaped character",
        |draft, spot, _| rows(draft, spot, WORDS),
        |sent, spot, _| in_rows(*sent, spot, WORDS),
    ),
    odd(
        "csv/odd-characters",
        "a table with characters that steer others, join them, or are none that anybody uses",
        |draft, spot, _| rows(draft, spot, ODD),
        |sent, spot, _| in_rows(*sent, spot, ODD),
    ),
    // A gateway may refuse such content before the tenant reads it.
    Defect {
        owed: IRREGULAR.or_http(),
        ..irregular(
            "csv/active-content-in-header",
            "a table with formulas, markup, commands, words and odd characters as names of columns",
            |draft, spot, _| {
                let names = [FORMULAS, MARKUP, COMMANDS, WORDS, ODD].into_iter().flatten();
                cells(draft, spot, |table| add_columns(table, names.map(|name| name.as_bytes())))
            },
            |sent, spot, _| {
                let mut names = [FORMULAS, MARKUP, COMMANDS, WORDS, ODD].into_iter().flatten();
                regular(*sent, spot, |table| {
                    names.all(|name| table.header().iter().any(|cell| cell.as_ref() == name.as_bytes()))
                })
            },
        )
    },
];

fn rows(draft: &mut Draft, spot: &Spot, values: &[&str]) -> bool {
    cells(draft, spot, |table| add_rows(table, values.iter().map(|value| value.as_bytes())))
}

fn in_rows(sent: Sent<'_>, spot: &Spot, values: &[&str]) -> bool {
    regular(sent, spot, |table| values.iter().all(|value| table.holds(value.as_bytes())))
}
