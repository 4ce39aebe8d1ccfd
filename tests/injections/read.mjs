// Reads one question a line, {"kind": ..., "text": ...}, and answers with what programs that know nothing of ours
// find: parse5 (a browser's rules for HTML), postal-mime (mail), commonmark and markdown-it (Teams' Markdown).
import { createInterface } from "node:readline";
import { Parser } from "commonmark";
import MarkdownIt from "markdown-it";
import { parse } from "parse5";
import PostalMime from "postal-mime";

function* nodes(node) {
  yield node;
  for (const child of [...(node.childNodes ?? []), ...(node.content ? [node.content] : [])]) yield* nodes(child);
}

function page(html) {
  const all = [...nodes(parse(html))];
  return {
    elements: all.filter((node) => node.tagName).map((node) => [node.tagName, node.attrs.map(({ name, value }) => [name, value])]),
    comments: all.filter((node) => node.nodeName === "#comment").length,
    text: all.filter((node) => node.nodeName === "#text").map((node) => node.value).join(""),
  };
}

async function mail(raw) {
  const read = await PostalMime.parse(Buffer.from(raw, "latin1"));
  const addresses = (list) => (list ?? []).map(({ name, address }) => [name, address]);
  return {
    headers: read.headers.map(({ key }) => key),
    from: addresses([read.from]),
    to: addresses(read.to),
    others: addresses([...(read.cc ?? []), ...(read.bcc ?? [])]),
    subject: read.subject,
    html: read.html ?? "",
    files: read.attachments.map(({ mimeType, filename }) => [mimeType, filename]),
  };
}

const markdownIt = new MarkdownIt();

function readMarkdown(text) {
  const kinds = new Set();
  let literal = "";
  const walker = new Parser().parse(text).walker();
  for (let step = walker.next(); step; step = walker.next()) {
    if (!step.entering) continue;
    kinds.add(step.node.type);
    literal += step.node.literal ?? "";
  }
  const inline = markdownIt.parse(text, {}).flatMap((block) => [block, ...(block.children ?? [])]);
  return {
    kinds: [...kinds, ...new Set(inline.map(({ type }) => type))],
    texts: [literal, inline.map(({ type, content }) => (type.startsWith("text") ? content : "")).join("")],
  };
}

const READ = { page, mail, markdown: (texts) => texts.map(readMarkdown) };

for await (const line of createInterface({ input: process.stdin })) {
  let answer;
  try {
    const { kind, text } = JSON.parse(line);
    answer = { found: await READ[kind](text) };
  } catch (refused) {
    answer = { refused: String(refused) };
  }
  process.stdout.write(JSON.stringify(answer) + "\n");
}
