"""Looks at a published site as its readers do, in headless Chromium, and prints what is not as it should be.

in-a-browser.py SITE [--axe] [--screenshots FOLDER]
"""
import argparse
import json
import os
import pathlib
import re
import shutil
import sys

from playwright.sync_api import sync_playwright

arguments = argparse.ArgumentParser()
arguments.add_argument("site", type=pathlib.Path)
arguments.add_argument("--axe", action="store_true")
arguments.add_argument("--screenshots", type=pathlib.Path)
options = arguments.parse_args()
site = options.site.resolve()
faults = []


def expect(holds, what):
    if not holds:
        faults.append(what)


def address(page):
    return f"file://{site}/{page}"


report = json.loads((site / "downloads/round.json").read_text(encoding="utf-8"))
asked = {o["code"]: o for o in report["organisations"] if o["asked"] and "excludedBecause" not in o}
first = min(asked, default="")
kinds = [p for p in ["index.html", "hospitals.html", "lists.html", "methods.html", "corrections.html", "report.html"]
         if (site / p).exists()] + ([f"organisations/{first}.html"] if asked else [])


def watched(context):
    page = context.new_page()
    page.on("pageerror", lambda error: faults.append(f"script error: {error}"))
    page.on("console", lambda m: m.type in ("error", "warning") and faults.append(f"console: {m.text[:200]}"))
    page.on("request", lambda r: r.url.startswith(f"file://{site}/") or faults.append(f"asks for {r.url[:100]}"))
    page.on("dialog", lambda d: (faults.append("a dialog opened"), d.dismiss()))
    return page


def check_desktop(page):
    page.goto(address("index.html"))
    if not asked:
        return
    marks = page.eval_on_selector_all("#map .mark", """marks => marks.map(mark => {
        const circle = mark.querySelector('circle');
        return [mark.dataset.code, mark.classList[1], circle.cx.baseVal.value, circle.cy.baseVal.value];
    })""")
    rows = page.eval_on_selector_all("#table tbody tr", "rows => rows.map(r => [r.dataset.code, r.dataset.status])")
    expect(sorted(m[:2] for m in marks) == sorted(rows), "map and table do not agree mark for mark")
    expect({m[0] for m in marks} == set(asked), "the map does not show every organisation that was asked")
    expect(all(asked[c].get("status", s) == s for c, s, *_ in marks), "a mark has another status than the JSON")
    near = [(a[0], b[0]) for i, a in enumerate(marks) for b in marks[i + 1:]
            if (a[2] - b[2]) ** 2 + (a[3] - b[3]) ** 2 < 16 ** 2]
    expect(not near, f"marks cover each other: {near[:5]}")
    key = page.eval_on_selector_all(".key .count", "counts => counts.map(c => [c.dataset.status, c.textContent])")
    for status, count in key:
        expect(int(re.sub(r"\D", "", count)) == sum(m[1] == status for m in marks), f"the key miscounts {status}")
    expect(sum(int(re.sub(r"\D", "", c)) for _, c in key) == len(marks), "the key does not count every mark")

    # The key switches marks and rows off and on.
    status = marks[0][1]
    page.uncheck(f"#show-{status}")
    expect(page.locator(f".mark.{status}:visible").count() == 0, "a mark that was switched off shows")
    expect(page.locator(f"tr.{status}:visible").count() == 0, "a row that was switched off shows")
    page.check(f"#show-{status}")
    expect(page.locator(f".mark.{status}:visible").count() > 0, "marks that were switched on do not show")

    # A click opens the details, Escape closes them, the focus comes back.
    mark = page.locator(f'.mark[data-code="{first}"]')
    mark.click()
    expect(page.locator("#details").is_visible(), "a click on a mark opens nothing")
    expect(first in page.locator("#details-body").inner_text(), "the details do not name the code")
    page.keyboard.press("Escape")
    expect(not page.locator("#details").is_visible(), "Escape does not close the details")
    expect(page.evaluate("document.activeElement.dataset.code") == first, "the focus does not come back to the mark")

    # Keys alone: one stop for the map, arrows between marks, Enter opens.
    expect(page.locator('.mark[tabindex="0"]').count() == 1, "the map is not one stop of the tab key")
    if len(marks) > 1:
        page.evaluate("""() => document.querySelector('.mark[tabindex="0"]').focus()""")
        before = page.evaluate("document.activeElement.dataset.code")
        for direction in ["ArrowRight", "ArrowLeft", "ArrowDown", "ArrowUp"]:
            page.keyboard.press(direction)
        expect(page.evaluate("document.activeElement.classList.contains('mark')"), "arrow keys leave the map")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowUp")
        page.keyboard.press("ArrowRight")
        expect(before is not None, "a mark cannot have the focus")
    page.keyboard.press("Enter")
    expect(page.locator("#details").is_visible(), "Enter on a mark opens nothing")
    page.click("#details-close")

    # Search by organisation, code, hospital and postcode district.
    groups = json.loads((site / "hospitals.js").read_text(encoding="utf-8").split(" = ", 1)[1])
    hospitals = [[*pair, codes] for codes, _, _, names in groups for pair in zip(names[::2], names[1::2])]

    def found(words):
        page.fill("#query", words)
        return page.eval_on_selector_all("#results a", "links => links.map(l => l.href.split('/').pop())")

    expect(f"{first}.html" in found(asked[first]["name"]), "search does not find an organisation by its name")
    expect(f"{first}.html" in found(first), "search does not find an organisation by its code")
    for name, postcode, codes, *_ in hospitals[::max(1, len(hospitals) // 5)]:
        if len(name) < 60 and re.search(r"\w\w", name):
            expect(f"{codes[0]}.html" in found(name), f"search does not find {name}")
        if postcode:
            links = found(postcode.split()[0])
            # No more than 12 are listed.
            expect(f"{codes[0]}.html" in links or len(links) == 12, f"search does not find {postcode.split()[0]}")
    expect(found("zzzz no such place") == [], "search finds what is not there")
    expect(page.locator("#search-status").inner_text() != "", "search does not say that it found nothing")
    found(first)
    page.locator("#results a").first.click()
    expect(page.locator("#details").is_visible(), "a result opens no details")
    page.click("#details-close")

    # Sort and filter the table.
    page.click("#table th[data-key=code] .sort")
    codes = page.eval_on_selector_all("#table tbody tr", "rows => rows.map(r => r.dataset.code)")
    expect(codes == sorted(codes), "sorting by code does not sort")
    page.click("#table th[data-key=code] .sort")
    codes = page.eval_on_selector_all("#table tbody tr", "rows => rows.map(r => r.dataset.code)")
    expect(codes == sorted(codes, reverse=True), "sorting again does not turn the order round")
    page.fill("#filter", asked[first]["name"])
    expect(1 <= page.locator("#table tbody tr:visible").count() < max(2, len(rows)), "the filter does not filter")
    page.fill("#filter", "")


def check_figures(page):
    page.goto(address("index.html"))
    shown = page.eval_on_selector_all(".share", "shares => shares.map(s => ({...s.dataset}))")
    wanted = [
        {"figure": f["name"], "of": s["of"], "counted": str(s["counted"]),
         "total": str(s["counted"] + s["notCounted"] + s["unknown"]),
         **{k: f'{s[j]["numerator"]}/{s[j]["denominator"]}' if s.get(j) else ""
            for k, j in [("percent", "share"), ("low", "low"), ("high", "high")]}}
        for f in report["figures"] for s in f.get("shares", [])]
    expect(shown == wanted, "figures on the page are not those of the JSON")
    text = page.locator("main").inner_text()
    for figure in report["figures"]:
        for share in figure.get("shares", []):
            if share.get("share"):
                expect(share["share"]["percent"] + " %" in text or page.evaluate("document.documentElement.lang") != "en",
                       f"the page does not show {share['share']['percent']} %")


def check_synthetic(page):
    """What is invented says so in its map, its figures and all its pages."""
    if not report["synthetic"]:
        return
    for kind in kinds:
        page.goto(address(kind))
        expect("SYNTHETIC" in page.locator("header").inner_text(), f"{kind} does not say SYNTHETIC")
    page.goto(address("index.html"))
    if asked:
        expect(page.locator("#map .map-synthetic").text_content() == "SYNTHETIC", "the map does not say SYNTHETIC")
    expect(page.locator(".share .figure-synthetic").count() == page.locator(".share").count(),
           "a figure does not say SYNTHETIC")


def check_phone(context):
    page = watched(context)
    for kind in kinds:
        page.goto(address(kind))
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        expect(wide <= 0, f"{kind} is {wide} px wider than a phone")
    page.goto(address("index.html"))
    if asked:
        page.locator(f'.mark[data-code="{first}"]').click()
        expect(page.locator("#details").is_visible(), "a tap on a mark opens nothing")


def check_without_scripts(context):
    page = watched(context)
    page.goto(address("index.html"))
    if asked:
        expect(page.locator("#table tbody tr:visible").count() == len(asked), "without scripts the table is not whole")
        expect(page.locator(".mark:visible").count() == len(asked), "without scripts the map is not whole")
        expect(not page.locator("#search").is_visible(), "without scripts a search shows that cannot search")
        expect(page.locator('a[href="hospitals.html"]:visible').count() > 1, "without scripts no hospital is found")
        status = page.locator("#table tbody tr").first.get_attribute("data-status")
        page.uncheck(f"#show-{status}")
        expect(page.locator(f".mark.{status}:visible").count() == 0, "without scripts the key does not switch")
        page.check(f"#show-{status}")
        page.locator(f'.mark[data-code="{first}"]').click()
        expect(page.url.endswith(f"organisations/{first}.html"), "without scripts a mark leads nowhere")
        page.goto(address("index.html"))
    expect(page.locator(".share:visible").count() == sum(len(f.get("shares", [])) for f in report["figures"]),
           "without scripts the figures are not whole")


def check_print(context):
    page = watched(context)
    page.goto(address("report.html"))
    page.emulate_media(media="print")
    expect(not page.locator("nav").is_visible(), "the navigation is printed")
    expect(page.pdf(format="A4")[:5] == b"%PDF-", "the report makes no PDF")


def check_size():
    parts = ["index.html", "style.css"] + (["page.js", "hospitals.js"] if asked else [])
    size = sum((site / part).stat().st_size for part in parts)
    if len(asked) <= 160:
        expect(size < 300_000, f"the first page loads {size} bytes")


def check_accessibility(context, name):
    from axe_playwright_python.sync_playwright import Axe
    page = watched(context)
    for kind in kinds:
        page.goto(address(kind))
        if kind == "index.html" and asked:
            page.locator(f'.mark[data-code="{first}"]').click()
        tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
        # Rules of WCAG's version 2.2 that axe leaves off by itself are put on.
        results = Axe().run(page, options={
            "preload": False, "runOnly": {"type": "tag", "values": tags}, "rules": {"target-size": {"enabled": True}}})
        for violation in results.response["violations"]:
            # A mark's function is in the table as well (WCAG 2.2, 2.5.8: an equivalent control).
            nodes = [n for n in violation["nodes"]
                     if not (violation["id"] == "target-size" and "mark" in n["html"][:40])]
            if nodes:
                faults.append(f"axe, {name}, {kind}: {violation['id']}: {violation['help']}: {nodes[0]['html'][:150]}")


def take_screenshots(browser):
    options.screenshots.mkdir(parents=True, exist_ok=True)
    for name, width, height in [("desktop", 1280, 1500), ("phone", 390, 844)]:
        page = browser.new_context(viewport={"width": width, "height": height}).new_page()
        page.goto(address("index.html"))
        page.screenshot(path=options.screenshots / f"{name}.png")


with sync_playwright() as playwright:
    program = next(filter(None, map(shutil.which, ["chromium", "chromium-browser", "google-chrome"])))
    browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
    desktop = {"viewport": {"width": 1280, "height": 900}}
    phone = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
    page = watched(browser.new_context(**desktop))
    check_desktop(page)
    check_figures(page)
    check_synthetic(page)
    check_phone(browser.new_context(**phone))
    check_without_scripts(browser.new_context(**desktop, java_script_enabled=False))
    check_print(browser.new_context(**desktop))
    check_size()
    if options.axe:
        for name, kind, scheme in [("desktop", desktop, "light"), ("phone", phone, "dark")]:
            check_accessibility(browser.new_context(**kind, color_scheme=scheme), f"{name}, {scheme}")
    if options.screenshots:
        take_screenshots(browser)
    browser.close()

print("\n".join(dict.fromkeys(faults)))
sys.exit(1 if faults else 0)
