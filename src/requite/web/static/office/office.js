// Keyboard, palette, bulk totals and kept words. Every page works without this file.
const typing = (target) =>
  target.closest("input:not([type=checkbox]), textarea, select, dialog") !== null;
const all = (selector, within = document) => [...within.querySelectorAll(selector)];

// One key an action: elements name theirs in data-key.
document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key === "k") {
    event.preventDefault();
    openPalette();
    return;
  }
  if (event.ctrlKey && event.key === "Enter" && event.target.matches("textarea")) {
    event.target.form.requestSubmit();
    return;
  }
  const words = event.key === "Escape" && event.target.closest("details[data-key]");
  if (words) {
    words.open = false;
    words.querySelector("summary").focus();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (key === "j" || key === "k") return step(key === "j" ? 1 : -1);
  if (key === "s") return document.querySelector(".list li.chosen input[type=checkbox]")?.click();
  if (key === "?") return document.getElementById("keys")?.showModal();
  if (key === "/") {
    event.preventDefault();
    document.getElementById("search")?.select();
    return;
  }
  const wanted = all("[data-key]").find((item) => item.dataset.key === key);
  if (!wanted) return;
  event.preventDefault();
  if (wanted.tagName === "DETAILS") {
    wanted.open = true;
    wanted.querySelector("textarea, input:not([type=hidden]), select")?.focus();
  } else if (wanted.matches("textarea")) {
    wanted.focus();
  } else {
    wanted.click();
  }
});

// J and K move along the list; the place is never lost.
function step(by) {
  const links = all(".list a");
  if (!links.length) return;
  const here = links.findIndex((link) => link.closest("li").classList.contains("chosen"));
  const next = links[Math.min(Math.max(here + by, 0), links.length - 1)];
  next.focus();
  next.click();
}

addEventListener("load", () => document.querySelector(".list li.chosen")?.scrollIntoView({ block: "nearest" }));

// The palette: every link and action of the page, by words.
function openPalette() {
  const dialog = document.getElementById("palette");
  if (!dialog) return;
  const list = dialog.querySelector("ul");
  const field = dialog.querySelector("input");
  const items = all(".actions [data-key]:not(:disabled), .side a, .top a[href]").map((item) => ({
    words: item.dataset.words || item.textContent.trim().replace(/\s+/g, " "),
    run: () => (item.tagName === "DETAILS" ? (item.open = true) : item.click()),
  }));
  const show = () => {
    const wanted = field.value.toLowerCase();
    list.replaceChildren(
      ...items
        .filter((item) => item.words.toLowerCase().includes(wanted))
        .slice(0, 12)
        .map((item) => {
          const row = document.createElement("li");
          const link = document.createElement("a");
          link.href = "#";
          link.textContent = item.words;
          link.addEventListener("click", (event) => {
            event.preventDefault();
            dialog.close();
            item.run();
          });
          row.append(link);
          return row;
        }),
    );
  };
  field.value = "";
  field.oninput = show;
  field.onkeydown = (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    const first = list.querySelector("a");
    if (first) first.click();
    else location.assign(`${dialog.dataset.search}?search=${encodeURIComponent(field.value)}`);
  };
  show();
  dialog.showModal();
  field.focus();
}

// Many cases at once: the sum is shown before anything happens, in whole cents.
function total() {
  const bar = document.querySelector(".bulk");
  if (!bar) return;
  const every = bar.querySelector("[data-every]:checked");
  const chosen = all(".list input:checked");
  const count = every ? Number(every.dataset.count) : chosen.length;
  const cents = every
    ? BigInt(every.dataset.cents)
    : chosen.reduce((sum, box) => sum + BigInt(box.dataset.cents), 0n);
  const dollars = (cents / 100n).toLocaleString("en-US");
  const rest = String(cents % 100n).padStart(2, "0");
  bar.querySelector("output").textContent = `${count.toLocaleString("en-US")} chosen, $${dollars}.${rest}`;
}
document.addEventListener("change", (event) => {
  if (event.target.matches("[data-all]")) {
    all(".list input[name=number]").forEach((box) => (box.checked = event.target.checked));
  }
  total();
});

// What was typed and not sent stays, also when the session ends in between; of each user apart.
const form = (action) => `kept:${document.body.dataset.user}:${action?.split("?")[0]}:`;
const kept = (field) => form(field.form?.getAttribute("action")) + field.id;
document.addEventListener("input", (event) => {
  if (event.target.matches("textarea")) sessionStorage.setItem(kept(event.target), event.target.value);
});
function restore() {
  all("textarea:not([readonly])").forEach((field) => {
    const words = sessionStorage.getItem(kept(field));
    if (words && !field.value) field.value = words;
  });
}
// The office says by a cookie which form it has taken: what was typed there is no draft any more.
function forget() {
  const taken = document.cookie.match(/(?:^|; )taken=([^;]+)/);
  if (!taken) return;
  const start = form(decodeURIComponent(taken[1]));
  Object.keys(sessionStorage)
    .filter((key) => key.startsWith(start))
    .forEach((key) => sessionStorage.removeItem(key));
  document.cookie = "taken=; Max-Age=0; Path=/; SameSite=Lax";
}
document.addEventListener("submit", (event) => {
  if (event.target.dataset.forget !== undefined) sessionStorage.clear();
  const button = event.submitter;
  if (button && !event.target.hasAttribute("hx-post")) setTimeout(() => pause(button));
});
// A form is sent once; what takes a while says that it is under way.
function pause(button) {
  button.disabled = true;
  const { busy } = button.dataset;
  if (busy) [button.dataset.busy, button.textContent] = [button.textContent, busy];
}
addEventListener("pageshow", () =>
  all("button:disabled:not([title])").forEach((button) => {
    pause(button);
    button.disabled = false;
  }),
);
document.addEventListener("htmx:beforeSwap", forget);
// A fault that has no place on the page is said aloud all the same, and what was typed stays.
const say = (words) => {
  const box = document.getElementById("said") ?? document.createElement("div");
  box.id = "said";
  box.setAttribute("role", "alert");
  box.textContent = words;
  document.getElementById("main").prepend(box);
};
document.addEventListener("htmx:responseError", (event) => {
  const full = event.detail.xhr.status === 507;
  say(
    full
      ? "The disk of the office is full: nothing was kept. What you typed is still here."
      : "The office could not do that now: nothing was half done. What you typed is still here; try again in a minute.",
  );
});
document.addEventListener("htmx:sendError", () =>
  say("The office does not answer. What you typed is still here; try again in a minute."),
);
// Help lies over the page: the place is not lost.
document.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target.id === "help-body") event.detail.target.closest("dialog").showModal();
});
document.addEventListener("htmx:afterSettle", () => {
  restore();
  total();
});
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-close]")) event.target.closest("dialog").close();
  const link = event.target.closest(".list a");
  if (!link) return;
  all(".list li.chosen").forEach((row) => row.classList.remove("chosen"));
  link.closest("li").classList.add("chosen");
});
forget();
restore();
total();
