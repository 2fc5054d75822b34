// Narrows a long list to the names that hold every word written. Without this program the list is whole.
const plain = (text) =>
  text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[^a-z0-9 ]/g, " ");

function narrow(list, items, parts, told, asked) {
  const words = plain(asked).split(/\s+/).filter(Boolean);
  let shown = 0;
  for (const item of items) {
    item.hidden = !words.every((word) => plain(item.textContent).includes(word));
    shown += item.hidden ? 0 : 1;
  }
  for (const part of parts) {
    part.hidden = !items.some((item) => !item.hidden && part.contains(item));
  }
  for (const way of list.querySelectorAll("nav a[href^='#']")) {
    const goal = document.getElementById(way.hash.slice(1));
    way.parentElement.hidden = Boolean(goal && goal.closest("[hidden]"));
  }
  told.textContent = words.length ? `${shown} of ${items.length} shown` : "";
}

document.querySelectorAll("[data-filter]").forEach((list, number) => {
  const items = [...list.querySelectorAll(list.dataset.items)];
  const parts = [...list.querySelectorAll("section, [data-part]")].filter((part) => items.some((item) => part.contains(item)));
  const box = document.createElement("div");
  const label = document.createElement("label");
  const field = document.createElement("input");
  const told = document.createElement("p");
  field.id = `filter-${number}`;
  label.htmlFor = field.id;
  label.textContent = list.dataset.filter;
  field.type = "search";
  field.autocomplete = "off";
  box.className = "govuk-form-group filter";
  label.className = "govuk-label";
  field.className = "govuk-input";
  told.className = "note";
  told.setAttribute("role", "status");
  field.addEventListener("input", () => narrow(list, items, parts, told, field.value));
  box.append(label, field, told);
  list.before(box);
});
