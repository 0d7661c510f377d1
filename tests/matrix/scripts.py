"""What a page is asked in its own words."""

STRUCTURE = """
() => {
  const ids = [...document.querySelectorAll('[id]')].map(each => each.id);
  const levels = [...document.querySelectorAll('h1,h2,h3,h4,h5,h6')];
  return {
    headings: document.querySelectorAll('h1').length,
    title: document.title.trim(),
    lang: document.documentElement.lang,
    twice: [...new Set(ids.filter((id, place) => ids.indexOf(id) !== place))],
    skipped: levels.filter((each, place) =>
      place && +each.tagName[1] > +levels[place - 1].tagName[1] + 1).map(each => each.innerText),
  };
}
"""

TOO_WIDE = """
width => [...document.querySelectorAll('main *, header *, nav *')]
  .filter(each => each.getBoundingClientRect().right > width + 1 && !each.closest('.scroll'))
  .slice(0, 3).map(each => each.outerHTML.slice(0, 90))
"""

CUT = """
() => [...document.querySelectorAll('body *')].filter(each => {
  const style = getComputedStyle(each);
  const hides = ['hidden', 'clip'];
  if (!each.innerText?.trim() || !each.checkVisibility()) return false;
  // For screen readers alone: headers of a table that is shown as cards, hidden labels.
  if (style.clipPath !== 'none' || style.clip !== 'auto' || each.closest('.skip')) return false;
  return (hides.includes(style.overflowX) && each.scrollWidth > each.clientWidth + 1)
    || (hides.includes(style.overflowY) && each.scrollHeight > each.clientHeight + 1);
}).slice(0, 3).map(each => each.outerHTML.slice(0, 110))
"""

SPACED = """
on => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: .12em !important;
    word-spacing: .16em !important; } p { margin-bottom: 2em !important; }`);
  document.adoptedStyleSheets = on ? [sheet] : [];
}
"""

WITHOUT_EDGE = """
() => [...document.querySelectorAll('button, .button, input, select, textarea')].filter(each => {
  if (!each.checkVisibility() || ['hidden', 'radio', 'checkbox'].includes(each.type)) return false;
  const style = getComputedStyle(each);
  return parseFloat(style.borderTopWidth) < 1 || style.borderTopStyle === 'none';
}).slice(0, 3).map(each => `no edge: ${each.outerHTML.slice(0, 90)}`)
"""

# One radio of a group takes the key, as browsers do it; a scrolling region counts when it scrolls.
_CONTROLS = """
  const controls = () => {
    const all = [...document.querySelectorAll(
      'a[href], button, input, select, textarea, summary, [tabindex]')];
    return all.filter(each => {
      if (each.tabIndex < 0 || each.disabled || each.type === 'hidden') return false;
      if (each.matches(':disabled') || !each.checkVisibility({visibilityProperty: true})) return false;
      if (each.type === 'radio') {
        const group = all.filter(other => other.type === 'radio' && other.name === each.name
          && other.form === each.form);
        const chosen = group.find(other => other.checked);
        return each === (chosen ?? group[0]);
      }
      return true;
    });
  };
"""
TABBABLE = f"() => {{ {_CONTROLS} return controls().map((_each, number) => number); }}"

START = """
() => {
  const first = document.createElement('span');
  first.tabIndex = -1;
  document.body.prepend(first);
  first.focus();
  first.remove();
}
"""

FOCUSED = f"""
() => {{
  {_CONTROLS}
  const at = document.activeElement;
  if (!at || at === document.body || at === document.documentElement) return null;
  const box = at.getBoundingClientRect();
  const style = getComputedStyle(at);
  return {{
    number: controls().indexOf(at),
    what: at.outerHTML.slice(0, 90),
    shown: at.tagName === 'IFRAME' || (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2),
    inView: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
  }};
}}
"""
