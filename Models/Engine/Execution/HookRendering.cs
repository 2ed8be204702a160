using Models.Database.Adapters;
using Models.Database.Sessions;
using Models.Engine.Materializations;
using Models.Parsing;
using Models.Project.Graph;

namespace Models.Engine.Execution;

/// <summary>
/// Creates the statements of a node's <c>pre_hook</c>, <c>post_hook</c> and <c>sql_header</c>. A hook is rendered immediately before it runs, so that
/// queries in a post-hook see the relation just built.
/// </summary>
internal static class HookRendering
{
    public static NodeHooks Render(RelationNode node, ParsedProject project, Session session)
    {
        var before = Read(node, "pre_hook", "pre-hook");
        var after = Read(node, "post_hook", "post-hook");
        var header = node.Config.GetString("sql_header");
        if (before.Count + after.Count == 0 && string.IsNullOrWhiteSpace(header))
            return NodeHooks.None;

        var connection = new HookConnection(session);
        return new NodeHooks
        {
            BeforeTransaction = Statements(before, inTransaction: false),
            First = string.IsNullOrWhiteSpace(header)
                ? Statements(before, inTransaction: true)
                : [.. Statements(before, inTransaction: true), Statement(header)],
            Last = Statements(after, inTransaction: true),
            AfterTransaction = Statements(after, inTransaction: false),
            Connection = connection,
        };

        IReadOnlyList<Statement> Statements(IReadOnlyList<(string Sql, bool InTransaction)> hooks, bool inTransaction) =>
            [.. hooks.Where(h => h.InTransaction == inTransaction).Select(h => Statement(h.Sql))];

        Statement Statement(string template) => new("")
        {
            IsUserSql = true,
            Render = () =>
            {
                var sql = project.RenderText(template, node.Span, node, connection).Trim();
                connection.Note(sql);
                return sql;
            },
        };
    }

    // a hook is a string, or a mapping of its sql and whether it runs in the transaction
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
