//! Whatever a tenant sends is text on the page, and the page loads nothing and sends nothing.

use crate::hostile::{acts, with_hostile_texts};
use crate::page;
use crate::parsed::Parsed;
use crate::recorded::run;
use base64::{Engine as _, engine::general_purpose::STANDARD};
use std::collections::BTreeSet;
use tenantcheck::event::Event;

const MARKUP: &str = "</script></style></pre></textarea></title><zz onzz=1><script>zz()</script><img src=zz onerror=zz()>\
     \"' onzz='zz()' style=zz --><!-- {{ 7 * 7 }}{% raw %}&lt;zz&gt;\u{202e}\u{1b}[2J\0";

fn names(parsed: &Parsed) -> BTreeSet<String> {
    let of = |(element, attributes): &(String, std::collections::BTreeMap<String, String>)| {
        let attributes: Vec<String> = attributes.keys().map(|name| format!("{element} {name}")).collect();
        [vec![element.clone()], attributes].concat()
    };
    parsed.elements.iter().flat_map(of).collect()
}

#[test]
fn no_element_and_no_attribute_comes_from_a_tenant() {
    let ordinary = Parsed::of(&page(&run()));
    for hostile in [MARKUP, "\"><svg/onload=zz()>", "javascript:zz()//", "]]>", "<", "&#60;zz&#62;"] {
        for spared in [&["/verdict"][..], &[]] {
            let events: Vec<Event> = run().iter().map(|event| with_hostile_texts(event, hostile, spared)).collect();
            let text = page(&events);
            let parsed = Parsed::of(&text);
            parsed.assert_whole();
            let strange: Vec<String> = names(&parsed).difference(&names(&ordinary)).cloned().collect();
            let ours = ["p", "p class", "i", "i class", "p class", "code", "code class", "svg", "li", "ul"];
            assert!(strange.iter().all(|name| ours.contains(&name.as_str())), "{hostile}: {strange:?}");
            assert_eq!(parsed.code, ordinary.code, "{hostile}");
            assert_eq!(text.chars().find(|character| acts(*character)), None, "{hostile}");
        }
    }
}

#[test]
fn what_was_sent_can_be_read_on_the_page() {
    let events: Vec<Event> = run().iter().map(|event| with_hostile_texts(event, MARKUP, &["/verdict"])).collect();
    let text = Parsed::of(&page(&events)).text;
    for shown in
        ["</script></style></pre>", "<img src=zz onerror=zz()>", "\\u{202e}\\x1b[2J\\x00", "{{ 7 * 7 }}{% raw %}"]
    {
        assert!(text.contains(shown), "{shown}");
    }
}

#[test]
fn bytes_that_are_no_text_are_visible() {
    let text = Parsed::of(&page(&run())).text;
    for shown in ["0000 89 50 4e 47 0d 0a 1a 0a", "which are no text, as hex", "\\xff\\xfe\\x07", "1,\"O'Neil\"\\r"] {
        assert!(text.contains(shown), "{shown}");
    }
}

#[test]
fn nothing_may_be_loaded_or_sent() {
    let parsed = Parsed::of(&page(&run()));
    parsed.assert_whole();
    for (element, attributes) in &parsed.elements {
        let forbidden = ["src", "srcset", "action", "formaction", "style", "data", "ping", "background"];
        let found = attributes.keys().find(|name| name.starts_with("on") || forbidden.contains(&name.as_str()));
        assert_eq!(found, None, "{element}");
        assert!(!["link", "img", "iframe", "object", "embed", "base", "audio", "video"].contains(&element.as_str()));
    }
    let refused = ["url(", "@import", "fetch(", "XMLHttpRequest", "innerHTML", "http://", "https://", "eval("];
    for code in parsed.code.values().flatten() {
        assert_eq!(refused.iter().find(|word| code.contains(**word)), None);
    }
}

#[test]
fn only_the_two_that_stand_in_the_page_may_style_and_run() {
    let parsed = Parsed::of(&page(&run()));
    let policy = parsed.values("content").find(|content| content.starts_with("default-src")).unwrap();
    assert!(policy.starts_with("default-src 'none'; ") && !policy.contains("unsafe"), "{policy}");
    assert!(policy.contains("base-uri 'none'; form-action 'none'"), "{policy}");
    for kind in ["style", "script"] {
        let [code] = parsed.code[kind].as_slice() else { panic!("one {kind}") };
        let digest = ring::digest::digest(&ring::digest::SHA256, code.as_bytes());
        assert!(policy.contains(&format!("{kind}-src 'sha256-{}'", STANDARD.encode(digest))), "{kind}: {policy}");
    }
    assert_eq!((parsed.count("script"), parsed.count("style")), (1, 1));
}
