// Saves an answer while it is written. Without this program the buttons of the form do the same.
const PAUSE = 3000;
const form = document.querySelector(".answer-form");
const note = form.querySelector(".saved-note");
let waiting = 0;
let isSending = false;
let isChanged = false;
let isStopped = false; // somebody else has saved: only a person can make one answer of two

async function save() {
  if (isStopped) {
    return;
  }
  if (isSending) {
    schedule();
    return;
  }
  isSending = true;
  isChanged = false;
  try {
    const answer = await fetch(form.action, {
      method: "POST",
      body: new FormData(form),
      headers: { Accept: "application/json" },
      credentials: "same-origin",
      redirect: "manual",
    });
    await tell(answer);
  } catch {
    note.textContent = "Not saved: the site cannot be reached. Keep this page open.";
    isChanged = true;
  } finally {
    isSending = false;
  }
}

async function tell(answer) {
  if (answer.ok) {
    form.elements.revision.value = (await answer.json()).revision;
    note.textContent = `Saved at ${new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" })}`;
    return;
  }
  const told = answer.status === 400 || answer.status === 409 ? await answer.json() : {};
  if (told.conflict) {
    isStopped = true;
    note.textContent = "Somebody else has saved meanwhile. Press save to see both answers.";
  } else {
    note.textContent = told.error || "Not saved. Press save to see why.";
    isChanged = true;
  }
}

function schedule() {
  clearTimeout(waiting);
  waiting = setTimeout(save, PAUSE);
}

form.addEventListener("input", () => {
  if (isStopped) {
    return;
  }
  isChanged = true;
  note.textContent = "";
  schedule();
});

form.addEventListener("submit", () => {
  clearTimeout(waiting);
  isStopped = true;
});

window.addEventListener("pagehide", () => {
  if (isChanged && !isStopped) {
    fetch(form.action, {
      method: "POST",
      body: new FormData(form),
      headers: { Accept: "application/json" },
      keepalive: true,
    });
  }
});
