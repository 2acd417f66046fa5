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

# A few thousand inputs of every fuzz target, with the stable toolchain.
fuzz-smoke:
    fuzz/run smoke

# Fuzzes one target with cargo-fuzz, as in `just fuzz-target service -max_total_time=600`.
fuzz-target TARGET *FLAGS:
    fuzz/run {{TARGET}} {{FLAGS}}
