# The recipes of this project; `just ready` is what CI runs.

ready:
    .ci/run

fmt:
    cargo fmt

lint:
    cargo clippy --all-targets -- -D warnings

test:
    cargo test

check *ARGS:
    cargo run -- check {{ARGS}}

# What a rate limit costs a run, and what we add.
pace:
    cargo build
    .ci/pace
