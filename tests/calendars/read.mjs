// Reads one JSON string a line, an iCalendar object, and answers with what ical.js (Thunderbird's reader) finds in it.
import { createInterface } from "node:readline";
import ICAL from "ical.js";

function moment(time) {
  return time.isDate ? time.toString() : time.toJSDate().toISOString().replace(".000Z", "+00:00");
}

function found(ics) {
  const calendar = new ICAL.Component(ICAL.parse(ics));
  return calendar.getAllSubcomponents("vevent").map((component) => {
    const event = new ICAL.Event(component, { strictExceptions: true });
    return [
      event.uid,
      moment(event.startDate),
      moment(event.endDate),
      event.sequence ?? 0,
      component.getFirstPropertyValue("status"),
      event.summary,
    ];
  });
}

for await (const line of createInterface({ input: process.stdin })) {
  let answer;
  try {
    answer = { found: found(JSON.parse(line)) };
  } catch (refused) {
    answer = { refused: String(refused) };
  }
  process.stdout.write(JSON.stringify(answer) + "\n");
}
