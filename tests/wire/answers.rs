//! Answers, whole, broken and hostile.

use crate::server::Server;
use crate::{BOTH, answer, body, failure, leveled, probe, send, wire};
use tenantcheck::exchange::{End, FailureKind, Outcome, Secrets, Way};

#[tokio::test]
async fn both_ways_read_the_same_answer_however_it_is_framed() {
    for framed in [
        "HTTP/1.1 200 OK\r\nX-A: 1\r\nContent-Length: 5\r\nX-A: 2\r\n\r\nhello",
        "HTTP/1.1 200 Fine By Me\r\nX-A: 1\r\nX-A: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhe\r\n3;x\r\nllo\r\n0\r\n\r\n",
        "HTTP/1.1 200 \r\nX-A: 1\r\nX-A: 2\r\n\r\nhello",
        "HTTP/1.0 200 OK\r\nX-A: 1\r\nX-A: 2\r\nContent-Length: 5\r\n\r\nhello",
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Hints\r\nA: b\r\n\r\nHTTP/1.1 200 OK\r\nX-A: 1\r\nX-A: 2\r\nContent-Length: 5\r\n\r\nhello",
    ] {
        let mut seen = Vec::new();
        for way in BOTH {
            let server = Server::answering(framed, true);
            let got = leveled(answer(send(server.port, &probe(way)).await));
            assert_eq!((got.status, &got.body, &got.end), (200, &body("hello"), &End::Complete), "{way:?} {framed:?}");
            let values: Vec<_> = got.header("x-a").map(|value| value.text().into_owned()).collect();
            assert_eq!(values, ["1", "2"], "{way:?}");
            seen.push((got.version, got.reason));
        }
        assert_eq!(seen[0], seen[1], "{framed:?}");
    }
}

#[tokio::test]
async fn the_same_answer_is_the_same_to_the_letter_but_for_the_case_of_names() {
    let framed = "HTTP/1.1 404 Not Found\r\nContent-Type: application/json\r\nContent-Length: 2\r\nDate: x\r\n\r\n{}";
    let server = Server::answering(framed, true);
    let ordinary = leveled(answer(send(server.port, &probe(Way::Ordinary)).await));
    let exact = leveled(answer(send(server.port, &probe(Way::Exact)).await));
    assert_eq!(ordinary, exact);
}

#[tokio::test]
async fn answers_without_a_body_end_with_their_head() {
    for way in BOTH {
        let server = Server::answering("HTTP/1.1 204 No Content\r\nContent-Length: 7\r\n\r\n", false);
        let got = answer(send(server.port, &probe(way)).await);
        assert_eq!((got.status, got.body, got.end), (204, body(""), End::Complete), "{way:?}");
        let server = Server::answering("HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\n", false);
        let mut head = probe(way);
        head.method = "HEAD".into();
        let got = answer(send(server.port, &head).await);
        assert_eq!((got.status, got.body, got.end), (200, body(""), End::Complete), "{way:?}");
    }
}

#[tokio::test]
async fn a_body_that_is_cut_short_is_an_answer_with_what_came() {
    for way in BOTH {
        let server = Server::answering("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhello", true);
        let got = answer(send(server.port, &probe(way)).await);
        let end = End::Truncated { declared: Some(9), received: 5 };
        assert_eq!((got.body, got.end), (body("hello"), end), "{way:?}");

        let server = Server::answering("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n", true);
        let got = answer(send(server.port, &probe(way)).await);
        let end = End::Truncated { declared: None, received: 5 };
        assert_eq!((got.body, got.end), (body("hello"), end), "{way:?}");
    }
}

#[tokio::test]
async fn a_broken_chunk_is_bad_framing() {
    for way in BOTH {
        let server =
            Server::answering("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\nzz\r\n", true);
        let got = answer(send(server.port, &probe(way)).await);
        assert_eq!((got.status, got.body), (200, body("hello")), "{way:?}");
        assert!(matches!(got.end, End::BadFraming(_)), "{way:?} {:?}", got.end);
    }
}

#[tokio::test]
async fn lengths_that_contradict_each_other_are_told() {
    for lengths in ["Content-Length: 5\r\nContent-Length: 6", "Content-Length: five"] {
        let framed = format!("HTTP/1.1 200 OK\r\n{lengths}\r\n\r\nhello");
        let server = Server::answering(framed.clone(), true);
        let got = answer(send(server.port, &probe(Way::Exact)).await);
        assert_eq!(got.status, 200);
        assert!(matches!(&got.end, End::BadFraming(why) if why.contains("Content-Length")), "{:?}", got.end);
        // reqwest shows nothing of such an answer but its own word for it.
        let hidden = failure(send(server.port, &probe(Way::Ordinary)).await);
        assert_eq!(hidden.kind, FailureKind::NotHttp);
        assert!(hidden.detail.contains("content-length"), "{}", hidden.detail);
    }
}

#[tokio::test]
async fn a_reset_in_the_middle_keeps_what_came() {
    for way in BOTH {
        let server = Server::start(|mut guest| {
            // The last byte of the request stays unread, so that closing is a reset.
            let mut most = [0; 20];
            std::io::Read::read_exact(&mut guest.stream, &mut most).unwrap();
            guest.say("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhello");
            std::thread::sleep(std::time::Duration::from_millis(100));
            guest.reset();
        });
        let got = answer(send(server.port, &probe(way)).await);
        assert_eq!((got.body, got.end), (body("hello"), End::Reset), "{way:?}");
    }
}

#[tokio::test]
async fn a_body_over_the_limit_is_too_large_and_its_beginning_is_kept() {
    for way in BOTH {
        let endless = Server::start(|mut guest| {
            guest.request();
            guest.say("HTTP/1.1 200 OK\r\n\r\n");
            for _ in 0..1000 {
                if !guest.say([b'x'; 16 * 1024]) {
                    return;
                }
            }
        });
        let got = answer(send(endless.port, &probe(way)).await);
        assert_eq!((got.body.0.len(), got.end), (1 << 20, End::TooLarge { limit: 1 << 20 }), "{way:?}");
    }
}

#[tokio::test]
async fn what_is_not_http_is_told_with_its_first_bytes_where_they_are_seen() {
    for way in BOTH {
        let server = Server::answering("SSH-2.0-OpenSSH_9.9\r\n", true);
        let got = failure(send(server.port, &probe(way)).await);
        assert_eq!(got.kind, FailureKind::NotHttp, "{way:?} {got:?}");
        if way == Way::Exact {
            assert_eq!(got.head.text(), "SSH-2.0-OpenSSH_9.9\r\n");
        }
    }
}

#[tokio::test]
async fn endless_heads_and_floods_of_informational_answers_end() {
    for way in BOTH {
        for (first, piece) in [("HTTP/1.1 200 OK\r\n", "X-A: b\r\n"), ("", "HTTP/1.1 102 Processing\r\n\r\n")] {
            let server = Server::start(move |mut guest| {
                guest.request();
                guest.say(first);
                let piece = piece.repeat(100);
                for _ in 0..20_000 {
                    if !guest.say(&piece) {
                        return;
                    }
                }
            });
            let kind = failure(send(server.port, &probe(way)).await).kind;
            // reqwest waits through informational answers for as long as they come.
            let patient = way == Way::Ordinary && first.is_empty() && kind == FailureKind::Silence;
            assert!(kind == FailureKind::NotHttp || patient, "{way:?} {piece:?} {kind:?}");
        }
    }
}

#[tokio::test]
async fn a_redirect_is_an_answer_like_any_other() {
    for way in BOTH {
        let server = Server::answering("HTTP/1.1 302 Found\r\nLocation: /other\r\nContent-Length: 0\r\n\r\n", false);
        assert_eq!(answer(send(server.port, &probe(way)).await).status, 302);
        assert_eq!(server.heard(|heard| heard.requests.len()), 1, "{way:?}");
    }
}

#[tokio::test]
async fn content_codings_are_left_on() {
    for way in BOTH {
        let server =
            Server::answering("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\n\x1f\x0bz", false);
        assert_eq!(answer(send(server.port, &probe(way)).await).body, body("\x1f\x0bz"), "{way:?}");
    }
}

#[tokio::test]
async fn secrets_stand_as_markers_in_everything_that_came_back() {
    for way in BOTH {
        let mut secrets = Secrets::default();
        secrets.insert("full", "canary");
        let framed = "HTTP/1.1 400 No canary\r\nX-Echo: <canary>\r\nContent-Length: 14\r\n\r\n{\"t\":\"canary\"}";
        let server = Server::answering(framed, false);
        let mut probe = probe(way);
        probe.headers.push(("Authorization".into(), "Bearer {{secret full}}".into()));
        let (outcome, _) = wire(server.port, secrets.clone()).send(&probe).await;
        let got = answer(outcome);
        assert!(server.last().to_lowercase().contains("authorization: bearer canary\r\n"));
        assert_eq!((got.end, got.body), (End::Complete, body("{\"t\":\"{{secret full}}\"}")), "{way:?}");
        assert_eq!(got.reason, "No {{secret full}}", "{way:?}");
        assert_eq!(got.headers[0].1, body("<{{secret full}}>"), "{way:?}");

        let garbage = Server::answering("canary says hello\r\n", false);
        let (outcome, _) = wire(garbage.port, secrets).send(&probe).await;
        assert!(!format!("{outcome:?}").contains("canary"), "{way:?} {outcome:?}");
    }
}

#[tokio::test]
async fn connections_that_end_before_an_answer_are_told_apart() {
    for way in BOTH {
        let closing = Server::answering("", true);
        assert_eq!(failure(send(closing.port, &probe(way)).await).kind, FailureKind::Closed, "{way:?}");
        assert_eq!(closing.heard(|heard| heard.requests.len()), 1, "a fresh connection is never tried twice");

        let half = Server::answering("HTTP/1.1 200 O", true);
        assert_eq!(failure(send(half.port, &probe(way)).await).kind, FailureKind::Closed, "{way:?}");

        let resetting = Server::start(super::server::Guest::reset);
        assert_eq!(failure(send(resetting.port, &probe(way)).await).kind, FailureKind::Reset, "{way:?}");
    }
}

#[tokio::test]
async fn an_answer_before_the_request_is_an_answer() {
    for way in BOTH {
        for _ in 0..20 {
            let server = Server::start(|mut guest| {
                guest.say("HTTP/1.1 503 Full\r\nConnection: close\r\nContent-Length: 4\r\n\r\nfull");
            });
            match send(server.port, &probe(way)).await {
                Outcome::Answered(got) => assert_eq!((got.status, got.body), (503, body("full")), "{way:?}"),
                // Where it comes in the very moment of sending, reqwest drops it and says so.
                Outcome::Failed(why) => {
                    let dropped = why.kind == FailureKind::Closed && why.detail.contains("unexpected message");
                    assert!(way == Way::Ordinary && dropped, "{way:?} {why:?}");
                }
            }
        }
    }
}
