//! Every rule, listed once.

use super::rule::Rule;
use super::{answer, body, credential, envelope, headers, identity, rate, refusal};

/// Every rule, in the order in which they are shown.
pub const ALL: &[&Rule] = &[
    &answer::http::RULE,
    &answer::in_time::RULE,
    &answer::complete::RULE,
    &answer::no_server_error::RULE,
    &answer::no_redirect::RULE,
    &answer::listed_status::RULE,
    &answer::expected_status::RULE,
    &headers::promised::RULE,
    &headers::media_type::RULE,
    &headers::content_encoding::RULE,
    &headers::retry_after::RULE,
    &headers::retry_after::LONG,
    &body::utf8::RULE,
    &body::byte_order_mark::RULE,
    &body::json::RULE,
    &body::duplicate_keys::RULE,
    &body::schema::RULE,
    &body::extra_property::RULE,
    &body::open_enum::RULE,
    &envelope::kind::RULE,
    &envelope::detail_code::RULE,
    &envelope::tracking_id_unique::RULE,
    &envelope::locale::RULE,
    &envelope::no_stack_trace::RULE,
    &envelope::no_credential::RULE,
    &envelope::no_nonce::RULE,
    &credential::MISSING,
    &credential::EMPTY,
    &credential::MALFORMED,
    &credential::OTHER_SCHEME,
    &credential::EXPIRED,
    &credential::UNSIGNED,
    &credential::WRONGLY_SIGNED,
    &credential::DUPLICATED,
    &credential::LACKING_AUTHORITY,
    &credential::SCHEME_CASE,
    &identity::same_id::RULE,
    &identity::repeatable::RULE,
    &identity::branch_type::RULE,
    &identity::unique_ids::RULE,
    &identity::date_time::RULE,
    &identity::times_in_order::RULE,
    &refusal::UNLISTED_INDEX,
    &refusal::UNLISTED_VALUE,
    &refusal::MISSING_UPLOAD,
    &refusal::MEDIA_TYPE,
    &refusal::UNREADABLE_MULTIPART,
    &refusal::UNKNOWN_THING,
    &refusal::IRREGULAR_INPUT,
    &rate::no_collapse::RULE,
    &rate::serves_after_wait::RULE,
];

/// Finds a rule by its id.
pub fn find(id: &str) -> Option<&'static Rule> {
    ALL.iter().copied().find(|rule| rule.id == id)
}

#[cfg(test)]
mod tests {
    use super::ALL;
    use std::collections::BTreeSet;

    #[test]
    fn every_rule_has_an_id_of_its_own_and_tells_what_it_is() {
        let ids: BTreeSet<&str> = ALL.iter().map(|rule| rule.id).collect();
        assert_eq!(ids.len(), ALL.len());
        for rule in ALL {
            let texts = [rule.title, rule.why, rule.clause, rule.example];
            assert!(texts.iter().all(|text| !text.trim().is_empty() && !text.contains("  ")), "{}", rule.id);
            assert!(
                rule.id.split_once('.').is_some_and(|(layer, name)| !layer.is_empty() && !name.is_empty()),
                "{}",
                rule.id
            );
        }
    }
}
