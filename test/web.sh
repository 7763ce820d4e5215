#!/bin/sh
# web.sh: what goes to the web and comes from it, against a server on loopback that fails as it is told to (test/tools/web_server.c).  $TOCSIN is the
# program, $SERVER the server.  Speaks TAP.
set -u
LC_ALL=C
export LC_ALL
# shellcheck source=test/tap.sh
. "$(dirname "$0")/tap.sh"
unset TOCSIN_LEDGER http_proxy https_proxy HTTP_PROXY HTTPS_PROXY ALL_PROXY all_proxy
dir=$(mktemp -d) || exit 1
served=
trap '[ -z "$served" ] || kill $served 2>/dev/null; rm -rf "$dir"' EXIT
cd "$dir" || exit 1

# serve STEP...: a server for what follows, and its address in $url; its log begins anew
serve() {
  [ -z "$served" ] || kill $served 2>/dev/null
  rm -f port log
  : >log
  "$SERVER" port log "$@" &
  served=$!
  i=0
  while [ ! -s port ] && [ $i -lt 100 ]; do
    i=$((i + 1))
    sleep 0.05
  done
  url=http://127.0.0.1:$(cat port)
}
asked() { [ "$(grep -c '^body: ' log)" = "$1" ]; ok $? "... $1 requests"; }

# ---- a webhook ----
cat >all.jsonl <<'END'
{"id":"aid-1","date":"2023-06-01","publisher":"Wire A","text":"Greece sent tanks to Armenia, the prime minister of Georgia said on Thursday."}
{"id":"aid-2","date":"2023-06-02","publisher":"Daily B","text":"Spain sent tanks to Chad on Friday."}
END
printf 'aid\tevent\ttype=AID status=actual\n' >tocsin.alerts
printf 'a secret of some length\n' >secret
gives 0 'documents' add -d a.db all.jsonl
cp a.db b.db
serve 200
gives 0 'a webhook' alerts -d a.db --webhook "$url/hook" --secret secret
lines out 0
asked 2
has log '^POST /hook HTTP/1.1'
has log '^Content-Type: application/json'
has log '^webhook-id: [0-9a-f]\{64\}$'
has log '^webhook-signature: v1,[A-Za-z0-9+/]\{43\}=$'
has log '^body: {"alert":"[0-9a-f]*","rule":"aid","kind":"event","day":"2023-06-01",'
now=$(date +%s) at=$(sed -n 's/^webhook-timestamp: //p' log | head -1)
[ $((now - at)) -lt 60 ] && [ $((now - at)) -ge 0 ]
ok $? '... with the time of sending'
if command -v openssl >/dev/null 2>&1; then
  id=$(sed -n 's/^webhook-id: //p' log | head -1)
  body=$(sed -n 's/^body: //p' log | head -1)
  want=$(printf '%s.%s.%s' "$id" "$at" "$body" | openssl dgst -sha256 -hmac 'a secret of some length' -binary | openssl base64)
  [ "$(sed -n 's/^webhook-signature: v1,//p' log | head -1)" = "$want" ]
  ok $? '... signed as OpenSSL signs it'
fi
gives 0 'again' alerts -d a.db --webhook "$url/hook" --secret secret
asked 2
gives 0 'another address' alerts -d a.db --webhook "$url/other" --secret secret
asked 4
gives 0 'stdout has its own' alerts -d a.db --json
lines out 2

cp b.db a.db
serve 500 close hang 503 200
gives 0 'one that fails at first' alerts -d a.db --webhook "$url" --secret secret --timeout 1
asked 6
[ "$(grep '^webhook-id' log | head -5 | sort -u | wc -l)" = 1 ]
ok $? '... each try with the same id'
[ "$(grep '^webhook-signature' log | sort -u | wc -l)" -gt 2 ]
ok $? '... and a signature of its own'

cp b.db a.db
serve deaf:700 200
gives 0 'one that is not there at first' alerts -d a.db --webhook "$url" --secret secret
asked 2

cp b.db a.db
serve 500
gives 1 'one that fails always' alerts -d a.db --webhook "$url" --secret secret --tries 3
asked 3
has err 'it answers 500, tried 3 times: it and those behind it are sent next time'
lines err 1
serve 200
gives 0 'later' alerts -d a.db --webhook "$url" --secret secret
asked 2

cp b.db a.db
serve 404 200
gives 1 'an answer of 4xx' alerts -d a.db --webhook "$url" --secret secret
asked 2
has err 'it answers 404: see to the receiver'
gives 0 '... is not tried again in this run, but in the next' alerts -d a.db --webhook "$url" --secret secret
asked 3
serve to:http://127.0.0.1:1/ 200
cp b.db a.db
gives 1 'a redirect is not followed' alerts -d a.db --webhook "$url" --secret secret
has err 'it answers 302'
serve endless
cp b.db a.db
gives 0 'an answer without end, but of 200' alerts -d a.db --webhook "$url" --secret secret
kill $served
served=
gives 1 'nobody there' alerts -d a.db --webhook "$url/x" --secret secret --tries 1
has err "$url/x: "

gives 2 'no secret' alerts -d a.db --webhook "$url"
gives 2 'an address that is none' alerts -d a.db --webhook ftp://localhost --secret secret
gives 3 'a secret that is not there' alerts -d a.db --webhook "$url" --secret none
has err 'none: cannot read the secret'
printf 'short\n' >short
gives 3 'a short one' alerts -d a.db --webhook "$url" --secret short
printf 'whsec_x\n' >bad
gives 3 'one that is no Base64' alerts -d a.db --webhook "$url" --secret bad
gives 3 'one without end' alerts -d a.db --webhook "$url" --secret /dev/zero

# ---- documents from addresses ----
printf 'Greece sends tanks\nGreece sent tanks to Armenia on Thursday.\n' >plain.txt
printf '{"id":"j1","text":"Spain sent tanks to Chad on Friday."}\n{"id":"j2","text":"Cut \n{"id":"j3","text":"Iran criticised Greece."}\n' >some.jsonl
printf '<html><body><p>Greece sent tanks.</p></body></html>\n' >page.html
serve file:text/plain:plain.txt
gives 0 'a text from an address' add -d web.db --date 2023-06-01 "$url/news/plain.txt"
asked 1
has log '^GET /news/plain.txt HTTP/1.1'
has log '^User-Agent: tocsin/'
[ "$(cat out)" = "$(sha256sum <plain.txt | cut -c1-64)" ]
ok $? '... is known by its digest'
gives 0 'asked for' export -d web.db --format jsonl
has out "\"url\":\"$url/news/plain.txt\""
serve file:some.jsonl
gives 1 'JSON Lines' add -d web.db "$url/x"
lines out 2
has err "$url/x:2: not valid JSON"
serve "to:/other" "to:/third" file:plain.txt
gives 0 'behind redirects' add -d redirected.db "$url/first"
lines out 1
serve "to:/round"
gives 1 'redirects without end' add -d web.db "$url/round" plain.txt
lines out 1
has err "$url/round: cannot be fetched (.*redirect"
asked 6
printf 'file:///etc/passwd' >where
serve "to:file://$dir/plain.txt"
gives 1 'a redirect to a file' add -d web.db "$url/x"
has err 'cannot be fetched'
lines out 0
serve 404
gives 1 'an answer of 404' add -d web.db "$url/x" plain.txt
has err "$url/x: answers 404: check the address"
lines out 1
serve cut
gives 1 'an answer that is cut off' add -d web.db "$url/x"
has err 'cannot be fetched'
lines out 0
serve endless
gives 1 'an answer without end' add -d web.db --max-text 10K "$url/x"
has err "$url/x: more than 4225024 bytes: fetch it into a file"
serve file:page.html
gives 1 'a page' add -d web.db "$url/page.html"
has err "$url/page.html: is HTML"
gives 1 'another scheme' add -d web.db ftp://localhost/x plain.txt
has err 'ftp://localhost/x: of the web only http and https are fetched'
lines out 1
gives 1 'no address' add -d web.db 'http://' 'http:// /' "http://$(printf '\377\001')/"
lines err 3
gives 1 'a long one' add -d web.db "$url/$(head -c 100000 /dev/zero | tr '\0' x)"
kill $served
served=
gives 1 'nobody there' add -d web.db "$url/x" plain.txt
has err "$url/x: cannot be fetched"
lines out 1
echo "1..$n"
