using System.Text.Json;
using Models.Database;
using Models.Database.Adapters;
using Models.Parsing;
using Models.Project.Graph;

namespace Models.Engine.Materializations;

/// <summary>
/// The comment that tells a database's administrator which node a statement belongs to. Source: dbt's page on query-comment; it
/// stands at the end, so that the server's error positions stay those of the SQL.
/// </summary>
internal sealed class QueryComment(ParsedProject project)
{
    private readonly string? _template = project.QueryComment switch
    {
        null => null,
        string text => text,
        var map => ConfigValues.Map(map).GetValueOrDefault("comment") as string,
    };

    /// <summary>The comment with a line break before it; empty where the project wants none.</summary>
    /// <exception cref="RunException">The comment contains the characters that end one.</exception>
    public string For(Node node, RunConnection connection)
    {
        if (project.QueryComment is string { Length: 0 })
            return "";

        var text = _template is null ? Standard(node) : project.RenderText(_template, node.Span, node, connection);
        return text.Contains("*/", StringComparison.Ordinal)
            ? throw new RunException($"The query comment contains the illegal value '*/', which would end it: {text.ReplaceLineEndings(" ")}")
            : $"\n/* {text.Trim()} */";
    }

    private string Standard(Node node) => JsonSerializer.Serialize(
        new Dictionary<string, string>
        {
            ["app"] = "leadline",
            ["target_name"] = project.Target.Name,
            ["node_id"] = node.UniqueId,
        },
        QueryCommentJson.Default.DictionaryStringString);
}
