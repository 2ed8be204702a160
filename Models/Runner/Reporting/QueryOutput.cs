using System.Text;
using System.Text.Json;
using Models.Engine.State;
using Models.Rendering.Connections;

namespace Models.Runner.Reporting;

/// <summary>The output of compile and show: SQL or rows, as text or JSON, in dbt's format.</summary>
internal static class QueryOutput
{
    private static readonly JsonWriterOptions Pretty =
        new() { Indented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="name">The node's name; null for inline SQL.</param>
    /// <param name="sql">Its SQL.</param>
    /// <param name="asJson">True for JSON instead of text.</param>
    /// <param name="quiet">True for the SQL alone.</param>
    public static string Compiled(string? name, string sql, bool asJson, bool quiet) => asJson
        ? Json(name, "compiled", sql)
        : quiet
        ? sql
        : $"{(name is null ? "Compiled inline node" : $"Compiled node '{name}'")} is:\n{sql}";

    /// <param name="name">The node's name; null for inline SQL.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="asJson">True for JSON instead of a table.</param>
    /// <param name="quiet">True for the table alone.</param>
    public static string Shown(string? name, QueryResult rows, bool asJson, bool quiet) => asJson
        ? Json(name, "show", rows.Rows.Select(row => rows.Columns.Zip(row, (c, v) => new KeyValuePair<string, object?>(c, TextTable.Plain(v)))))
        : quiet
        ? TextTable.Format(rows)
        : $"Previewing {(name is null ? "inline node" : $"node '{name}'")}:\n{TextTable.Format(rows)}";

    private static string Json(string? name, string key, object value)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Pretty))
        {
            json.WriteStartObject();
            if (name is not null)
                json.WriteString("node", name);
            ArtifactValues.Write(json, key, value);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
