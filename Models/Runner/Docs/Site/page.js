const project = { all: {}, parents: {}, children: {} };
const kinds = { source: 'Sources', seed: 'Seeds', model: 'Models', snapshot: 'Snapshots', analysis: 'Analyses', exposure: 'Exposures', semantic_model: 'Semantic models', metric: 'Metrics', saved_query: 'Saved queries' };
const link = (id, column) => `#!/${project.all[id]?.resource_type ?? 'node'}/${encodeURIComponent(id)}${column ? `/${encodeURIComponent(column)}` : ''}`;
const main = document.querySelector('main'), aside = document.querySelector('aside'), search = document.querySelector('#search');

function read({ manifest, catalog, results }) {
  project.manifest = manifest;
  project.all = { ...manifest.nodes, ...manifest.sources, ...manifest.exposures, ...manifest.unit_tests, ...manifest.metrics, ...manifest.semantic_models, ...manifest.saved_queries };
  project.parents = manifest.parent_map ?? {};
  project.children = manifest.child_map ?? {};
  project.catalog = { ...catalog?.nodes, ...catalog?.sources };
  project.results = Object.fromEntries((results?.results ?? []).map(r => [r.unique_id, r]));
  project.ranAt = results?.metadata?.generated_at;
  project.name = manifest.metadata.project_name ?? 'Models';
}

project.isTest = id => /^(test|unit_test)\./.test(id);
project.label = id => {
  const node = project.all[id];
  return node?.resource_type === 'source' ? `${node.source_name}.${node.name}` : node?.name + (node?.version ? `.v${node.version}` : '');
};
project.shown = () => Object.values(project.all).filter(n => kinds[n.resource_type] && n.docs?.show !== false);
project.testsOf = id => (project.children[id] ?? []).filter(project.isTest).map(t => project.all[t]).filter(Boolean);

/** Declared columns and those of the database, in the database's order where it is known. */
project.columnsOf = node => {
  const real = Object.values(project.catalog[node.unique_id]?.columns ?? {}).sort((a, b) => a.index - b.index);
  const declared = Object.values(node.columns ?? {});
  const known = new Map(declared.map(c => [c.name.toLowerCase(), c]));
  const listed = real.map(c => ({ name: c.name, type: c.type, comment: c.comment, ...known.get(c.name.toLowerCase()) }));
  const extra = declared.filter(c => !real.some(r => r.name.toLowerCase() === c.name.toLowerCase()));
  return [...listed, ...extra].map(c => ({ ...c, type: c.type ?? c.data_type ?? c.meta?.leadline?.type, text: c.description || c.comment || '' }));
};

function tree() {
  const open = new Set([...aside.querySelectorAll('details[open]')].map(d => d.dataset.key));
  const first = open.size === 0, here = decodeURIComponent(location.hash.split('/')[2] ?? '');
  const groups = {};
  for (const node of project.shown()) {
    const folders = node.resource_type === 'source' ? [node.source_name]
      : node.resource_type === 'model' ? [...(node.package_name === project.name ? [] : [node.package_name]), ...node.fqn.slice(1, -1)] : [];
    let at = groups[node.resource_type] ??= { folders: {}, nodes: [] };
    for (const folder of folders) at = at.folders[folder] ??= { folders: {}, nodes: [] };
    at.nodes.push(node);
  }
  const holds = group => group.nodes.some(n => n.unique_id === here) || Object.values(group.folders).some(holds);
  const render = (key, title, group, isTop) => `<details data-key="${escape(key)}"${open.has(key) || holds(group) || (first && isTop && title === kinds.model) ? ' open' : ''}>
    <summary>${escape(title)}</summary>
    ${Object.keys(group.folders).sort().map(f => render(`${key}/${f}`, f, group.folders[f])).join('')}
    ${group.nodes.sort((a, b) => a.name.localeCompare(b.name)).map(n => `<a href="${link(n.unique_id)}"${n.unique_id === here ? ' aria-current="page"' : ''} title="${escape(n.name)}">${escape(n.name)}${n.version ? `.v${escape(n.version)}` : ''}</a>`).join('')}
  </details>`;
  aside.innerHTML = Object.keys(kinds).filter(k => groups[k]).map(k => render(k, kinds[k], groups[k], true)).join('');
}

const tone = status => ({ pass: 'good', success: 'good', warn: 'warn', fail: 'bad', error: 'bad', 'runtime error': 'bad', skipped: 'quiet' }[status] ?? 'quiet');
const mark = status => status ? `<span class="${tone(status)}">${escape(status)}</span>` : '<span class="quiet">not run</span>';
const kindBadge = node => `<span class="badge kind ${escape(node.resource_type)}">${escape(node.resource_type)}</span>`;

function testWords(test) {
  const about = test.test_metadata;
  if (!about) return escape(test.name);
  const given = Object.entries(about.kwargs ?? {}).filter(([k]) => !['model', 'column_name'].includes(k))
    .map(([k, v]) => k === 'values' && Array.isArray(v) ? v.join(', ') : k === 'to' ? String(v).replace(/^ref\(['"]|['"]\)$/g, '') : k === 'field' ? `.${v}` : `${k}: ${JSON.stringify(v)}`);
  return escape([about.namespace, about.name].filter(Boolean).join('.').replaceAll('_', ' ') + (given.length ? ` (${given.join(' ').replace(' .', '.')})` : ''));
}

const testBadge = test => `<span class="badge" title="${escape(`${test.name}: ${project.results[test.unique_id]?.status ?? 'not run'}`)}">
  <span class="${tone(project.results[test.unique_id]?.status)}">&#9679;</span> ${testWords(test)}</span>`;

function lineageOf(column) {
  const sources = (column.meta?.leadline?.lineage ?? []).filter(s => project.all[s.node]);
  return sources.map(s => `<a href="${link(s.node, s.column)}" title="${escape(s.use)}">${escape(project.label(s.node))}.${escape(s.column)}</a>${s.use === 'straight' ? '' : ' <span class="quiet">(transformed)</span>'}`).join('<br>');
}

function columns(node, marked) {
  const rows = project.columnsOf(node);
  if (!rows.length) return !node.relation_name ? '' : '<h2>Columns</h2><p class="quiet">None are declared. <code>leadline docs generate</code> takes them from the database.</p>';
  const tests = project.testsOf(node.unique_id);
  const own = column => tests.filter(t => t.column_name?.replaceAll('"', '').toLowerCase() === column.name.toLowerCase());
  const anyLineage = rows.some(c => lineageOf(c));
  return `<h2>Columns</h2><div class="scroll columns"><table>
    <tr><th>Name</th><th>Type</th><th>Description</th><th>Tests</th>${anyLineage ? '<th>Made of</th>' : ''}</tr>
    ${rows.map(c => `<tr id="column-${escape(c.name)}"${c.name === marked ? ' class="marked"' : ''}>
      <td><strong>${escape(c.name)}</strong></td><td><code>${escape(c.type ?? '')}</code></td>
      <td>${markdown(c.text)}</td><td>${own(c).map(testBadge).join('')}</td>${anyLineage ? `<td>${lineageOf(c)}</td>` : ''}</tr>`).join('')}
  </table></div>`;
}

function facts(node) {
  const catalog = project.catalog[node.unique_id]?.metadata, result = project.results[node.unique_id];
  const list = [
    ['Relation', node.relation_name && `<code title="${escape(node.relation_name)}">${escape(node.schema)}.${escape(node.alias ?? node.identifier)}</code>`],
    ['Built as', escape([node.config?.materialized, catalog && catalog.type.toLowerCase() !== node.config?.materialized ? `(${catalog.type.toLowerCase()})` : ''].filter(Boolean).join(' '))],
    ['File', escape(node.original_file_path)],
    ['Package', node.package_name !== project.name && escape(node.package_name)],
    ['Tags', (node.tags ?? []).map(t => `<span class="badge">${escape(t)}</span>`).join('')],
    ['Access', node.access && node.access !== 'protected' && escape(node.access)],
    ['Group', escape(node.group ?? '')],
    ['Contract', node.contract?.enforced && 'enforced'],
    ['Owner', escape(node.owner ? [node.owner.name, node.owner.email].filter(Boolean).join(', ') : catalog?.owner ?? '')],
    ['Loader', escape(node.loader ?? '')],
    ['Kind', node.resource_type === 'metric' && escape([node.type, node.type_params?.measure?.name].filter(Boolean).join(' of '))],
    ['Address', node.url && /^https?:/.test(node.url) && `<a href="${escape(node.url)}">${escape(node.url)}</a>`],
    ['Last run', result && `${mark(result.status)} in ${result.execution_time.toFixed(2)} s${result.adapter_response?.rows_affected >= 0 ? `, ${result.adapter_response.rows_affected.toLocaleString()} rows` : ''}`],
  ];
  return `<dl class="facts">${list.filter(([, v]) => v).map(([k, v]) => `<div><dt>${k}</dt><dd>${v}</dd></div>`).join('')}</dl>`;
}

function tests(node) {
  const all = project.testsOf(node.unique_id);
  return !all.length ? '' : `<h2>Tests</h2><div class="scroll"><table><tr><th>Test</th><th>Column</th><th>Last run</th><th>Severity</th></tr>
    ${all.map(t => `<tr><td title="${escape(t.name)}">${testWords(t)}</td><td>${escape(t.column_name ?? '')}</td>
      <td>${mark(project.results[t.unique_id]?.status)}${project.results[t.unique_id]?.failures ? ` <span class="quiet">${project.results[t.unique_id].failures} rows</span>` : ''}</td>
      <td>${escape((t.config?.severity ?? '').toLowerCase())}</td></tr>`).join('')}</table></div>`;
}

function neighbourhood(node) {
  const list = ids => ids.filter(id => project.all[id] && !project.isTest(id)).map(id => `<a class="badge" href="${link(id)}">${escape(project.label(id))}</a>`).join('');
  const reads = list(project.parents[node.unique_id] ?? []), readBy = list(project.children[node.unique_id] ?? []);
  return `${reads ? `<p><span class="quiet">Reads</span> ${reads}</p>` : ''}${readBy ? `<p><span class="quiet">Is read by</span> ${readBy}</p>` : ''}`;
}

function code(node) {
  if (!node.raw_code) return '';
  const tabs = [['Source', node.raw_code], ...(node.compiled_code ? [['Compiled', node.compiled_code]] : [])];
  return `<h2>SQL</h2><div class="tabs" role="tablist">${tabs.map(([title], at) => `<button role="tab" aria-selected="${!at}" data-tab="${at}">${title}</button>`).join('')}</div>
    ${tabs.map(([, text], at) => `<pre data-pane="${at}"${at ? ' hidden' : ''}><code>${escape(text.trim())}</code></pre>`).join('')}`;
}

function nodePage(id, column) {
  const node = project.all[id];
  if (!node) return `<h1>Not found</h1><p>There is no '${escape(id)}' in this project.</p>`;
  return `<h1>${escape(project.label(id))}</h1><p>${kindBadge(node)}</p>${markdown(node.description)}
    ${facts(node)}${neighbourhood(node)}${columns(node, column)}${tests(node)}${graphOf(id)}${code(node)}`;
}

function overview() {
  const counts = Object.entries(kinds).map(([k, title]) => [title, project.shown().filter(n => n.resource_type === k).length]).filter(([, n]) => n);
  const testCount = Object.values(project.all).filter(n => project.isTest(n.unique_id)).length;
  const written = Object.values(project.manifest.docs ?? {}).find(d => d.name === '__overview__' && d.package_name !== 'dbt') ?? Object.values(project.manifest.docs ?? {}).find(d => d.name === `__${project.name}__`);
  const wrong = Object.values(project.results).filter(r => ['fail', 'error', 'warn', 'runtime error'].includes(r.status));
  return `<h1>${escape(project.name)}</h1>${written ? markdown(written.block_contents) : ''}
    <dl class="facts">${[...counts, ...(testCount ? [['Tests', testCount]] : [])].map(([k, n]) => `<div><dt>${k}</dt><dd>${n}</dd></div>`).join('')}
    ${project.ranAt ? `<div><dt>Last run</dt><dd>${new Date(project.ranAt).toLocaleString()}</dd></div>` : ''}</dl>
    ${wrong.length ? `<h2>What the last run found</h2><div class="scroll"><table><tr><th>Node</th><th>Status</th><th>Message</th></tr>
      ${wrong.map(r => `<tr><td>${escape(project.all[r.unique_id]?.name ?? r.unique_id)}</td><td>${mark(r.status)}</td><td>${escape(r.message ?? '')}</td></tr>`).join('')}</table></div>` : ''}
    ${wholeGraph()}`;
}

function wholeGraph() {
  const ids = project.shown().filter(n => n.resource_type !== 'analysis').map(n => n.unique_id);
  return ids.length > 400 ? '<h2>Lineage</h2><p class="quiet">The project is too large to be drawn as a whole; each node shows its own part.</p>' : `<h2>Lineage</h2><div class="graph whole">${draw(ids)}</div>`;
}

function hits(words) {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  const score = node => {
    const name = project.label(node.unique_id).toLowerCase();
    const text = [name, node.description, ...(node.tags ?? []), ...Object.values(node.columns ?? {}).flatMap(c => [c.name, c.description]), node.raw_code].join('\n').toLowerCase();
    return wanted.every(w => text.includes(w)) ? wanted.filter(w => name.includes(w)).length * 2 + (name === words.toLowerCase() ? 3 : 0) + 1 : 0;
  };
  const found = project.shown().map(n => [score(n), n]).filter(([s]) => s).sort((a, b) => b[0] - a[0] || a[1].name.localeCompare(b[1].name)).slice(0, 60);
  const first = text => String(text ?? '').split('\n')[0];
  return `<h1>${found.length ? `Found for '${escape(words)}'` : `Nothing found for '${escape(words)}'`}</h1><ul class="hits">
    ${found.map(([, n]) => `<li>${kindBadge(n)} <a href="${link(n.unique_id)}"><strong>${escape(project.label(n.unique_id))}</strong></a><div class="quiet">${inline(first(n.description))}</div></li>`).join('')}</ul>`;
}

function show() {
  const [, kind, id, column] = location.hash.split('/').map(decodeURIComponent);
  main.innerHTML = kind === 'search' ? hits(id ?? '') : kind === 'graph' ? wholeGraph() : id ? nodePage(id, column) : overview();
  main.classList.toggle('wide', kind === 'graph');
  document.title = id && project.all[id] ? `${project.label(id)} · ${project.name}` : project.name;
  tree();
  const row = column && document.getElementById(`column-${column}`);
  if (row) row.scrollIntoView({ block: 'center' });
  else if (kind !== 'search') window.scrollTo(0, 0);
  const here = main.querySelector('g.here')?.getBoundingClientRect(), frame = main.querySelector('.graph');
  if (here && frame) frame.scrollLeft = here.left - frame.getBoundingClientRect().left - frame.clientWidth / 2 + here.width / 2;
}

async function load() {
  const get = async name => { const answer = await fetch(name); return answer.ok ? answer.json() : null; };
  read(window.leadline ?? { manifest: await get('manifest.json'), catalog: await get('catalog.json').catch(() => null), results: await get('run_results.json').catch(() => null) });
  document.querySelector('.home').textContent = project.name;
  show();
}

main.addEventListener('click', event => {
  const tab = event.target.closest('[data-tab]');
  if (!tab) return;
  for (const one of main.querySelectorAll('[data-tab]')) one.setAttribute('aria-selected', one === tab);
  for (const pane of main.querySelectorAll('[data-pane]')) pane.hidden = pane.dataset.pane !== tab.dataset.tab;
});
main.addEventListener('mouseover', light);
search.addEventListener('input', () => { location.replace(search.value.trim() ? `#!/search/${encodeURIComponent(search.value.trim())}` : '#!/overview'); });
addEventListener('hashchange', show);
load().catch(failure => { main.innerHTML = `<h1>Nothing to show</h1><p>The manifest could not be read: ${escape(failure.message)}. Write it with <code>leadline docs generate</code>; opened from a folder, use the file written with <code>--static</code>.</p>`; });
