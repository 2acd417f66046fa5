#!/usr/bin/env bash
# Builds every fuzz target into $OUT, each with its corpus and dictionary, as ClusterFuzzLite expects them.
# By hand:  OUT=/tmp/out SANITIZER=none .clusterfuzzlite/build.sh
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")"
[ -d ../fuzz ] && cd .. || cd "${SRC:?}/tenantcheck"
sanitizer=${SANITIZER:-address}
[ "$sanitizer" = coverage ] && sanitizer=none

cargo fuzz build --sanitizer "$sanitizer" --release
corpus=$(mktemp -d)
# The builder's flags are for the targets; seeds is an ordinary program.
env -u RUSTFLAGS cargo run --locked --release --manifest-path fuzz/Cargo.toml --example seeds -- "$corpus"
for file in fuzz/fuzz_targets/*.rs; do
    target=$(basename "$file" .rs)
    cp "${CARGO_TARGET_DIR:-fuzz/target}/x86_64-unknown-linux-gnu/release/$target" "$OUT/"
    (cd "$corpus/$target" && python3 -m zipfile -c "$OUT/${target}_seed_corpus.zip" ./*)
    cp "$(fuzz/run dictionary "$target")" "$OUT/$target.dict"
done
