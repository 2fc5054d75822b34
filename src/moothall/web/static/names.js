"use strict";
// The search of a fixed copy: keeps of all names those that hold every word asked for.
(() => {
  const asked = (new URLSearchParams(location.search).get("q") || "").trim();
  const plain = text => text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[^a-z0-9 ]/g, " ");
  const words = plain(asked).split(/\s+/).filter(Boolean);
  if (!words.length) return;
  const field = document.getElementById("site-search");
  if (field) field.value = asked;
  let found = 0;
  for (const item of document.querySelectorAll(".link-columns > li")) {
    const name = plain(item.textContent);
    item.hidden = !words.every(word => name.includes(word));
    found += item.hidden ? 0 : 1;
  }
  const told = document.querySelector("main .govuk-body-l");
  told.setAttribute("role", "status");
  told.textContent = found
    ? `${found} ${found === 1 ? "name has" : "names have"} \u201c${asked}\u201d.`
    : `No name has \u201c${asked}\u201d. Try fewer letters, or see all names without a search.`;
})();
