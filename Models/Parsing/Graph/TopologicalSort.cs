using Models.Diagnostics;
using Models.Project.Diagnostics;
using Models.Project.Graph;

namespace Models.Parsing.Graph;

/// <summary>Sorts parents before children. A cycle is reported with each of its references, and its nodes come last.</summary>
internal sealed class TopologicalSort
{
    private readonly IReadOnlyList<Node> _nodes;
    private readonly DiagnosticBag _diagnostics;
    private readonly Dictionary<string, int> _index;
    private readonly List<int>[] _children;
    private readonly int[] _open;

    public TopologicalSort(IReadOnlyList<Node> nodes, DiagnosticBag diagnostics)
    {
        _nodes = nodes;
        _diagnostics = diagnostics;
        _index = new(nodes.Count, StringComparer.Ordinal);
        _children = new List<int>[nodes.Count];
        _open = new int[nodes.Count];
        for (var i = 0; i < nodes.Count; i++)
            _index[nodes[i].UniqueId] = i;
        for (var i = 0; i < nodes.Count; i++)
        {
            foreach (var parent in nodes[i].DependsOn)
            {
                if (!_index.TryGetValue(parent, out var at))
                    continue;

                (_children[at] ??= []).Add(i);
                _open[i]++;
            }
        }
    }

    public IReadOnlyList<Node> Sort()
    {
        var sorted = new List<Node>(_nodes.Count);
        var ready = new Queue<int>();
        for (var i = 0; i < _nodes.Count; i++)
        {
            if (_open[i] == 0)
                ready.Enqueue(i);
        }

        while (ready.TryDequeue(out var node))
        {
            sorted.Add(_nodes[node]);
            foreach (var child in _children[node] ?? [])
            {
                if (--_open[child] == 0)
                    ready.Enqueue(child);
            }
        }

        if (sorted.Count == _nodes.Count)
            return sorted;

        ReportCycles();
        for (var i = 0; i < _nodes.Count; i++)
        {
            if (_open[i] > 0)
                sorted.Add(_nodes[i]);
        }

        return sorted;
    }

    /// <summary>Follows the remaining parents until a node repeats; reports each cycle once.</summary>
    private void ReportCycles()
    {
        var state = new int[_nodes.Count];
        for (var start = 0; start < _nodes.Count; start++)
        {
            if (_open[start] == 0 || state[start] != 0)
                continue;

            var path = new List<int>();
            var node = start;
            while (node >= 0 && state[node] == 0)
            {
                state[node] = start + 1;
                path.Add(node);
                node = LeftoverParent(node);
            }

            if (node >= 0 && state[node] == start + 1)
                Report(path[path.IndexOf(node)..]);
        }
    }

    private int LeftoverParent(int node)
    {
        foreach (var parent in _nodes[node].DependsOn)
        {
            if (_index.TryGetValue(parent, out var at) && _open[at] > 0)
                return at;
        }

        return -1;
    }

    private void Report(List<int> cycle)
    {
        var steps = new List<string>();
        SourceSpan? first = null;
        for (var i = 0; i < cycle.Count; i++)
        {
            var reader = _nodes[cycle[i]];
            var read = _nodes[cycle[(i + 1) % cycle.Count]];
            var span = reader.Refs.FirstOrDefault(r => r.UniqueId == read.UniqueId)?.Span ?? reader.Span;
            first ??= span;
            steps.Add($"'{reader.Name}' reads '{read.Name}' at {Path.GetFileName(span.File)}{span.ToString()[span.File.Length..]}");
        }

        _diagnostics.Add(GraphDiagnostics.Cycle(first!.Value, string.Join(", ", steps)));
    }
}
