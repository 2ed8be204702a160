using Models.Project.Graph;
using Models.Project.Seeds;
using Models.Rendering.Context.Adapter;

namespace Models.Rendering.Context.Functions;

/// <summary>The functions with which the seed materialization reads its file.</summary>
internal static class SeedFunctions
{
    public static IReadOnlyDictionary<string, object?> All { get; } = new Dictionary<string, object?>(StringComparer.Ordinal)
    {
        ["load_agate_table"] = new HostFunction("load_agate_table()", Load),
    };

    private static TableObject Load(BoundArguments a)
    {
        if (a.Node.Node is not SeedNode seed)
            throw a.Context.ValueError("'load_agate_table' reads the file of a seed, and is for its materialization alone");

        var file = SeedFile.Open(seed);
        IReadOnlyList<string> names = [.. file.Columns.Select(c => c.Name)];
        return new TableObject(names, [.. file.ReadRows().Select(row => new RowObject(names, row))])
        {
            SqlTypes = [.. file.Columns.Select(c => c.DataType)],
        };
    }
}
