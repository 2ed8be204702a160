using Models.Jinja.Rendering;
using Models.Project.Graph;
using Models.Rendering.Context.Functions;

namespace Models.Rendering.Context.Adapter;

/// <summary>Compares the indexes of a materialized view with those in its model's configuration.</summary>
internal static class MaterializedViewChanges
{
    /// <param name="described">The existing view: a dict with <c>indexes</c>, a table of name, method, unique and column_names.</param>
    /// <param name="model">The <c>model</c> value of templates.</param>
    /// <returns>An object with <c>requires_full_refresh</c> and <c>indexes</c>; null if there are no differences.</returns>
    public static object? Find(object? described, object? model)
    {
        var present = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var row in (MappingValue.Value(described, "indexes") as TableObject ?? TableObject.Empty).Rows)
            present[Key(Text(row, "column_names").Split(','), Text(row, "unique"), Text(row, "method"))] = Text(row, "name");

        var wanted = new Dictionary<string, JinjaDict>(StringComparer.Ordinal);
        foreach (var index in MappingValue.Items(MappingValue.Value(MappingValue.Value(model, "config"), "indexes")).OfType<JinjaDict>())
        {
            var unique = PythonText.Str(MappingValue.Value(index, "unique") is true);
            var method = PythonText.Str(MappingValue.Value(index, "type") ?? "btree");
            wanted[Key(TemplateItems.Texts(MappingValue.Value(index, "columns")), unique, method)] = index;
        }

        var changes = new JinjaList();
        foreach (var (key, name) in present.Where(p => !wanted.ContainsKey(p.Key)))
            changes.Add(Change("drop", ("name", name)));
        foreach (var (_, index) in wanted.Where(w => !present.ContainsKey(w.Key)))
            changes.Add(Change("create", ("as_node_config", index)));

        return changes.Count == 0
            ? null
            : new HostNamespace(
                "changes", new Dictionary<string, object?> { ["requires_full_refresh"] = false, ["has_changes"] = true, ["indexes"] = changes });
    }

    private static HostNamespace Change(string action, (string Name, object? Value) context) =>
        new("change", new Dictionary<string, object?>
        {
            ["action"] = action,
            ["context"] = new HostNamespace("index", new Dictionary<string, object?> { [context.Name] = context.Value }),
        });

    private static string Key(IEnumerable<string> columns, string unique, string method) =>
        $"{string.Join(',', columns.Select(c => c.Trim()).Order(StringComparer.Ordinal))} {unique} {method}".ToLowerInvariant();

    private static string Text(RowObject row, string column) => row.TryGetItem(column, out var value) ? PythonText.Str(value) : "";
}
