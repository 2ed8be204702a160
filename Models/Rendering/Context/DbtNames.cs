using Models.Jinja.Rendering;
using Models.Project.Graph;
using Models.Rendering.Context.Adapter;
using Models.Rendering.Context.Functions;
using Models.Rendering.Context.Modules;

namespace Models.Rendering.Context;

/// <summary>Registers dbt's names in templates. Source: docs.getdbt.com/reference/dbt-jinja-functions.</summary>
internal static class DbtNames
{
    /// <summary>The dbt version that templates see; packages check it.</summary>
    public const string DbtVersion = "1.10.23";

    /// <summary>The names with the same value in every rendering; functions get the rendering from the call.</summary>
    private static readonly Dictionary<string, object?> s_shared = Collect(
        ReferenceFunctions.All, GeneralFunctions.All, StatementFunctions.All, SeedFunctions.All,
        new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["exceptions"] = ExceptionFunctions.Namespace,
            ["modules"] = ModuleNames.Namespace,
            ["api"] = new HostNamespace("api", new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["Relation"] = new RelationObject(),
                ["Column"] = ColumnObject.Class,
            }),
            ["column"] = ColumnObject.Class,
            ["dbt_version"] = DbtVersion,
            ["sql_now"] = null,
        });

    public static IEnumerable<string> All => s_shared.Keys.Append("adapter");

    public static bool TryGet(NodeContext context, string name, out object? value)
    {
        if (s_shared.TryGetValue(name, out value))
            return true;

        var project = context.Project;
        switch (name)
        {
            case "adapter":
                value = project.Adapter;
                return true;
            case "execute":
                value = context.Execute;
                return true;
            case "config":
                value = new ConfigObject(context);
                return true;
            case "this":
                value = context.Node is RelationNode node ? context.Own(node) : null;
                return value is not null;
            case "model":
                value = context.Model;
                return context.Node is not null;
            case "target" or "env":
                value = project.TargetDict;
                return true;
            case "graph":
                // it contains all nodes, so that a change of any node changes this rendering
                if (context.Execute)
                    context.MarkVolatile();
                value = context.Execute && context.Resolved is { } resolved ? resolved.GraphDict : GraphDictionary.Empty();
                return true;
            case "flags":
                context.MarkInvocation();
                value = project.Flags;
                return true;
            case "builtins":
                value = new HostNamespace("builtins", new Dictionary<string, object?>(
                    s_shared, StringComparer.Ordinal) { ["ref"] = new RefFunction(project), ["adapter"] = project.Adapter });
                return true;
            case "context":
                value = new ContextObject(context);
                return true;
            case "project_name":
                value = project.Name;
                return true;
            case "database":
                value = context.Node is RelationNode ofDatabase ? context.Relations.Of(ofDatabase).AsWritten.Database : project.Target.Database;
                return true;
            case "schema":
                value = context.Node is RelationNode ofSchema ? context.Relations.Of(ofSchema).AsWritten.Schema : project.Target.Schema;
                return true;
            case "run_started_at":
                context.MarkVolatile();
                value = DateTimeObject.Utc(project.RunStartedAt.UtcDateTime);
                return true;
            case "invocation_id":
                context.MarkVolatile();
                value = project.InvocationId.ToString();
                return true;
            case "thread_id":
                context.MarkVolatile();
                value = $"Thread-{Environment.CurrentManagedThreadId}";
                return true;
            case "dbt_metadata_envs":
                context.MarkVolatile();
                value = new JinjaDict(MetadataVariables.Read());
                return true;
            case "invocation_args_dict":
                context.MarkInvocation();
                value = InvocationArguments.Of(project.Options, project.Flags);
                return true;
            case "selected_resources":
                context.MarkInvocation();
                value = new JinjaList(context.Resolved?.Selected ?? []);
                return true;
            case "pre_hooks" or "post_hooks":
                value = context.Node?.Config.TryGet(name == "pre_hooks" ? "pre-hook" : "post-hook", out var hooks) == true ? hooks : new JinjaList();
                return true;
            default:
                value = null;
                return false;
        }
    }

    private static Dictionary<string, object?> Collect(params ReadOnlySpan<IReadOnlyDictionary<string, object?>> groups)
    {
        var all = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var group in groups)
        {
            foreach (var (name, value) in group)
                all[name] = value;
        }

        return all;
    }
}
