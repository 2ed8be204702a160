using Models.Jinja.Rendering;
using Models.Rendering.Context.Functions;

namespace Models.Rendering.Context.Adapter;

/// <summary>An entry of a model's <c>indexes</c>: docs.getdbt.com/reference/resource-configs/postgres-configs#indexes.</summary>
internal sealed class IndexObject(JinjaDict raw) : IJinjaObject
{
    private JinjaList Columns => raw.TryGetValue("columns", out var columns) && columns is IEnumerable<object?> items ? new JinjaList(items) : new JinjaList();

    private bool Unique => raw.TryGetValue("unique", out var unique) && unique is true;

    private string? Type => raw.TryGetValue("type", out var type) && type is not null ? PythonText.Str(type) : null;

    public bool TryGetAttribute(string name, out object? value)
    {
        value = name switch
        {
            "columns" => Columns,
            "unique" => Unique,
            "type" => Type,
            "as_node_config" => raw,
            "render" => new HostFunction("render(relation)", a =>
            {
                a.Node.MarkVolatile();
                return NameFor(a.Text(0), a.Node.Project.RunStartedAt);
            }),
            _ => null,
        };
        return value is not null || name == "type";
    }

    /// <summary>The name differs in every build, because the index of the table being replaced still has the old name.</summary>
    private string NameFor(string relation, DateTimeOffset now) =>
        GeneralFunctions.Md5($"{string.Join('_', Columns.Select(PythonText.Str))}_{relation}_{Unique}_{Type}_{now:O}_{Guid.NewGuid()}");
}
