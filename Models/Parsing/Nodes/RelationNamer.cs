using System.Collections.Concurrent;
using Models.Jinja.Rendering;
using Models.Project.Graph;
using Models.Rendering.Context;
using Models.Rendering.Macros;

namespace Models.Parsing.Nodes;

/// <summary>
/// Computes a node's relation with the macros generate_database_name, generate_schema_name and generate_alias_name. If a project does not override
/// them, the names are computed here without rendering.
/// </summary>
internal sealed class RelationNamer(DbtProject project)
{
    private readonly MacroSource? _schema = Overridden(project, "generate_schema_name");
    private readonly MacroSource? _alias = Overridden(project, "generate_alias_name");
    private readonly MacroSource? _database = Overridden(project, "generate_database_name");
    private readonly ConcurrentDictionary<string, ConcurrentDictionary<string, bool>> _longSchemas = new(StringComparer.Ordinal);

    public Relation Name(RelationNode node)
    {
        var database = Generate("generate_database_name", _database, node, node.Config.GetString("database")) ?? node.Config.GetString("database")
            ?? project.Target.Database;
        var own = node.Config.TryGet("quoting", out var quoting) ? quoting as JinjaDict : null;
        return QuotingFold.Apply(new Relation(database, AsKept(Schema(node)), Alias(node)), project.Packages[0].Quoting, own);
    }

    /// <summary>Returns the names that were generated for a schema and that the server stores under this one; empty if it was generated as it is.</summary>
    public IReadOnlyCollection<string> LongSchemas(string kept) =>
        _longSchemas.TryGetValue(kept, out var written) && written.Keys.Any(w => w != kept) ? [.. written.Keys.Order(StringComparer.Ordinal)] : [];

    /// <summary>Shortens a schema's name as the server does, because relations are looked up by the name that it stores.</summary>
    private string AsKept(string schema)
    {
        if (ServerName.Length(schema) < ServerName.LongestName)
            return schema;

        var kept = ServerName.Cut(schema);
        _longSchemas.GetOrAdd(kept, _ => new ConcurrentDictionary<string, bool>(StringComparer.Ordinal)).TryAdd(schema, true);
        return kept;
    }

    private string Schema(RelationNode node)
    {
        var custom = node.Config.GetString("schema");
        if (node is SnapshotNode && node.Config.GetString("target_schema") is { } fixedSchema)
            return fixedSchema;
        if (node is AnalysisNode)
            custom = null;

        return Generate("generate_schema_name", _schema, node, custom) ?? (custom is null ? project.Target.Schema : $"{project.Target.Schema}_{custom.Trim()}");
    }

    private string Alias(RelationNode node)
    {
        var custom = node.Config.GetString("alias");
        if (Generate("generate_alias_name", _alias, node, custom) is { } generated)
            return generated;
        if (!string.IsNullOrEmpty(custom))
            return custom.Trim();

        return node is ModelNode { Version: { } version } ? $"{node.Name}_v{version.Replace('.', '_')}" : node.Name;
    }

    /// <summary>Calls the macro of the node's own package, otherwise the project's; returns null if neither has one.</summary>
    private string? Generate(string name, MacroSource? ofProject, RelationNode node, string? custom)
    {
        var macro = node.PackageName == project.Name ? ofProject : project.Macros.FindIn(node.PackageName, name) ?? ofProject;
        if (macro is null)
            return null;

        var context = new NodeContext(project, node.PackageName, node, connection: null);
        var result = macro.Bind(context).Call(CallContext.Create(context.Renders, node.Span), new CallArguments([custom, context.Model], []));
        return PythonText.Str(result).Trim();
    }

    /// <summary>Returns the macro if it, or a macro it dispatches to, is overridden.</summary>
    private static MacroSource? Overridden(DbtProject project, string name)
    {
        var macro = project.Macros.FindGenerator(project.Name, name);
        var implementation = project.Macros.Dispatch(project.Name, name, MacroIndex.BuiltInNamespace);
        return macro?.Definition.PackageName == MacroIndex.BuiltInNamespace && implementation?.Definition.PackageName == MacroIndex.BuiltInNamespace
            ? null
            : macro;
    }
}
