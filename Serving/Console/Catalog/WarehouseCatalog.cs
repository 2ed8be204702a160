namespace Serving.Console.Catalog;

/// <summary>All nodes of all projects, and who uses whom. Immutable.</summary>
internal sealed class WarehouseCatalog
{
    private readonly Dictionary<string, CatalogNode> _nodes;
    private readonly ILookup<string, CatalogNode> _children;
    private readonly ILookup<string, CatalogNode> _tests;
    private readonly ILookup<(string Node, string Column), ColumnSource> _columnUses;

    public WarehouseCatalog(IEnumerable<CatalogNode> nodes)
    {
        _nodes = nodes.GroupBy(node => node.Id).ToDictionary(group => group.Key, group => group.First());
        Nodes = [.. _nodes.Values.OrderBy(node => node.Name, StringComparer.Ordinal).ThenBy(node => node.Id, StringComparer.Ordinal)];
        Projects = [.. Nodes.Select(node => node.Project).Distinct().Order(StringComparer.Ordinal)];
        _children = Nodes.SelectMany(child => child.Parents.Select(parent => (Parent: parent, Child: child))).ToLookup(use => use.Parent, use => use.Child);
        _tests = Nodes.Where(node => node.Test?.Node is not null).ToLookup(node => node.Test!.Node!);
        var uses =
            from node in Nodes
            from column in node.Columns
            from source in column.Sources
            select (From: (source.Node, source.Column), To: new ColumnSource(node.Id, column.Name, source.Use));
        _columnUses = uses.ToLookup(use => use.From, use => use.To);
    }

    /// <summary>In the order of their names.</summary>
    public IReadOnlyList<CatalogNode> Nodes { get; }

    public IReadOnlyList<string> Projects { get; }

    public CatalogNode? Find(string id) => _nodes.GetValueOrDefault(id);

    public IEnumerable<CatalogNode> ParentsOf(CatalogNode node) => node.Parents.Select(Find).OfType<CatalogNode>();

    /// <summary>What reads the node; tests are not among them.</summary>
    public IEnumerable<CatalogNode> ChildrenOf(CatalogNode node) => _children[node.Id].Where(child => !child.IsTest);

    /// <summary>The tests that are about the node.</summary>
    public IEnumerable<CatalogNode> TestsOf(CatalogNode node) => _tests[node.Id];

    /// <summary>The columns that are made from this one.</summary>
    public IEnumerable<ColumnSource> UsesOf(string node, string column) => _columnUses[(node, column)];

    /// <summary>Nodes whose name, description, tag or column holds every word; those with a word in the name first.</summary>
    public IEnumerable<CatalogNode> Search(string? text, string? type, string? project)
    {
        var words = (text ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var inScope = Nodes.Where(node => (string.IsNullOrEmpty(type) || node.Type == type) && (string.IsNullOrEmpty(project) || node.Project == project));
        return words.Length == 0
            ? inScope
            : inScope.Where(node => words.All(word => Mentions(node, word))).OrderBy(node => words.All(word => Holds(node.Name, word)) ? 0 : 1);
    }

    private static bool Mentions(CatalogNode node, string word) =>
        Holds(node.Name, word)
        || Holds(node.Description, word)
        || node.Tags.Any(tag => Holds(tag, word))
        || node.Columns.Any(column => Holds(column.Name, word));

    private static bool Holds(string text, string word) => text.Contains(word, StringComparison.OrdinalIgnoreCase);
}
