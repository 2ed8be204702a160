using Models.Database.Definitions;
using Models.Database.Sessions;
using Models.Project.Graph;
using Models.Rendering.Nodes;

namespace Models.Engine.Materializations;

/// <summary>
/// A function and its overloads. A function that exists gets the new body, so that views that call it stay. As in dbt, every overload is tried when
/// the function itself is there, and the node is a partial success if one of them is refused.
/// </summary>
internal sealed class FunctionMaterialization : IMaterialization
{
    public async Task<StatementOutcome> BuildAsync(BuildContext context, CancellationToken cancellationToken)
    {
        var function = (FunctionNode)context.Node;
        var outcome = await context.Session.RunAsync(
            new BuildPlan
            {
                Before = context.Hooks.BeforeTransaction,
                Transaction = [.. context.Hooks.First, .. Statements(context, function, isMain: true), .. context.Hooks.Last],
                After = context.Hooks.AfterTransaction,
            },
            cancellationToken);
        var refused = new List<string>();
        foreach (var (overload, variant) in function.Overloads.Zip(function.Variants.Skip(1)))
        {
            try
            {
                await context.Session.InTransactionAsync([.. Statements(context, variant, isMain: false)], cancellationToken);
            }
            catch (StatementException failure)
            {
                refused.Add($"{overload.DefinedIn}: {failure.Message}");
            }
        }

        return refused.Count == 0 ? outcome : outcome with { Problem = $"PARTIAL SUCCESS {function.Name}; refused overloads: {string.Join("; ", refused)}" };
    }

    private static IEnumerable<Statement> Statements(BuildContext context, FunctionNode variant, bool isMain)
    {
        var name = context.Target.QuotedName;
        var body = context.Project.Compile(variant, context.Connection, new CompileMode { Empty = context.Run.Options.Compile.Empty }).Sql;
        yield return FunctionDdl.Create(name, variant, body) with { IsMain = isMain };

        if (variant.Config.TryGet("grants", out var grants))
        {
            foreach (var (privilege, roles) in ConfigValues.Map(grants))
            {
                if (ConfigValues.Strings(roles) is { Count: > 0 } names)
                    yield return FunctionDdl.Grant(name, variant, privilege, names);
            }
        }

        if (variant.Description.Length > 0 && variant.Config.TryGet("persist_docs", out var docs)
            && ConfigValues.Map(docs).GetValueOrDefault("relation") is true)
            yield return FunctionDdl.Comment(name, variant);
    }
}
