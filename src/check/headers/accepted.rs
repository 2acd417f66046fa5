//! What a request's Accept-Encoding allows.

use crate::exchange::Probe;

/// Whether the request allows a content coding (RFC 9110, 12.5.3).
///
/// Without the header any coding is allowed, and so it is where the header cannot be read.
pub fn allows(probe: &Probe, coding: &str) -> bool {
    let mut lines = probe.headers.iter().filter(|(name, _)| name.eq_ignore_ascii_case("accept-encoding")).peekable();
    if lines.peek().is_none() {
        return true;
    }
    let text = lines.map(|(_, value)| value.text().to_ascii_lowercase()).collect::<Vec<_>>().join(",");
    let elements = text.split(',').map(str::trim).filter(|element| !element.is_empty());
    let Some(weights) = elements.map(weight).collect::<Option<Vec<_>>>() else { return true };
    let of = |name: &str| weights.iter().rfind(|(coding, _)| *coding == name).map(|(_, wanted)| *wanted);
    let same = coding.strip_prefix("x-").unwrap_or(coding);
    of(same).or_else(|| of(&format!("x-{same}"))).or_else(|| of("*")).unwrap_or(false)
}

/// One element of the header: the coding and whether its weight is above zero.
fn weight(element: &str) -> Option<(&str, bool)> {
    let (coding, parameter) =
        element.split_once(';').map_or((element, None), |(coding, rest)| (coding, Some(rest.trim())));
    let coding = coding.trim_end();
    let token =
        !coding.is_empty() && coding.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.*+".contains(&byte));
    let wanted = match parameter {
        None => true,
        Some(parameter) => parameter.strip_prefix("q=")?.parse::<f32>().ok()? > 0.0,
    };
    token.then_some((coding, wanted))
}

#[cfg(test)]
mod tests {
    use super::allows;
    use crate::exchange::Probe;

    #[test]
    fn what_the_request_does_not_exclude_is_allowed() {
        for (header, coding, allowed) in [
            (None, "br", true),
            (Some("gzip"), "gzip", true),
            (Some("gzip"), "x-gzip", true),
            (Some("x-gzip;q=0.5"), "gzip", true),
            (Some("gzip"), "br", false),
            (Some("GZIP ; q=0.001, deflate"), "gzip", true),
            (Some("gzip;q=0"), "gzip", false),
            (Some("gzip;q=0, *"), "gzip", false),
            (Some("*"), "zstd", true),
            (Some("*;q=0"), "gzip", false),
            (Some(""), "gzip", false),
            (Some("identity"), "gzip", false),
            (Some("gzip q=1 (?)"), "br", true),
            (Some("gzip;q=high"), "br", true),
        ] {
            let headers = header.map(|value| ("ACCEPT-encoding".to_owned(), value.into())).into_iter().collect();
            assert_eq!(allows(&Probe { headers, ..Probe::default() }, coding), allowed, "{header:?} {coding}");
        }
    }
}
