// Search as you type: a form marked data-search is sent half a second after the last key; without this script its button does it.
for (const form of document.querySelectorAll("form[data-search]")) {
  const field = form.querySelector("input[type=search]");
  let timer;
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => form.requestSubmit(), 500);
  });
  for (const choice of form.querySelectorAll("select, input[type=checkbox]"))
    choice.addEventListener("change", () => form.requestSubmit());
  if (field.value && new URLSearchParams(location.search).has("q")) {
    field.focus();
    field.setSelectionRange(field.value.length, field.value.length);
  }
}

// A run that goes on: the page is loaded again while it is looked at.
const live = document.querySelector("[data-refresh]");
if (live)
  setInterval(() => document.visibilityState === "visible" && location.reload(), live.dataset.refresh * 1000);
