using Models.Database;
using Models.Database.Adapters;
using Models.Database.Sessions;
using Models.Jinja.Rendering;
using Models.Parsing;
using Models.Project.Graph;
using Models.Rendering.Nodes;

namespace Models.Engine.Materializations;

/// <summary>
/// A materialization carried out by the template engine: one of the project or a package, or a built-in one of which the project
/// has replaced a part.
/// </summary>
internal sealed class CustomMaterialization(string macro) : IMaterialization
{
    private const string AllowPackages = "require_explicit_package_overrides_for_builtin_materializations";

    /// <summary>The macro that takes the place of the run engine's own way; null where there is none.</summary>
    /// <param name="project">The project.</param>
    /// <param name="node">What is built.</param>
    /// <param name="name">The materialization.</param>
    public static CustomMaterialization? Find(ParsedProject project, Node node, string name)
    {
        var isBuiltIn = Parts(node, name).Any();
        foreach (var adapter in (ReadOnlySpan<string>)["postgres", "default"])
        {
            var macro = $"materialization_{name}_{adapter}";
            foreach (var definition in project.MacrosNamed(macro))
            {
                // a package may add materializations, but may override a built-in one only where the project allows it
                if (definition.PackageName is not ("dbt" or "dbt_postgres")
                    && (!isBuiltIn || definition.PackageName == project.Name || project.FlagIsOff(AllowPackages)))
                    return new CustomMaterialization($"{definition.PackageName}.{macro}");
            }
        }

        return UsesStrategyOfPackage(node) || Parts(node, name).Any(part => project.Replaces(part, node.PackageName))
            ? new CustomMaterialization($"dbt.materialization_{name}_default")
            : null;
    }

    /// <summary>Carries out a test; the first row of its main statement says how many failures there are and what they mean.</summary>
    public async Task<IReadOnlyList<object?>> TestAsync(
        ParsedProject project, TestNode test, string sql, Session session, RunConnection target, CancellationToken cancellationToken)
    {
        var result = await RunAsync(project, macro, test, sql, session, target, cancellationToken);
        return result.MainRow ?? throw new RunException($"The materialization of test '{test.Name}' has no statement 'main' that returns a row.");
    }

    public async Task<StatementOutcome> BuildAsync(BuildContext context, CancellationToken cancellationToken)
    {
        var result = await RunAsync(context.Project, macro, context.Node, context.Sql, context.Session, context.Connection, cancellationToken);

        if (result.Returned is not JinjaDict returned || !returned.ContainsKey("relations"))
            throw new RunException(
                $"The materialization of '{context.Node.Name}' ({macro}) did not explicitly return a list of relations; end it with " +
                "{{ return({'relations': [target_relation]}) }}.");

        // the macro created or dropped relations that the cache does not know of
        context.Cache.MarkStale();
        return new StatementOutcome(result.Message.Length == 0 ? "OK" : result.Message, -1) { Sql = result.Written };
    }

    /// <summary>Carries out a materialization's macro; of an open transaction nothing is left where it fails.</summary>
    public static async Task<MaterializationResult> RunAsync(
        ParsedProject project, string macro, Node node, string sql, Session session, RunConnection target, CancellationToken cancellationToken)
    {
        await session.OpenAsync(cancellationToken);
        var connection = new MaterializationConnection(target, session, sql, cancellationToken);
        try
        {
            var result = project.Materialize(macro, node, sql, connection);
            connection.Commit();
            return result;
        }
        catch
        {
            await session.RollbackAsync();
            throw;
        }
    }

    /// <summary>A snapshot may name the package whose strategy it uses: <c>package.name</c>.</summary>
    private static bool UsesStrategyOfPackage(Node node) =>
        node is SnapshotNode && node.Config.GetString("strategy")?.Contains('.', StringComparison.Ordinal) == true;

    /// <summary>The macros that make up a built-in materialization; batches are the run engine's own, and strategies have their own way.</summary>
    private static string[] Parts(Node node, string name) => name switch
    {
        "incremental" when node.Config.GetString("incremental_strategy") == "microbatch" => [],
        "incremental" => ["materialization_incremental_default", "get_columns_in_relation"],
        "snapshot" => ["materialization_snapshot_default", $"snapshot_{node.Config.GetString("strategy")}_strategy"],
        "test" => ["get_test_sql", "get_limit_subquery_sql", "should_store_failures"],
        _ when MaterializationTable.Find(node, name) is not null => [$"materialization_{name}_default"],
        _ => [],
    };
}
