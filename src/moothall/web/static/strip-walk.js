// Walks along a strip: arrow keys go from mark to mark, a pointer to the nearest one, and its council, figure, place and
// whatever else its row says are said below. The row is in the table under the strip, which says it all without this.
const STEPS = { ArrowLeft: -1, ArrowRight: 1, Home: -Infinity, End: Infinity };

function marksOf(chart) {
  const rows = document.querySelectorAll(`#${chart.dataset.table} tbody tr`);
  const places = chart.dataset.marks.split(" ").map(Number);
  return places
    .map((x, row) => ({ x, row: rows[row] }))
    .filter((mark) => mark.row && !Number.isNaN(mark.x))
    .sort((one, other) => one.x - other.x);
}

function wordsOf(row) {
  const cells = [...row.cells].map((cell) => cell.innerText.trim().replace(/\s+/g, " "));
  return `${cells[0]}: ${cells.slice(1).filter(Boolean).join(". ")}`;
}

function start(chart) {
  const marks = marksOf(chart);
  if (!marks.length) {
    return;
  }
  const drawing = chart.querySelector("svg");
  const [, , width, height] = drawing.getAttribute("viewBox").split(" ").map(Number);
  const pointer = document.createElementNS(drawing.namespaceURI, "path");
  const said = document.createElement("p");
  let at = -1;
  pointer.setAttribute("class", "strip-pointer");
  said.className = "note figure__said";
  said.setAttribute("role", "status");
  said.textContent = "Arrow keys or a pointer on the chart name each council.";
  drawing.append(pointer);
  chart.after(said);

  function show(place) {
    const next = Math.min(Math.max(place, 0), marks.length - 1);
    if (next !== at) {
      at = next;
      pointer.setAttribute("d", `M${marks[at].x} 6V${height - 30}`);
      said.textContent = wordsOf(marks[at].row);
    }
  }

  chart.addEventListener("keydown", (event) => {
    if (event.key in STEPS && !event.altKey && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      const own = marks.findIndex((mark) => mark.row.classList.contains("is-self"));
      show(at < 0 && Math.abs(STEPS[event.key]) === 1 ? Math.max(own, 0) : at + STEPS[event.key]);
    }
  });
  chart.addEventListener("pointermove", (event) => {
    const box = drawing.getBoundingClientRect();
    const x = ((event.clientX - box.left) / box.width) * width;
    const gaps = marks.map((mark) => Math.abs(mark.x - x));
    show(gaps.indexOf(Math.min(...gaps)));
  });
}

document.querySelectorAll("[data-marks]").forEach(start);
