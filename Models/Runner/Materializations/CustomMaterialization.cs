using Models.Compiler;
using Models.Runner.Execution;

namespace Models.Runner.Materializations;

/// <summary>A <c>{% materialization %}</c> of the project or a package, carried out by the template engine inside one transaction.</summary>
internal sealed class CustomMaterialization(string macro) : IMaterialization
{
    /// <summary>The materialization of that name which the project or a package defines, PostgreSQL's own first; null where none does.</summary>
    public static CustomMaterialization? Find(ParsedProject project, string name)
    {
        foreach (var adapter in (ReadOnlySpan<string>)["postgres", "default"])
        {
            var macro = $"materialization_{name}_{adapter}";
            foreach (var definition in project.Macros)
            {
                if (definition.Name == macro && definition.PackageName is not ("dbt" or "dbt_postgres"))
                    return new CustomMaterialization(macro);
            }
        }

        return null;
    }

    public async Task<StatementOutcome> BuildAsync(BuildContext context, CancellationToken cancellationToken)
    {
        await context.Session.OpenAsync(cancellationToken);
        var result = await context.Session.AtomicallyAsync(
            () => Task.FromResult(context.Project.Materialize(macro, context.Node, context.Sql, context.Warehouse)),
            cancellationToken);

        // whatever it made, it made behind the cache's back
        context.Cache.MarkStale();
        return new StatementOutcome(result.Message.Length == 0 ? "OK" : result.Message, -1) { Sql = result.Written };
    }
}
