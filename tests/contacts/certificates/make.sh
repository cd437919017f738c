#!/usr/bin/env bash
# Makes the certificates of these tests anew with gpg: bash tests/contacts/certificates/make.sh
# All begin on 2023-01-01, so that no test depends on the day it runs. The secret keys open nothing but what tests seal.
set -euo pipefail
cd "$(dirname "$0")"
began=20230101T000000 later=20230601T000000 last=20230901T000000
export GNUPGHOME
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

ring() { # ring NAME: a keyring of its own
    GNUPGHOME=$work/$1
    mkdir -p -m 700 "$GNUPGHOME"
}
at() { # at TIME ARGUMENTS…: gpg at that time, without questions
    local time=$1
    shift
    gpg --batch --quiet --no-tty --pinentry-mode loopback --passphrase "${passphrase:-}" --faked-system-time "$time!" "$@"
}
primary() { # primary NAME [USAGE [END]]: a primary key; its fingerprint stays in $mark
    ring "$1"
    at $began --quick-gen-key "Test $1 (not a person) <$1@example.org>" ed25519 "${2:-cert}" "${3:-never}" 2>/dev/null
    mark=$(gpg --list-keys --with-colons 2>/dev/null | awk -F: '/^fpr/ {print $10; exit}')
}
subkey() { # subkey TIME KIND USAGE END: adds one; its fingerprint stays in $sub
    at "$1" --quick-add-key "$mark" "$2" "$3" "$4" 2>/dev/null
    sub=$(gpg --list-keys --with-colons 2>/dev/null | awk -F: '/^sub/ {s = 1} /^fpr/ && s {f = $10; s = 0} END {print f}')
}
edit() { # edit TIME ANSWER…: gpg --edit-key
    local time=$1
    shift
    printf '%s\n' "$@" | gpg --quiet --no-tty --pinentry-mode loopback --passphrase '' --faked-system-time "$time!" \
        --command-fd 0 --status-fd 2 --edit-key "$mark" >/dev/null 2>&1
}
public() { gpg --quiet --armor --export "$mark" >"$1.asc" 2>/dev/null; }
secret() { gpg --batch --quiet --pinentry-mode loopback --passphrase "${passphrase:-}" --armor --export-secret-keys "$mark" >"$1-secret-test-only.asc" 2>/dev/null; }
joined() { # joined NAME FILE…: one certificate with the signatures of all: gpg drops an old binding when it makes a new one
    local name=$1
    shift
    ring "$name-joined"
    for file in "$@"; do at $last --import "$file" 2>/dev/null; done
    public "$name"
}

primary valid; subkey $began cv25519 encr never; public valid; secret valid
primary second; subkey $began cv25519 encr never; public second; secret second
cat valid.asc second.asc >two.asc
primary ending cert 20600101T000000; subkey $began cv25519 encr 20550101T000000; public ending
primary rsa; subkey $began rsa3072 encr never; public rsa; secret rsa
passphrase='three small boats' primary protected; passphrase='three small boats' subkey $began cv25519 encr never
public protected; passphrase='three small boats' secret protected

primary expired-primary cert 30d; subkey $began cv25519 encr never; public expired-primary
primary expired-subkey; subkey $began cv25519 encr 30d; public expired-subkey; secret expired-subkey
primary signing-only; subkey $began ed25519 sign never; public signing-only
primary no-subkey; public no-subkey
primary revoked; subkey $began cv25519 encr never
sed 's/^:---/---/' "$GNUPGHOME/openpgp-revocs.d/$mark.rev" >"$work/revocation"; at $later --import "$work/revocation" 2>/dev/null; public revoked
primary revoked-subkey; subkey $began cv25519 encr never
edit $later 'key 1' revkey y 0 '' y save; public revoked-subkey

primary renewed; subkey $began cv25519 encr 30d; gpg --export "$mark" >"$work/1" 2>/dev/null
at $later --quick-set-expire "$mark" 0 "$sub" 2>/dev/null; gpg --export "$mark" >"$work/2" 2>/dev/null; secret renewed
joined renewed "$work/1" "$work/2"
primary shortened; subkey $began cv25519 encr never; gpg --export "$mark" >"$work/1" 2>/dev/null
at $later --quick-set-expire "$mark" 20230615T000000 "$sub" 2>/dev/null; gpg --export "$mark" >"$work/2" 2>/dev/null
joined shortened "$work/1" "$work/2"
primary rotated; subkey $began cv25519 encr 30d; subkey $began cv25519 encr never; edit $later 'key 2' revkey y 0 '' y save
subkey $later cv25519 encr never; public rotated; secret rotated

primary lapsed-newer; subkey $began cv25519 encr never; subkey $later cv25519 encr 30d; public lapsed-newer; secret lapsed-newer

ring weak; printf 'cert-digest-algo SHA1\npersonal-digest-preferences SHA1\n' >"$GNUPGHOME/gpg.conf"
primary weak; subkey $began cv25519 encr never; public weak
