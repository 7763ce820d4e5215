"""Reads exports back by programs that are not ours: validate_exports.py FOLDER, made by tool/validate.sh.  One line a check; exit status 1 when one fails."""
import csv, importlib.metadata, json, pathlib, sys

folder = pathlib.Path(sys.argv[1])
failed = 0


def check(name, package, run):
    global failed
    try:
        what = run()
        version = importlib.metadata.version(package) if package else sys.version.split()[0]
        print(f"ok - {name}: {what} ({package or 'json of Python'} {version})")
    except Exception as why:  # whatever the reader finds wrong
        failed += 1
        print(f"not ok - {name} ({package}): {why}")


def tables():
    import duckdb
    said = []
    for path in sorted((folder / "csv").glob("*.csv")):
        with open(path, newline="") as lines: want = len(list(csv.reader(lines, strict=True))) - 1
        n = duckdb.sql(f"SELECT count(*) FROM read_csv('{path}', header = true, all_varchar = true, strict_mode = true, sample_size = -1)").fetchall()[0][0]
        assert n == want, f"{path.name}: {n} lines, want {want}"
        said.append(f"{n} {path.stem}")
    return ", ".join(said)


def gdelt():
    import pandas
    events = pandas.read_csv(folder / "gdelt/events.tsv", sep="\t", header=None, quoting=csv.QUOTE_NONE, dtype={26: str, 27: str, 28: str})
    mentions = pandas.read_csv(folder / "gdelt/mentions.tsv", sep="\t", header=None, quoting=csv.QUOTE_NONE)
    assert events.shape[1] == 61 and mentions.shape[1] == 16, "columns"
    assert events[0].is_unique and set(mentions[0]) == set(events[0]), "ids"
    assert (mentions.groupby(0).size().reindex(events[0]).values == events[31].values).all(), "NumMentions"
    assert events[29].between(1, 4).all() and events[30].between(-10, 10).all(), "QuadClass, GoldsteinScale"
    assert (events[26].str[:3] == events[27]).all() and (events[26].str[:2] == events[28]).all(), "codes"
    return f"{len(events)} events, {len(mentions)} mentions"


def points():
    import geojson
    from shapely.geometry import shape
    whole = geojson.loads((folder / "export.geojson").read_text())
    assert whole.is_valid, whole.errors()
    for feature in whole.features: assert shape(feature.geometry).is_valid
    return f"{len(whole.features)} features"


def plans():
    import icalendar
    whole = icalendar.Calendar.from_ical((folder / "export.ics").read_bytes())
    events = whole.walk("VEVENT")
    assert len({str(e["UID"]) for e in events}) == len(events), "UID"
    for e in events: assert e["DTSTART"].dt and e["DTSTAMP"].dt and e["SUMMARY"]
    return f"{len(events)} plans"


def records():
    lines = [json.loads(line) for line in (folder / "plover.jsonl").read_text().splitlines()]
    assert all(r["actor"] and r["event"] for r in lines)
    return f"{len(lines)} records"


check("csv", "duckdb", tables)
check("gdelt", "pandas", gdelt)
check("geojson", "geojson", points)
check("ics", "icalendar", plans)
def claims():
    from pyld import jsonld
    whole = json.loads((folder / "export.jsonld").read_text())
    nodes = [n for n in jsonld.flatten(whole) if "https://schema.org/Claim" in n.get("@type", [])]
    assert len(nodes) == len(whole["@graph"]), "ids that are not unique"
    for n in nodes: assert n["https://schema.org/text"] and ("https://schema.org/appearance" in n or "https://schema.org/firstAppearance" in n)
    return f"{len(nodes)} claims"


check("claim", "PyLD", claims)
def bundle():
    from stix2validator import ValidationOptions, validate_file
    # 103: ids should be random (UUID version 4); ours are made of names (version 5), so that the same thing has the same id
    found = validate_file(str(folder / "export.stix.json"), ValidationOptions(version="2.1", disabled=["103"]))
    assert found.is_valid, [str(e) for r in found.object_results for e in r.errors]
    said = [str(w) for r in found.object_results for w in r.warnings]
    objects = json.loads((folder / "export.stix.json").read_text())["objects"]
    ids = {o["id"] for o in objects}
    assert len(ids) == len(objects), "ids that are not unique"
    assert all(ref in ids for o in objects for ref in o.get("object_refs", [])), "references that lead nowhere"
    kinds = sorted({o["type"] for o in objects})
    return ", ".join(f"{sum(o['type'] == k for o in objects)} {k}" for k in kinds) + f", {len(said)} warnings" + (f": {said[0]}" if said else "")


def feeds():
    import feedparser, rnc2rng
    from lxml import etree
    grammar = rnc2rng.dumps(rnc2rng.load(str(pathlib.Path(__file__).parent / "atom.rnc")))
    schema = etree.RelaxNG(etree.fromstring(grammar.encode()))
    said = []
    for path in sorted(folder.glob("*.atom")):
        schema.assertValid(etree.parse(str(path)))
        feed = feedparser.parse(path.read_bytes())
        assert not feed.bozo and feed.version == "atom10" and feed.feed.id and feed.feed.updated_parsed, feed.get("bozo_exception")
        assert len({e.id for e in feed.entries}) == len(feed.entries), "ids that are not unique"
        assert all(e.title and e.updated_parsed and e.content[0].value for e in feed.entries)
        said.append(f"{len(feed.entries)} entries")
    return ", ".join(said)


def webhook():
    """Receives what the ledger's alerts send, refuses the first by 500, and has the signatures checked."""
    import base64, http.server, os, subprocess, threading
    from standardwebhooks import Webhook, WebhookVerificationError
    secret = "whsec_" + base64.b64encode(b"a secret that validates webhooks").decode()
    (folder / "secret").write_text(secret + "\n")
    seen, bad = [], []

    class Receiver(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            try:
                seen.append(Webhook(secret).verify(body, dict(self.headers.items()))["alert"])
            except WebhookVerificationError as why:
                bad.append(str(why))
            self.send_response(500 if len(seen) == 1 else 204)
            self.end_headers()

        def log_message(self, *args): pass

    server = http.server.HTTPServer(("127.0.0.1", 0), Receiver)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    subprocess.run([os.environ["TOCSIN"], "alerts", "-d", os.environ["LEDGER"], "--rules", "demo/story/tocsin.alerts", "--webhook",
                    f"http://127.0.0.1:{server.server_port}/", "--secret", str(folder / "secret")], check=True)
    server.shutdown()
    assert not bad, bad
    assert len(set(seen)) == len(seen) - 1 and seen[0] == seen[1], "the first one comes again, no other"
    return f"{len(set(seen))} alerts, signatures verified"


check("atom, schema of RFC 4287", "lxml", feeds)
check("webhook", "standardwebhooks", webhook)
check("stix", "stix2-validator", bundle)
check("plover", None, records)
sys.exit(failed > 0)
