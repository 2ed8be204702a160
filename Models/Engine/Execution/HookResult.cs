using System.Globalization;
using Models.Jinja.Rendering;
using Models.Parsing;
using Models.Project.Graph;

namespace Models.Engine.Execution;

/// <summary>
/// One node's result in on-run-end hooks, and its nested objects: attributes, items, and <c>to_dict()</c> for the plain form. Source:
/// docs.getdbt.com/reference/dbt-classes#result-objects.
/// </summary>
internal sealed class HookResult : IJinjaObject, IJinjaMapping
{
    private readonly JinjaDict _plain;
    private readonly Dictionary<string, object?> _objects = new(StringComparer.Ordinal);
    private readonly bool _missingIsNone;

    private HookResult(JinjaDict plain, bool missingIsNone = false)
    {
        _plain = plain;
        _missingIsNone = missingIsNone;
    }

    public static HookResult Of(NodeResult result, RelationMap relations)
    {
        var node = ParsedProject.TemplateValue(result.Node, result.CompiledSql, relations);
        var nodeObject = new HookResult(node);
        // a setting that a node does not have is None
        nodeObject._objects["config"] = new HookResult((JinjaDict)node["config"]!, missingIsNone: true);

        JinjaDict[] timing =
        [
            Timing("compile", result.StartedAt, result.CompileCompletedAt),
            Timing("execute", result.CompileCompletedAt, result.CompletedAt),
        ];
        var whole = new HookResult(new JinjaDict
        {
            ["status"] = result.Status.Word(),
            ["timing"] = new JinjaList(timing),
            ["thread_id"] = result.Worker > 0 ? $"Thread-{result.Worker}" : "MainThread",
            ["execution_time"] = result.Elapsed.TotalSeconds,
            ["adapter_response"] = new JinjaDict
            {
                ["_message"] = result.Message,
                ["code"] = result.Command,
                ["rows_affected"] = result.RowsAffected,
            },
            ["message"] = result.Message,
            ["failures"] = result.Failures,
            ["node"] = node,
            ["unique_id"] = result.Node.UniqueId,
        });
        whole._objects["timing"] = new JinjaList(timing.Select(t => (object?)new HookResult(t)));
        whole._objects["node"] = nodeObject;
        return whole;
    }

    public bool TryGetAttribute(string name, out object? value)
    {
        if (name == "to_dict")
        {
            value = new ToDict(_plain);
            return true;
        }

        if (name == "get")
        {
            value = new Get(this);
            return true;
        }

        return _objects.TryGetValue(name, out value) || _plain.TryGetValue(name, out value) || _missingIsNone;
    }

    public bool TryGetItem(object? key, out object? value)
    {
        value = null;
        return key is string name && TryGetAttribute(name, out value);
    }

    public override string ToString() => _plain.ToString();

    private static JinjaDict Timing(string name, DateTimeOffset from, DateTimeOffset to) => new()
    {
        ["name"] = name,
        ["started_at"] = Text(from),
        ["completed_at"] = Text(to),
    };

    private static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);

    private sealed class ToDict(JinjaDict plain) : IJinjaCallable
    {
        public object? Call(CallContext context, CallArguments arguments) => plain.Copy();
    }

    private sealed class Get(HookResult of) : IJinjaCallable
    {
        public object? Call(CallContext context, CallArguments arguments)
        {
            if (arguments.Positional.Count > 0 && of.TryGetItem(arguments.Positional[0], out var value))
                return value;

            return arguments.Positional.Count > 1 ? arguments.Positional[1] : null;
        }
    }
}
