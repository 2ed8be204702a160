using Models.Compiler;
using Models.Compiler.Graph;
using Models.Runner.Materializations;

namespace Models.Runner.Execution;

/// <summary>Renders a node's <c>pre_hook</c> and <c>post_hook</c> when its turn comes.</summary>
internal static class HookRendering
{
    public static NodeHooks Render(RelationNode node, ParsedProject project, RunWarehouse warehouse)
    {
        var before = Read(node, "pre_hook", "pre-hook");
        var after = Read(node, "post_hook", "post-hook");
        if (before.Count + after.Count == 0)
            return NodeHooks.None;

        return new NodeHooks
        {
            BeforeTransaction = Render(before, inTransaction: false),
            First = Render(before, inTransaction: true),
            Last = Render(after, inTransaction: true),
            AfterTransaction = Render(after, inTransaction: false),
        };

        IReadOnlyList<Statement> Render(IReadOnlyList<(string Sql, bool InTransaction)> hooks, bool inTransaction) =>
        [
            .. hooks
                .Where(h => h.InTransaction == inTransaction)
                .SelectMany(h => RenderOne(h.Sql))
                .Where(sql => sql.Length > 0)
                .Select(sql => new Statement(sql) { IsForeign = true }),
        ];

        IEnumerable<string> RenderOne(string sql)
        {
            var hook = new HookWarehouse(warehouse);
            var text = project.RenderText(sql, node.Span, node, hook).Trim();
            return [.. hook.Kept, text];
        }
    }

    // a hook is a text, or a map of its sql and whether it belongs into the transaction
    private static List<(string Sql, bool InTransaction)> Read(RelationNode node, params ReadOnlySpan<string> keys)
    {
        var hooks = new List<(string, bool)>();
        foreach (var key in keys)
        {
            if (!node.Config.TryGet(key, out var value) || value is null)
                continue;

            var items = value is string || ConfigValues.Map(value).Count > 0 ? [value] : ((System.Collections.IEnumerable)value).Cast<object?>();
            foreach (var item in items)
            {
                if (item is string text)
                    hooks.Add((text, true));
                else if (ConfigValues.Map(item) is { Count: > 0 } map && map.GetValueOrDefault("sql") is { } sql)
                    hooks.Add((sql.ToString()!, map.GetValueOrDefault("transaction") is not false));
            }
        }

        return hooks;
    }
}
