namespace Models.Analysis.Lineage;

/// <summary>
/// One node of PostgreSQL's analysed query tree, for example <c>VAR</c> or <c>TARGETENTRY</c>, with the fields that lineage reads. A value is a <see
/// cref="QueryTreeNode"/>, a list of values, a string or null; numbers are stored separately.
/// </summary>
internal sealed class QueryTreeNode(string type)
{
    private readonly List<Field> _fields = [];

    public string Type { get; } = type;

    /// <summary>All values that are or contain other nodes, for a traversal regardless of field names.</summary>
    public IEnumerable<object> Children
    {
        get
        {
            foreach (var entry in _fields)
            {
                if (entry.Value is QueryTreeNode or List<object?>)
                    yield return entry.Value;
            }
        }
    }

    public void Add(string name, object? value, int number) => _fields.Add(new(name, value, number));

    public QueryTreeNode? Node(string name) => Find(name).Value as QueryTreeNode;

    public List<object?> Items(string name) => Find(name).Value as List<object?> ?? [];

    public string? Text(string name) => Find(name).Value as string;

    public int Number(string name) => Find(name).Number;

    /// <summary>An object id, which is unsigned and stored in the same 32 bits.</summary>
    public uint ObjectId(string name) => unchecked((uint)Find(name).Number);

    private Field Find(string name)
    {
        foreach (var entry in _fields)
        {
            if (ReferenceEquals(entry.Name, name) || entry.Name == name)
                return entry;
        }

        return default;
    }

    private readonly record struct Field(string Name, object? Value, int Number);
}
