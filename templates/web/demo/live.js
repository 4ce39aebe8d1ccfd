// Every second and a half: fetch this page anew and exchange what is marked as live, so that the reader keeps
// the place, the selection and the open mail.
const refresh = async () => {
  if (document.hidden) return;
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } }).catch(() => null);
  if (!answer?.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const part of document.querySelectorAll("[data-live]")) {
    const now = fresh.getElementById(part.id);
    if (now && now.innerHTML !== part.innerHTML) part.replaceChildren(...now.cloneNode(true).childNodes);
  }
};
const again = () => setTimeout(() => refresh().finally(again), 1500);
again();
