/** The page's only style sheet, served as a file: the content security policy allows no inline style. */
export const styleSheet = `
:root {
  color-scheme: light;
  --ink: #1c2733;
  --quiet: #52606d;
  --line: #c6d0da;
  --paper: #ffffff;
  --ground: #f2f5f8;
  --accent: #0b5cad;
  --accent-strong: #084785;
  --alarm: #a4161a;
  --alarm-ground: #fdf0f0;
  --good: #1b5e37;
  --good-ground: #eef7f1;
  --side: max(1.5rem, calc((100% - 60rem) / 2));
}
* { box-sizing: border-box; }
body {
  margin: 0;
  min-height: 100vh;
  display: flex;
  flex-direction: column;
  background: var(--ground);
  color: var(--ink);
  font: 1rem/1.5 'Golos Text', 'Segoe UI', 'Noto Sans', system-ui, sans-serif;
}
.notice { background: #fff4ce; border-bottom: 1px solid #e6cf86; padding: 0.5rem var(--side); font-size: 0.875rem; }
.masthead {
  display: flex; align-items: center; gap: 0.75rem; padding: 1rem var(--side);
  background: var(--paper); border-bottom: 1px solid var(--line);
}
.emblem {
  flex: none; width: 2.25rem; height: 2.25rem; border-radius: 0.5rem; background: var(--accent); color: #fff;
  display: grid; place-items: center; font-weight: 700;
}
.brand { font-weight: 600; line-height: 1.25; }
.brand small { display: block; font-weight: 400; color: var(--quiet); }
main { flex: 1; padding: 2rem var(--side); }
h1 { font-size: 1.75rem; line-height: 1.2; margin: 0 0 0.5rem; }
h2 { font-size: 1.25rem; line-height: 1.3; margin: 0 0 1rem; }
.lead { color: var(--quiet); margin: 0 0 1.5rem; }
.card {
  background: var(--paper); border: 1px solid var(--line); border-radius: 0.75rem; padding: 1.5rem;
  max-width: 28rem; margin: 0 0 1.5rem;
}
.field { margin: 0 0 1.25rem; }
label { display: block; font-weight: 600; margin: 0 0 0.375rem; }
input {
  width: 100%; font: inherit; color: inherit; padding: 0.625rem 0.75rem; background: #fff;
  border: 1px solid #7b8794; border-radius: 0.5rem;
}
.hint { color: var(--quiet); font-size: 0.875rem; margin: 0.375rem 0 0; }
button {
  font: inherit; font-weight: 600; padding: 0.625rem 1.25rem; border-radius: 0.5rem; cursor: pointer;
  border: 1px solid var(--accent); background: var(--accent); color: #fff;
}
button:hover { background: var(--accent-strong); }
button.secondary { background: var(--paper); color: var(--accent); }
button.secondary:hover { background: var(--ground); }
:focus-visible { outline: 3px solid #ffb703; outline-offset: 2px; }
.message { border-radius: 0.5rem; border: 1px solid; padding: 0.75rem 1rem; margin: 0 0 1.5rem; max-width: 44rem; }
.message p { margin: 0; }
.message p + p { margin-top: 0.5rem; }
.alarm { color: var(--alarm); background: var(--alarm-ground); border-color: #e3b5b6; }
.good { color: var(--good); background: var(--good-ground); border-color: #b4d8c1; }
.identity { display: flex; flex-wrap: wrap; justify-content: space-between; align-items: start; gap: 1rem; }
footer { border-top: 1px solid var(--line); color: var(--quiet); font-size: 0.875rem; padding: 1rem var(--side); }
footer p { margin: 0; }
@media (prefers-reduced-motion: no-preference) { button { transition: background 120ms; } }
`
