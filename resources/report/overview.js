"use strict";

/* Shows the claims of an overview that have all of the words wished for, and are disputed or not, as wished. */
function start(page) {
  const form = page.querySelector("form");
  const claims = [...page.querySelectorAll("li[data-words]")].map((row) => (
    { row, words: row.dataset.words.toLocaleLowerCase(), disputed: row.dataset.disputed }));
  const groups = [...page.querySelectorAll("nav section")];
  const output = form.querySelector("output");

  function apply() {
    const words = form.elements.words.value.toLocaleLowerCase().split(/\s+/).filter(Boolean);
    const disputed = form.elements.disputed.value;
    let count = 0;
    for (const claim of claims) {
      const isNamed = words.every((word) => claim.words.includes(word));
      claim.row.hidden = !isNamed || (disputed !== "" && claim.disputed !== disputed);
      count += claim.row.hidden ? 0 : 1;
    }
    groups.forEach((group) => { group.hidden = !group.querySelector("li:not([hidden])"); });
    output.textContent = count === claims.length
      ? "All claims are shown." : count + " of " + claims.length + " claims are shown.";
  }

  form.addEventListener("input", apply);
  form.addEventListener("reset", () => setTimeout(apply, 0));
  form.addEventListener("submit", (event) => event.preventDefault());
  /* Whoever comes back from a part may find the form filled in again. */
  addEventListener("pageshow", apply);
  form.hidden = false;
  apply();
}

start(document);
