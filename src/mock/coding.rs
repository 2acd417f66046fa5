//! Content codings, as they are put on a body.

use flate2::Compression;
use flate2::write::{GzEncoder, ZlibEncoder};
use http::Response;
use http::header::{CONTENT_ENCODING, HeaderValue};
use std::io::{self, Write as _};

/// Compresses a body by gzip, under a name of that coding.
pub fn gzip(written: &mut Response<Vec<u8>>, name: &'static str) {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    let coded = encoder.write_all(written.body()).and_then(|()| encoder.finish());
    put(written, name, coded);
}

/// Compresses a body by deflate.
pub fn deflate(written: &mut Response<Vec<u8>>) {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::fast());
    let coded = encoder.write_all(written.body()).and_then(|()| encoder.finish());
    put(written, "deflate", coded);
}

/// Puts a coded body in the place of the plain one; one that is empty stays as it is.
fn put(written: &mut Response<Vec<u8>>, name: &'static str, coded: io::Result<Vec<u8>>) {
    if let Ok(coded) = coded
        && !written.body().is_empty()
    {
        *written.body_mut() = coded;
        written.headers_mut().insert(CONTENT_ENCODING, HeaderValue::from_static(name));
    }
}
