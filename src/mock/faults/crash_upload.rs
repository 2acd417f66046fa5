//! Uploads that a reader of forms, of file names or of tables stumbles at, though most readers do not.

use super::upload::{delimited, fields};
use super::{Class, Deed, Fault};
use crate::mock::at::{At, TASKS};
use crate::mock::call::Call;
use crate::mock::endpoint::Endpoint;
use crate::mock::rewrite::fail;
use crate::mock::sources::COLUMNS;
use http::header::CONTENT_TYPE;
use memchr::memmem;

/// The family.
pub const ALL: &[Fault] = &[
    fault("crash/column-case", "A column in capitals is 500", UPLOAD.holding(b"GIVENNAME")),
    fault("crash/tabs", "A header of tabs is 500", UPLOAD.holding(b"id\tname")),
    fault("crash/archive", "A zip archive is 500", UPLOAD.holding(b"PK\x03\x04")),
    fault(
        "crash/empty-value",
        "A urlencoded field without a value is 500",
        UPLOAD.when(|call| is_form(call) && call.body.ends_with(b"Optimization=")),
    ),
    fault("crash/name-climbs", "A file name with ../ in it is 500", UPLOAD.holding(b"../")),
    fault("crash/name-climbs-back", "A file name with ..\\ in it is 500", UPLOAD.holding(b"..\\")),
    fault("crash/name-drive", "A file name with a drive is 500", UPLOAD.holding(b"C:\\")),
    fault("crash/name-absolute", "An absolute file name is 500", UPLOAD.holding(b"filename=\"/")),
    fault("crash/name-formula", "A file name that begins with = is 500", UPLOAD.holding(b"filename=\"=")),
    upload("crash/name-empty", "An empty file name is 500", |call| file_name(call).is_some_and(<[u8]>::is_empty)),
    fault("crash/name-extended", "A file name in the extended notation is 500", UPLOAD.holding(b"filename*=")),
    fault("crash/name-quote", "An escaped quote in a file name is 500", UPLOAD.holding(b"\\\"")),
    fault("crash/markup", "A filter of markup fails", UPLOAD.holding(b"<script")),
    fault("crash/lookup", "A logger that resolves lookups fails", UPLOAD.holding(b"${")),
    fault("crash/shell", "A file name or a cell with $( in it is 500", UPLOAD.holding(b"$(")),
    fault("crash/byte-order-mark", "A byte order mark is 500", UPLOAD.holding(b"\xef\xbb\xbf")),
    fault("crash/word", "A cell with the word undefined is 500", UPLOAD.holding(b"undefined")),
    fault("crash/direction", "A mark of the direction of writing is 500", UPLOAD.holding("\u{202e}".as_bytes())),
    fault("crash/empty-cells", "A row of empty cells is 500", UPLOAD.holding(b"\r\n,,")),
    fault("crash/quotes", "Eight quotes in a row are 500", UPLOAD.holding(b"\"\"\"\"\"\"\"\"")),
    fault(
        "crash/column-order",
        "Columns in another order are 500",
        TASKS.when(|call| delimited(call) && !has(&call.body, COLUMNS.join(",").as_bytes())),
    ),
    fault("crash/boundary-dashes", "A boundary that begins with dashes is 500", UPLOAD.with("content-type", "=--")),
    upload("crash/part-type", "A table of another media type is 500", |call| {
        let usual = [&b"text/csv"[..], b"application/octet-stream"];
        head(call).map(<[u8]>::to_ascii_lowercase).is_some_and(|head| {
            has(&head, b"filename") && has(&head, b"content-type:") && !usual.iter().any(|usual| has(&head, usual))
        })
    }),
    fault("crash/part-encoding", "A part that tells its encoding is 500", UPLOAD.holding(b"Content-Transfer-Encoding")),
    fault("crash/part-folded", "A header line of a part that goes on in the next one is 500", UPLOAD.holding(b"\r\n ")),
    fault("crash/part-charset", "A part that tells its charset is 500", UPLOAD.holding(b"; charset=")),
    fault("crash/part-lower-case", "Header names of a part in small letters are 500", UPLOAD.holding(b"content-disp")),
    fault("crash/part-upper-case", "A disposition in capital letters is 500", UPLOAD.holding(b"FORM-DATA")),
    upload("crash/name-unquoted", "A name without quotes is 500", |call| {
        head(call).is_some_and(|head| has(&head.to_ascii_lowercase(), b" name=file"))
    }),
    fault("crash/part-nameless", "A part without a name is 500", UPLOAD.holding(b"form-data; filename")),
    fault("crash/nested", "A multipart body in a part is 500", UPLOAD.holding(b"Content-Type: multipart/")),
    fault("crash/boundary-quoted", "A boundary in quotes is 500", UPLOAD.with("content-type", "boundary=\"")),
    fault("crash/boundary-colon", "A boundary with a colon is 500", UPLOAD.with("content-type", "x:y")),
    fault("crash/chunked", "A body in chunks is 500", UPLOAD.with("transfer-encoding", "chunked")),
    upload("crash/form-charset", "A form with a charset is 500", |call| {
        is_form(call) && has(&content_type(call).to_ascii_lowercase(), b"charset=")
    }),
    fault("crash/form-escape", "A damaged escape in a form is 500", FORM.holding(b"%zz")),
    fault("crash/form-escaped-name", "An escape in the name of a field is 500", FORM.holding(b"%69")),
    fault("crash/form-file", "A form that carries a file is 500", FORM.holding(b"file=")),
    fault("crash/form-separators", "A separator that separates nothing is 500", FORM.holding(b"&&")),
    upload("crash/form-empty", "An empty form is 500", |call| call.body.is_empty() && is_form(call)),
    upload("crash/name-long", "A file name that file systems do not take is 500", |call| {
        file_name(call).is_some_and(|name| name.len() > 255)
    }),
    upload("crash/name-blank", "A file name with a blank is 500", |call| {
        file_name(call).is_some_and(|name| name.contains(&b' '))
    }),
    upload("crash/name-unicode", "A file name outside ASCII is 500", |call| {
        file_name(call).is_some_and(|name| !name.is_ascii())
    }),
    upload("crash/name-absent", "A file without a file name is 500", |call| {
        head(call).is_some_and(|head| has(head, b"name=\"file\"") && !has(&head.to_ascii_lowercase(), b"filename"))
    }),
    upload("crash/name-open", "A file name whose quotes are not closed is 500", |call| {
        let quotes = |line: &[u8]| memchr::memchr_iter(b'"', line).count();
        head(call).is_some_and(|head| head.split(|byte| *byte == b'\n').any(|line| quotes(line) % 2 == 1))
    }),
    upload("crash/two-files", "A second file name is 500", |call| {
        memmem::find_iter(&call.body, b"filename=").count() > 1
    }),
    upload("crash/part-long", "A head of a part of more than 4 KB is 500", |call| {
        head(call).is_some_and(|head| head.len() > 4096)
    }),
    upload("crash/part-many", "A head of a part of more than ten lines is 500", |call| {
        head(call).is_some_and(|head| head.split(|byte| *byte == b'\n').count() > 10)
    }),
    upload("crash/part-nul", "A NUL in the head of a part is 500", |call| {
        head(call).is_some_and(|head| head.contains(&0))
    }),
    upload("crash/part-colon", "A header line of a part without a colon is 500", |call| {
        let bare = |line: &[u8]| !line.trim_ascii().is_empty() && !line.contains(&b':') && !line.starts_with(b"--");
        head(call).is_some_and(|head| head.split(|byte| *byte == b'\n').any(bare))
    }),
    upload("crash/part-untyped", "A file without a media type is 500", |call| {
        let untyped = |head: &[u8]| has(head, b"filename") && !has(head, b"content-type:");
        head(call).is_some_and(|head| untyped(&head.to_ascii_lowercase()))
    }),
    upload("crash/part-type-first", "A part whose media type comes first is 500", |call| {
        let place = |head: &[u8], name: &[u8]| memmem::find(&head.to_ascii_lowercase(), name);
        let first = |head: &[u8]| place(head, b"content-type:").zip(place(head, b"content-disposition:"));
        head(call).and_then(first).is_some_and(|(media_type, disposition)| media_type < disposition)
    }),
    upload("crash/part-undisposed", "A part without a Content-Disposition is 500", |call| {
        head(call).is_some_and(|head| !has(&head.to_ascii_lowercase(), b"content-disposition:"))
    }),
    upload("crash/field-last", "A field behind the file is 500", |call| {
        let places = memmem::find(&call.body, b"filename=").zip(memmem::rfind(&call.body, b"name=\"disable"));
        places.is_some_and(|(file, field)| file < field)
    }),
    upload("crash/field-first", "A field before the file is 500", |call| {
        let places = memmem::find(&call.body, b"filename=").zip(memmem::find(&call.body, b"name=\"disable"));
        places.is_some_and(|(file, field)| field < file)
    }),
    upload("crash/field-twice", "A field that comes twice is 500", |call| {
        memmem::find_iter(&call.body, b"disableOptimization").count() > 1
    }),
    upload("crash/field-unknown", "A field that nobody knows is 500", |call| {
        let known = |name: &str| matches!(name, "file" | "disableOptimization");
        fields(call).is_some_and(|fields| fields.iter().any(|field| !known(&field.name)))
    }),
    upload("crash/preamble", "A multipart body that does not begin with its boundary is 500", |call| {
        is_multipart(call) && !call.body.starts_with(b"--")
    }),
    upload("crash/epilogue", "Anything behind the closing boundary is 500", |call| {
        is_multipart(call) && !call.body.ends_with(b"--\r\n")
    }),
    upload("crash/boundary-long", "A boundary of 70 characters is 500", |call| {
        let long = |parameter: &[u8]| parameter.trim_ascii().starts_with(b"boundary=") && parameter.len() > 78;
        content_type(call).split(|byte| *byte == b';').any(long)
    }),
    upload("crash/line-feeds", "A multipart body whose lines end with a line feed alone is 500", |call| {
        is_multipart(call) && !call.body.is_empty() && !call.body.contains(&b'\r')
    }),
    upload("crash/type-twice", "Two media types of a body are 500", |call| {
        call.head.headers.get_all(CONTENT_TYPE).iter().count() > 1
    }),
    upload("crash/type-case", "A media type in other letter case is 500", |call| {
        let essence = content_type(call).split(|byte| *byte == b';').next().unwrap_or_default();
        essence.iter().any(u8::is_ascii_uppercase)
    }),
    upload("crash/type-of-others", "A multipart body that is announced as a form is 500", |call| {
        is_form(call) && call.body.starts_with(b"--")
    }),
    upload("crash/row-numbers", "More rows than 16 bits count are 500", |call| {
        delimited(call) && memchr::memchr_iter(b'\n', &call.body).nth(65_535).is_some()
    }),
];

const UPLOAD: At = At::ANYWHERE.of(Endpoint::LoadAccounts);
const FORM: At = UPLOAD.when(is_form);

const fn fault(id: &'static str, title: &'static str, at: At) -> Fault {
    Fault { id, report: None, class: Class::Crash, title, at, deed: Deed::Alter(fail) }
}

const fn upload(id: &'static str, title: &'static str, stumbles: fn(&Call) -> bool) -> Fault {
    fault(id, title, UPLOAD.when(stumbles))
}

fn has(bytes: &[u8], wanted: &[u8]) -> bool {
    memmem::find(bytes, wanted).is_some()
}

fn content_type(call: &Call) -> &[u8] {
    call.head.headers.get(CONTENT_TYPE).map(http::HeaderValue::as_bytes).unwrap_or_default()
}

fn is_multipart(call: &Call) -> bool {
    content_type(call).to_ascii_lowercase().starts_with(b"multipart/")
}

fn is_form(call: &Call) -> bool {
    has(&content_type(call).to_ascii_lowercase(), b"urlencoded")
}

/// The head of the part that holds the file, or of the only part.
fn head(call: &Call) -> Option<&[u8]> {
    let end = |from: usize| memmem::find(call.body.get(from..)?, b"\r\n\r\n").map(|end| from + end);
    let small = call.body.to_ascii_lowercase();
    let file = memmem::find(&small, b"text/csv").or_else(|| memmem::find(&small, b"filename"));
    let at = file.unwrap_or_default();
    let start = memmem::rfind(call.body.get(..at)?, b"\r\n--").unwrap_or_default();
    is_multipart(call).then(|| call.body.get(start..end(at)?)).flatten()
}

/// The name of the file.
fn file_name(call: &Call) -> Option<&[u8]> {
    let head = head(call)?;
    let from = memmem::find(&head.to_ascii_lowercase(), b"filename=\"")? + b"filename=\"".len();
    head.get(from..)?.split(|byte| *byte == b'"').next()
}
