using System.Net;
using System.Text;
using Models.Compiler;
using Models.Compiler.Graph;

namespace Models.Runner.Docs;

/// <summary>The project as one HTML page: every node with its description, columns and neighbours.</summary>
internal static class DocsPage
{
    public static string Render(ParsedProject project)
    {
        var html = new StringBuilder();
        html.Append($"<!doctype html><meta charset=\"utf-8\"><title>{Text(project.Name)}</title>");
        html.Append("<style>body{font:16px/1.5 system-ui;max-width:60rem;margin:2rem auto;padding:0 1rem}table{border-collapse:collapse}td,th{border:1px solid #ccc;padding:.2rem .6rem;text-align:left}code{background:#f4f4f4}</style>");
        html.Append($"<h1>{Text(project.Name)}</h1><p><a href=\"manifest.json\">manifest.json</a> · <a href=\"catalog.json\">catalog.json</a> · <a href=\"run_results.json\">run_results.json</a></p>");
        foreach (var group in project.Graph.InOrder.OfType<RelationNode>().Where(n => n is not TestNode and not AnalysisNode).GroupBy(n => n.ResourceType).OrderBy(g => g.Key))
        {
            html.Append($"<h2>{Text(group.Key.Name())}s</h2>");
            foreach (var node in group.OrderBy(n => n.UniqueId, StringComparer.Ordinal))
                Render(html, project.Graph, node);
        }

        return html.ToString();
    }

    private static void Render(StringBuilder html, ProjectGraph graph, RelationNode node)
    {
        html.Append($"<h3 id=\"{Text(node.UniqueId)}\">{Text(node.Name)}</h3><p>{Text(node.Description)}</p><p><code>{Text(node.Relation.QuotedName)}</code></p>");
        Links(html, "reads", graph.Parents(node.UniqueId));
        Links(html, "is read by", [.. graph.Children(node.UniqueId).Where(c => graph[c] is not TestNode)]);
        if (node.Columns.Count == 0)
            return;

        html.Append("<table><tr><th>column</th><th>type</th><th>description</th></tr>");
        foreach (var column in node.Columns)
            html.Append($"<tr><td>{Text(column.Name)}</td><td>{Text(column.DataType ?? "")}</td><td>{Text(column.Description)}</td></tr>");
        html.Append("</table>");
    }

    private static void Links(StringBuilder html, string word, IReadOnlyList<string> ids)
    {
        if (ids.Count > 0)
            html.Append($"<p>{word}: ").AppendJoin(", ", ids.Select(id => $"<a href=\"#{Text(id)}\">{Text(id)}</a>")).Append("</p>");
    }

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
