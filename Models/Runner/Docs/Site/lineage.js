// Draws a part of the graph in layers, parents left of their children.
const size = { width: 205, height: 30, across: 45, down: 14, edge: 20 };

function neighbours(start, links, depth) {
  const found = new Map([[start, 0]]);
  for (let queue = [start]; queue.length;) {
    const id = queue.shift();
    for (const next of links[id] ?? []) {
      if (found.has(next) || found.get(id) === depth || !project.all[next] || project.isTest(next)) continue;
      found.set(next, found.get(id) + 1);
      queue.push(next);
    }
  }
  return found;
}

function layers(ids) {
  const inside = new Set(ids), level = {}, visiting = new Set();
  const levelOf = id => {
    if (id in level || visiting.has(id)) return level[id] ?? 0;
    visiting.add(id);
    level[id] = Math.max(-1, ...(project.parents[id] ?? []).filter(p => inside.has(p)).map(levelOf)) + 1;
    return level[id];
  };
  const rows = [];
  for (const id of ids) (rows[levelOf(id)] ??= []).push(id);
  return rows;
}

// each layer is put into the order of the middle of its neighbours, there and back, so that few lines cross
function order(rows) {
  const place = {};
  const note = row => row.forEach((id, at) => { place[id] = at - row.length / 2; });
  const sort = (row, links) => {
    const middle = id => {
      const near = (links[id] ?? []).filter(n => n in place);
      return near.length ? near.reduce((sum, n) => sum + place[n], 0) / near.length : place[id] ?? 0;
    };
    const at = new Map(row.map(id => [id, middle(id)]));
    row.sort((a, b) => at.get(a) - at.get(b));
    note(row);
  };
  rows.forEach(row => { row.sort(); note(row); });
  for (let pass = 0; pass < 6; pass++) {
    rows.forEach(row => sort(row, project.parents));
    [...rows].reverse().forEach(row => sort(row, project.children));
  }
}

function draw(ids, here) {
  const rows = layers(ids).filter(Boolean);
  order(rows);
  const tallest = Math.max(...rows.map(r => r.length));
  const at = {};
  rows.forEach((row, x) => row.forEach((id, y) => {
    at[id] = {
      x: size.edge + x * (size.width + size.across),
      y: size.edge + (y + (tallest - row.length) / 2) * (size.height + size.down),
    };
  }));
  const lines = ids.flatMap(id => (project.parents[id] ?? []).filter(p => at[p]).map(parent => {
    const from = { x: at[parent].x + size.width, y: at[parent].y + size.height / 2 };
    const to = { x: at[id].x, y: at[id].y + size.height / 2 };
    const bend = (to.x - from.x) / 2;
    return `<path data-from="${escape(parent)}" data-to="${escape(id)}" d="M${from.x},${from.y}C${from.x + bend},${from.y} ${to.x - bend},${to.y} ${to.x},${to.y}"/>`;
  }));
  const boxes = ids.map(id => {
    const name = project.label(id), shown = name.length > 28 ? `${name.slice(0, 27)}…` : name;
    return `<a href="${link(id)}"><g class="${escape(project.all[id].resource_type)}${id === here ? ' here' : ''}" data-id="${escape(id)}" transform="translate(${at[id].x},${at[id].y})">
      <title>${escape(name)}</title><rect width="${size.width}" height="${size.height}"/><text x="10" y="20">${escape(shown)}</text></g></a>`;
  });
  const width = rows.length * (size.width + size.across) - size.across + 2 * size.edge;
  const height = tallest * (size.height + size.down) - size.down + 2 * size.edge;
  return `<svg width="${width}" height="${height}" role="img" aria-label="Lineage">${lines.join('')}${boxes.join('')}</svg>`;
}

function light(event) {
  const id = event.target.closest?.('g[data-id]')?.dataset.id;
  for (const line of document.querySelectorAll('.graph path')) line.classList.toggle('lit', !!id && (line.dataset.from === id || line.dataset.to === id));
}

function graphOf(id) {
  const ids = [...new Set([...neighbours(id, project.parents, 3).keys(), ...neighbours(id, project.children, 3).keys()])];
  return ids.length < 2 ? '' : `<h2>Lineage</h2><div class="graph">${draw(ids, id)}</div>`;
}
