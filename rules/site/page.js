"use strict";
(() => {
  const byId = (id) => document.getElementById(id);
  const table = byId("table");
  if (!table) return;
  const body = table.tBodies[0];
  const rows = Array.from(body.rows);
  const rowOf = new Map(rows.map((row) => [row.dataset.code, row]));
  const map = byId("map");
  const marks = map ? Array.from(map.querySelectorAll(".mark")) : [];
  const hospitals = [];
  for (const [codes, runBy, town, list] of window.trustcheckHospitals || []) {
    for (let at = 0; at < list.length; at += 2) hospitals.push([list[at], list[at + 1], codes, runBy, town]);
  }
  const plain = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[\u2019']/g, "").toLowerCase();
  const element = (name, text, className) => {
    const made = document.createElement(name);
    if (text) made.textContent = text;
    if (className) made.className = className;
    return made;
  };

  // Details of one organisation, beside the map.
  const details = byId("details");
  const detailsBody = byId("details-body");
  let opener = null;
  const line = (list, term, content) => {
    const div = element("div");
    div.append(element("dt", term), content);
    list.append(div);
  };
  const openDetails = (code, from) => {
    const row = rowOf.get(code);
    if (!row) return;
    opener = from;
    for (const mark of marks) mark.classList.toggle("chosen", mark.dataset.code === code);
    byId("details-title").textContent = row.cells[0].textContent;
    detailsBody.replaceChildren();
    const badge = element("p");
    badge.append(row.querySelector(".status").cloneNode(true));
    detailsBody.append(badge);
    const why = element("p");
    why.append(...Array.from(row.querySelector(".why").childNodes, (node) => node.cloneNode(true)));
    detailsBody.append(why);
    const list = element("dl");
    line(list, detailsBody.dataset.code, element("dd", code));
    const date = row.querySelector(".date").textContent;
    if (date) line(list, table.tHead.rows[0].cells[5].textContent, element("dd", date));
    const own = hospitals.filter((hospital) => hospital[2].includes(code));
    if (own.length > 0) {
      const shown = own.slice(0, 12).map((hospital) => hospital[0]).join(", ") + (own.length > 12 ? " …" : "");
      line(list, detailsBody.dataset.hospitals, element("dd", shown));
    }
    detailsBody.append(list);
    const link = element("a", detailsBody.dataset.all);
    link.href = row.cells[0].querySelector("a").href;
    const last = element("p");
    last.append(link);
    detailsBody.append(last);
    details.hidden = false;
    details.focus({ preventScroll: true });
    details.scrollIntoView({ block: "nearest" });
  };
  const closeDetails = () => {
    if (details.hidden) return;
    details.hidden = true;
    for (const mark of marks) mark.classList.remove("chosen");
    if (opener) opener.focus();
  };
  byId("details-close").addEventListener("click", closeDetails);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") closeDetails();
  });

  // One stop of the tab key for all marks; arrow keys go to the next mark in their direction.
  const place = (mark) => {
    const circle = mark.querySelector("circle");
    return [circle.cx.baseVal.value, circle.cy.baseVal.value];
  };
  const isShown = (mark) => getComputedStyle(mark).display !== "none";
  const stopAt = (mark) => {
    for (const other of marks) other.setAttribute("tabindex", other === mark ? "0" : "-1");
  };
  if (marks.length > 0) stopAt(marks[0]);
  const directions = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };
  for (const mark of marks) {
    mark.addEventListener("click", (event) => {
      if (event.metaKey || event.ctrlKey || event.shiftKey) return;
      event.preventDefault();
      stopAt(mark);
      openDetails(mark.dataset.code, mark);
    });
    mark.addEventListener("keydown", (event) => {
      const direction = directions[event.key];
      if (event.key === " ") {
        event.preventDefault();
        openDetails(mark.dataset.code, mark);
      }
      if (!direction) return;
      event.preventDefault();
      const [x, y] = place(mark);
      let best = null;
      let least = Infinity;
      for (const other of marks) {
        if (other === mark || !isShown(other)) continue;
        const [otherX, otherY] = place(other);
        const along = (otherX - x) * direction[0] + (otherY - y) * direction[1];
        const across = Math.abs((otherX - x) * direction[1]) + Math.abs((otherY - y) * direction[0]);
        if (along <= 0) continue;
        const cost = along + 2 * across;
        if (cost < least) [least, best] = [cost, other];
      }
      if (best) {
        stopAt(best);
        best.focus();
      }
    });
  }
  for (const box of document.querySelectorAll(".key-entry input")) {
    box.addEventListener("change", () => {
      const shown = marks.filter(isShown);
      if (shown.length > 0 && !shown.some((mark) => mark.getAttribute("tabindex") === "0")) stopAt(shown[0]);
      filter();
    });
  }

  // Search by hospital, organisation, town or postcode district.
  const form = byId("search");
  form.hidden = false;
  form.addEventListener("submit", (event) => event.preventDefault());
  for (const note of document.querySelectorAll(".no-script")) note.hidden = true;
  const nameOf = (code) => rowOf.get(code).cells[0].textContent;
  const entries = rows.map((row) => {
    const name = row.cells[0].textContent;
    return { text: plain(`${name} ${row.dataset.code}`), shown: name, code: row.dataset.code, note: "", district: "" };
  });
  for (const [name, postcode, codes, runBy, town] of hospitals) {
    for (const code of codes) {
      if (!rowOf.has(code)) continue;
      const run = runBy ? form.dataset.run.replace("{name}", runBy) : "";
      const note = [postcode, nameOf(code), run].filter(Boolean).join(" · ");
      entries.push({
        text: plain(`${name} ${town}`), shown: name, code, note, district: postcode.replace(/\s/g, "").toLowerCase(),
        outward: postcode.split(" ")[0].toLowerCase(),
      });
    }
  }
  const query = byId("query");
  const results = byId("results");
  const status = byId("search-status");
  const postcodeLike = /^[a-z]{1,2}[0-9][0-9a-z]?( ?[0-9][a-z]{0,2})?$/;
  query.addEventListener("input", () => {
    results.replaceChildren();
    const wanted = plain(query.value).trim();
    if (wanted.length < 2) {
      status.textContent = "";
      return;
    }
    const words = wanted.split(/\s+/);
    const compact = wanted.replace(/\s/g, "");
    const found = entries.filter((entry) =>
      (postcodeLike.test(wanted) && entry.district &&
        (entry.outward === compact || (compact.length > entry.outward.length && entry.district.startsWith(compact)))) ||
      words.every((word) => entry.text.includes(word)));
    status.textContent = found.length === 0 ? form.dataset.none
      : (found.length === 1 ? form.dataset.foundOne : form.dataset.found).replace("{n}", found.length);
    for (const entry of found.slice(0, 12)) {
      const item = element("li");
      const link = element("a", entry.shown);
      link.href = rowOf.get(entry.code).cells[0].querySelector("a").href;
      const small = element("small", entry.note);
      small.append(" ", rowOf.get(entry.code).querySelector(".status").cloneNode(true));
      link.append(small);
      link.addEventListener("click", (event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey) return;
        event.preventDefault();
        openDetails(entry.code, link);
      });
      item.append(link);
      results.append(item);
    }
    if (found.length > 12) results.append(element("li", form.dataset.more));
  });

  // The table: filter and sort.
  const filterLine = byId("filter-line");
  const filterField = byId("filter");
  const filterStatus = byId("filter-status");
  filterLine.hidden = false;
  const textOf = new Map(rows.map((row) => [row, plain(row.textContent)]));
  const filter = () => {
    const words = plain(filterField.value).trim().split(/\s+/);
    for (const row of rows) row.hidden = !words.every((word) => textOf.get(row).includes(word));
    const shown = rows.filter((row) => !row.hidden && getComputedStyle(row).display !== "none").length;
    filterStatus.textContent = filterStatus.dataset.shown.replace("{n}", shown).replace("{total}", rows.length);
  };
  filterField.addEventListener("input", filter);
  filter();
  const collator = new Intl.Collator(document.documentElement.lang);
  const headings = Array.from(table.tHead.rows[0].cells);
  headings.forEach((heading, column) => {
    const button = element("button", heading.textContent, "sort");
    button.type = "button";
    button.title = table.dataset.sort.replace("{name}", heading.textContent);
    heading.replaceChildren(button);
    button.addEventListener("click", () => {
      const descending = heading.getAttribute("aria-sort") === "ascending";
      for (const other of headings) other.removeAttribute("aria-sort");
      heading.setAttribute("aria-sort", descending ? "descending" : "ascending");
      const key = heading.dataset.key;
      const value = (row) => key === "status" ? row.dataset.order : key === "date" ? row.dataset.date || "" : row.cells[column].textContent;
      const sorted = rows.slice().sort((a, b) => collator.compare(value(a), value(b)) * (descending ? -1 : 1));
      body.append(...sorted);
    });
  });
})();
