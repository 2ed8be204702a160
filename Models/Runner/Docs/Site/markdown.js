// Descriptions are Markdown; this knows the part of it that descriptions use. Everything is escaped first.
const escape = text => String(text ?? '').replace(/[&<>"']/g, c => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }[c]));

function inline(text) {
  const codes = [];
  const keep = html => `\u0000${codes.push(html) - 1}\u0000`;
  return escape(text)
    .replace(/`([^`]+)`/g, (_, code) => keep(`<code>${code}</code>`))
    .replace(/\[([^\]]+)\]\((https?:[^)\s]+|#[^)\s]*)\)/g, (_, label, address) => keep(`<a href="${address}">${label}</a>`))
    .replace(/\*\*([^*]+)\*\*/g, '<strong>$1</strong>')
    .replace(/(^|\W)[*_]([^*_]+)[*_](?=\W|$)/g, '$1<em>$2</em>')
    .replace(/\u0000(\d+)\u0000/g, (_, at) => codes[at]);
}

function table(rows) {
  const cells = row => row.trim().replace(/^\||\|$/g, '').split('|').map(c => inline(c.trim()));
  const head = cells(rows[0]).map(c => `<th>${c}</th>`).join('');
  const body = rows.slice(2).map(r => `<tr>${cells(r).map(c => `<td>${c}</td>`).join('')}</tr>`).join('');
  return `<div class="scroll"><table><tr>${head}</tr>${body}</table></div>`;
}

function block(text) {
  const lines = text.split('\n');
  const heading = /^(#{1,4})\s+(.*)/.exec(text);
  if (heading && lines.length === 1) return `<h${heading[1].length + 1}>${inline(heading[2])}</h${heading[1].length + 1}>`;
  if (lines.every(l => /^\s*[-*]\s/.test(l) || /^\s{2,}\S/.test(l))) return `<ul>${text.split(/\n(?=\s*[-*]\s)/).map(i => `<li>${inline(i.replace(/^\s*[-*]\s/, ''))}</li>`).join('')}</ul>`;
  if (lines.every(l => /^\s*\d+[.)]\s/.test(l))) return `<ol>${lines.map(i => `<li>${inline(i.replace(/^\s*\d+[.)]\s/, ''))}</li>`).join('')}</ol>`;
  if (lines.length > 1 && /^[\s|:-]+$/.test(lines[1]) && lines[0].includes('|')) return table(lines);
  return `<p>${inline(text)}</p>`;
}

function markdown(text) {
  return String(text ?? '').split(/^```.*$/m)
    .map((part, at) => at % 2 ? `<pre><code>${escape(part.trim())}</code></pre>` : part.trim().split(/\n\s*\n|\n(?=#)|(?<=^#.*)\n/m).filter(Boolean).map(block).join(''))
    .join('');
}
