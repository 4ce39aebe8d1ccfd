// A mail gets a frame of its own when it is opened: hundreds of frames at once would take long to load.
document.addEventListener("toggle", ({ target }) => {
  const mail = target.querySelector("[data-mail]");
  if (!target.open || !mail || mail.querySelector("iframe")) return;
  const frame = document.createElement("iframe");
  frame.setAttribute("sandbox", "allow-same-origin");
  frame.title = mail.title;
  frame.srcdoc = mail.dataset.mail;
  frame.onload = () => { frame.style.height = `${frame.contentDocument.documentElement.scrollHeight + 2}px`; };
  mail.append(frame);
}, true);
