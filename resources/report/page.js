"use strict";

/* Whether a statement is wanted. An empty wish asks for nothing; dates are compared as far as they are given. */
function keepsStatement(said, wish) {
  const isSame = (name) => !wish[name] || said[name] === wish[name];
  const isFrom = !wish.source || said.source === wish.source || said.owner === wish.source;
  const isLate = !wish.from || (said.date && said.date.slice(0, wish.from.length) >= wish.from);
  const isEarly = !wish.until || (said.date && said.date.slice(0, wish.until.length) <= wish.until);
  return isFrom && isSame("outlet") && isSame("stance") && Boolean(isLate) && Boolean(isEarly);
}

/* Whether a claim is wanted, by its own words and by whether it is disputed; what bears on no claim has neither. */
function keepsClaim(claim, wish) {
  if (claim.words === undefined) {
    return !wish.words && !wish.disputed;
  }
  const words = (wish.words || "").toLocaleLowerCase().split(/\s+/).filter(Boolean);
  const isNamed = words.every((word) => claim.words.toLocaleLowerCase().includes(word));
  return isNamed && (!wish.disputed || claim.disputed === wish.disputed);
}

/* How much of a page is shown: claims, or marks where it tells no claims. */
function toldOf(count, total, what) {
  return count === total ? "All " + what + " are shown." : count + " of " + total + " " + what + " are shown.";
}

function start(page) {
  const form = page.querySelector("form");
  const fields = [...form.elements].filter((field) => field.name);
  const claims = [...page.querySelectorAll(".claim")];
  const total = page.querySelectorAll(".claim[data-words]").length;
  const marks = page.querySelectorAll(".said").length;
  const output = form.querySelector("output");

  function apply() {
    const wish = Object.fromEntries(fields.map((field) => [field.name, field.value]));
    const asksOfStatements = ["source", "outlet", "stance", "from", "until"].some((name) => wish[name]);
    let count = 0;
    let told = 0;
    for (const claim of claims) {
      let kept = 0;
      for (const group of claim.querySelectorAll("section")) {
        let shown = 0;
        for (const said of group.querySelectorAll(".said")) {
          said.hidden = !keepsStatement(said.dataset, wish);
          shown += said.hidden ? 0 : 1;
        }
        group.hidden = shown === 0 && asksOfStatements;
        kept += shown;
      }
      /* A drawing shows all that is said on a claim, so it goes while only some of that is wanted. */
      claim.querySelectorAll(".drawn").forEach((one) => { one.hidden = asksOfStatements; });
      claim.hidden = !keepsClaim(claim.dataset, wish) || (asksOfStatements && kept === 0);
      const entry = page.querySelector('nav a[href="#' + claim.id + '"]');
      if (entry) {
        entry.parentElement.hidden = claim.hidden;
      }
      count += claim.hidden || claim.dataset.words === undefined ? 0 : 1;
      told += kept;
    }
    output.textContent = total ? toldOf(count, total, "claims") : toldOf(told, marks, "marks");
  }

  function read(hash) {
    const wished = new URLSearchParams(hash.slice(1));
    for (const field of fields) {
      if (wished.has(field.name)) {
        field.value = wished.get(field.name);
      }
    }
  }

  /* What a link leads to is shown, also where it was filtered out or folded. */
  function show(hash) {
    const end = page.getElementById(hash.slice(1));
    if (end && end.closest("[hidden]")) {
      form.reset();
      apply();
    }
    if (end && end.closest("details.claim")) {
      end.closest("details.claim").open = true;
      end.scrollIntoView();
    }
  }

  form.addEventListener("input", apply);
  form.addEventListener("reset", () => setTimeout(apply, 0));
  form.addEventListener("submit", (event) => event.preventDefault());
  page.querySelectorAll(".graph").forEach((one) => one.addEventListener("toggle", () => {
    const figure = one.querySelector("figure");
    figure.scrollLeft = figure.scrollWidth;
  }));
  addEventListener("beforeprint", () => {
    page.querySelectorAll("details").forEach((one) => { one.open = true; });
  });
  /* Where the address already names the place, a browser says nothing of another click on a link to it. */
  page.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    const isElsewhere = event.ctrlKey || event.metaKey || event.shiftKey;
    if (link && link.hash && link.href === location.href && !isElsewhere) {
      show(link.hash);
    }
  });
  addEventListener("hashchange", () => { read(location.hash); apply(); show(location.hash); });
  read(location.hash);
  form.hidden = false;
  apply();
}

start(document);
