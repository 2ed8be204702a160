using Models.Diagnostics;
using Models.Jinja.Rendering;
using Models.Project.Graph;
using Models.Rendering.Connections;
using Models.Rendering.Macros;
using Models.Rendering.Nodes;

namespace Models.Rendering.Context;

/// <summary>Renders nodes with a database and inserts the ephemeral models they read into their SQL.</summary>
internal sealed class NodeCompiler(DbtProject project, ResolvedProject resolved)
{
    public CompiledNode Compile(Node node, IAdapterConnection connection, CompileMode mode)
    {
        var (sql, context) = Render(node, connection, mode);
        if (context.Ephemerals.Count == 0)
            return new CompiledNode(AsSet(node, context), sql.Text, sql.Map) { IsVolatile = context.IsVolatile };

        var ctes = new List<(string Name, RenderedTemplate Sql)>();
        var isVolatile = AddEphemerals(context, connection, mode, ctes, []) || context.IsVolatile;
        var whole = EphemeralCtes.Inject(sql, ctes);
        return new CompiledNode(AsSet(node, context), whole.Text, whole.Map) { IsVolatile = isVolatile };
    }

    /// <summary>Returns the node with the settings that its rendering changed: <c>set_sql_header</c>.</summary>
    private static Node AsSet(Node node, NodeContext context) => context.Config is { } config && config != node.Config ? node with { Config = config } : node;

    public MaterializationResult Materialize(MacroSource macro, Node node, string sql, IAdapterConnection connection)
    {
        var context = new NodeContext(project, resolved, node.PackageName, node, connection);
        context.SetLocal("sql", sql);
        context.SetLocal("compiled_code", sql);
        if (context.Model is JinjaDict model)
        {
            model["compiled_code"] = sql;
            model["compiled_sql"] = sql;
        }

        var returned = macro.Bind(context).Call(CallContext.Create(context.Renders, node.Span), CallArguments.None);
        return new MaterializationResult(returned, context.Results, context.Written);
    }

    private RenderedEphemeral Render(Node node, IAdapterConnection connection, CompileMode mode)
    {
        var context = new NodeContext(project, resolved, node.PackageName, node, connection, mode);
        if (mode.Incremental is { } incremental)
            context.SetLocal("is_incremental", new Functions.HostFunction("is_incremental()", _ => incremental));
        if (node.Template is not { } template)
            return new RenderedEphemeral(RenderedTemplate.Unmapped(""), context);

        try
        {
            if (node is TestNode { TestName: not null } test)
                context.SetLocal(GenericTestArguments.Name, GenericTestArguments.Render(test, context));
            return new RenderedEphemeral(template.Render(context.Renders), context);
        }
        catch (DiagnosticException e) when (
            node is OperationNode { Source.IsEmbedded: false } || (node is TestNode { TestName: not null } && e.Diagnostic.Span.File == template.Source.Path))
        {
            throw new DiagnosticException(e.Diagnostic with { Span = node.Span }, e);
        }
    }

    /// <summary>Adds the ephemeral models that a node reads, directly or indirectly, each once and after those it reads.</summary>
    /// <returns>True if rendering one of them again may give a different result.</returns>
    private bool AddEphemerals(
        NodeContext reader, IAdapterConnection connection, CompileMode mode, List<(string Name, RenderedTemplate Sql)> ctes, HashSet<string> added)
    {
        var isVolatile = false;
        foreach (var ephemeral in reader.Ephemerals)
        {
            if (!added.Add(ephemeral.UniqueId))
                continue;

            var (sql, context) = RenderEphemeral(ephemeral, connection, mode);
            isVolatile |= AddEphemerals(context, connection, mode, ctes, added) || context.IsVolatile;
            ctes.Add((resolved.EphemeralNames.Of(ephemeral), sql));
        }

        return isVolatile;
    }

    /// <summary>An ephemeral model that did not query the database has the same SQL for every reader.</summary>
    private RenderedEphemeral RenderEphemeral(ModelNode ephemeral, IAdapterConnection connection, CompileMode mode)
    {
        var isPlain = ReferenceEquals(mode, CompileMode.Default);
        if (isPlain && resolved.Ephemerals.TryGetValue(ephemeral.UniqueId, out var known))
            return known;

        var rendered = Render(ephemeral, connection, mode with { Incremental = null });
        if (isPlain && !rendered.Context.UsedDatabase)
            resolved.Ephemerals[ephemeral.UniqueId] = rendered;
        return rendered;
    }
}
