// A note that comes and goes; in an element of the role status it is read aloud.
export function tell(part, text, kind = "trial-note") {
  part.className = text ? kind : "";
  part.textContent = text;
}
